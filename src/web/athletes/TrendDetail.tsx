import type { Span } from '../charts/scale.ts';
import { TrendChart } from '../charts/TrendChart.tsx';
import { range, signedMeasured, unitSign } from '../ui/numbers.ts';
import { day } from '../ui/time.ts';
import { athletesWords } from '../words/athletes.ts';
import { ChangeNote } from './ChangeNote.tsx';
import { titleOf, ValuesChart } from './TrendCard.tsx';
import { type Trend, visitsOf } from './trends.ts';
import type { OrganizationNoise } from './useTrends.ts';
import { ValuesTable } from './ValuesTable.tsx';

const TEXT = athletesWords;

/** A metric in full: values, left against right, what change is worth noticing, and everything as a table. */
export function TrendDetail({ trend, noise, time }: { trend: Trend; noise: OrganizationNoise; time: Span }) {
  const known = noise.isPending || noise.error !== null ? null : noise.of(trend);
  const visits = visitsOf(trend, (at_ms) => day(new Date(at_ms).toISOString()));
  const compared = visits.filter(({ difference }) => difference !== null);
  return (
    <div className="grid min-w-0 gap-4">
      <figure className="print-whole grid min-w-0 gap-1 rounded-xl border border-line bg-panel p-3">
        <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
          <h3 className="font-semibold">{titleOf(trend)}</h3>
          {trend.range !== null && (
            <span className="text-sm text-soft">
              {TEXT.range(range(trend.range.min, trend.range.max, trend.unit))}
            </span>
          )}
        </figcaption>
        <ValuesChart trend={trend} smallest={known?.smallest ?? null} time={time} height={300} />
      </figure>
      {compared.length > 0 && (
        <figure className="print-whole grid min-w-0 gap-1 rounded-xl border border-line bg-panel p-3">
          <figcaption>
            <h3 className="font-semibold">{TEXT.asymmetry}</h3>
            <p className="text-sm text-soft">{TEXT.asymmetryLegend}</p>
          </figcaption>
          <TrendChart
            label={TEXT.differenceChart(trend.metric, compared.length)}
            unit={`${TEXT.asymmetry} (${unitSign(trend.unit)})`}
            lines={[
              {
                key: 'difference',
                colour: 'var(--middle)',
                shape: 'circle',
                dots: compared.map(({ key, at_ms, difference, points }) => ({
                  key,
                  at_ms,
                  value: difference!,
                  text: `${signedMeasured(difference!, trend.unit)}, ${day(points.L!.row.Date)}`,
                  sessionId: points.L!.row['Session ID'],
                })),
              },
            ]}
            zero
            time={time}
            height={170}
          />
        </figure>
      )}
      <ChangeNote noise={noise} known={known} trend={trend} />
      <ValuesTable trend={trend} visits={visits} smallest={known?.smallest ?? null} />
    </div>
  );
}
