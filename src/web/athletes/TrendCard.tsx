import { Link } from '@tanstack/react-router';
import type { Span } from '../charts/scale.ts';
import { TrendChart, type TrendLine } from '../charts/TrendChart.tsx';
import { measured, range, unitSign } from '../ui/numbers.ts';
import { day } from '../ui/time.ts';
import { athletesWords } from '../words/athletes.ts';
import { words } from '../words/common.ts';
import type { Side, Trend } from './trends.ts';
import type { OrganizationNoise } from './useTrends.ts';

const TEXT = athletesWords;

/** A metric over time, small; its name leads to all of it. */
export function TrendCard({ trend, noise, time }: { trend: Trend; noise: OrganizationNoise; time: Span }) {
  const smallest = noise.isPending ? null : noise.of(trend).smallest;
  return (
    <figure className="print-whole grid min-w-0 gap-1 rounded-xl border border-line bg-panel p-3">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-semibold">
          <Link
            to="."
            search={(before) => ({ ...before, metric: trend.metric })}
            resetScroll={false}
            className="hover:underline"
          >
            {titleOf(trend)}
          </Link>
        </h3>
        <span className="text-sm text-soft">
          {[
            ...(trend.range === null
              ? []
              : [TEXT.range(range(trend.range.min, trend.range.max, trend.unit))]),
            ...(noise.isPending
              ? []
              : [smallest === null ? TEXT.noticeUnknown : TEXT.noticeFrom(noticeableText(trend, smallest))]),
          ].join(' · ')}
        </span>
      </figcaption>
      <ValuesChart trend={trend} smallest={smallest} time={time} height={180} />
    </figure>
  );
}

export const titleOf = ({ metric, sides: [side] }: Trend): string =>
  side === 'F' || side === 'B' ? `${metric}, ${TEXT.directions[side]}` : metric;

/** No change of this athlete is on another side of what is written than of what it is compared with. */
export const noticeableText = ({ points, unit }: Trend, smallest: number): string =>
  measured(smallest, unit, { apart: points.map(({ change }) => change && Math.abs(change)) });

/** Values of both sides, the range behind, and how large a change is worth noticing. */
export const ValuesChart = ({
  trend,
  smallest,
  time,
  height,
}: {
  trend: Trend;
  smallest: number | null;
  time: Span;
  height: number;
}) => (
  <TrendChart
    label={TEXT.chart(titleOf(trend), trend.points.length)}
    unit={`${TEXT.quantities[trend.points[0]!.row.Quantity]} (${unitSign(trend.unit)})`}
    lines={trend.sides.map((side) => lineOf(trend, side, smallest))}
    band={trend.range}
    bar={smallest}
    time={time}
    height={height}
  />
);

const lineOf = ({ points, unit }: Trend, side: Side, smallest: number | null): TrendLine => ({
  key: side,
  ...LOOKS[side],
  dots: points
    .filter((point) => point.side === side)
    .map(({ row, at_ms, value, change }) => ({
      key: `${row['Session ID']} ${row['Exercise ID']}`,
      at_ms,
      value,
      text: `${words.sides[side]} ${measured(value, unit, { apart: [row.Min, row.Max] })}, ${day(row.Date)}`,
      sessionId: row['Session ID'],
      marked: isNoticeable(change, smallest),
    })),
});

export const isNoticeable = (change: number | null, smallest: number | null): boolean =>
  change !== null && smallest !== null && Math.abs(change) > smallest;

const LOOKS = {
  L: { colour: 'var(--left)', shape: 'circle' },
  R: { colour: 'var(--right)', shape: 'square', dash: '6 4' },
  F: { colour: 'var(--middle)', shape: 'circle' },
  B: { colour: 'var(--middle)', shape: 'square', dash: '6 4' },
} as const;
