import { useMemo } from 'react';
import type { Provenance } from '../../sdk/index.ts';
import { CurveChart } from '../charts/CurveChart.tsx';
import { fractionOf, type Stretch } from '../charts/stretch.ts';
import { rangeOf } from '../charts/ticks.ts';
import { Fault } from '../ui/Fault.tsx';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';
import { type Panel, unitOf } from './panels.ts';
import { RepetitionShades } from './RepetitionShades.tsx';
import type { Quantity } from './search.ts';
import { type SeriesOf, usePanelSeries } from './usePanelSeries.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';
import { type TimeCursor, useTime } from './useTimeCursor.ts';

const text = sessionWords.curves;

/** One motion over time, left and right laid over each other. */
export function CurvePanel({
  panel,
  quantity,
  of,
  excluded,
  cursor,
  zoom,
  onZoom,
  hover,
  onHover,
  editor,
  height,
}: {
  panel: Panel;
  quantity: Quantity;
  of: SeriesOf;
  excluded: Provenance['ExcludedSegments'];
  cursor: TimeCursor;
  zoom: Stretch | null;
  onZoom: (zoom: Stretch | null) => void;
  hover: number | null;
  onHover: (x: number | null) => void;
  editor: RepetitionEditor;
  height: number;
}) {
  const { time_s } = useTime(cursor);
  const curves = useMemo(
    () =>
      panel.curves.flatMap(({ side, series }) =>
        series[quantity] === null ? [] : [{ side, name: series[quantity], value: series.angle! }],
      ),
    [panel, quantity],
  );
  const names = useMemo(() => curves.map(({ name }) => name), [curves]);
  const { overview, series, error, again } = usePanelSeries(of, names, zoom);
  const drawn = useMemo(
    () =>
      curves.map(({ side, name }) => ({
        label: side === null ? text.both : words.sides[side],
        values: series?.[name] ?? NONE,
        colour: side === 'L' ? 'left' : side === 'R' ? 'right' : 'middle',
        dash: side === 'R',
      })),
    [curves, series],
  );
  const range = useMemo(
    () => overview && rangeOf(curves.map(({ name }) => overview[name] ?? NONE)),
    [overview, curves],
  );
  const left = excluded.filter(({ Channel }) => curves.some(({ value }) => value === Channel));
  const shown = zoom ?? of.whole;
  if (error !== null && series === undefined) return <Fault error={error} onAgain={again} />;
  return (
    <CurveChart
      label={titleOf(panel)}
      series={drawn}
      x={series?.time ?? NONE}
      unit={unitOf(panel.unit, quantity)}
      height={height}
      cursor={time_s}
      onCursor={cursor.seek}
      step={cursor.frame_s}
      hover={hover}
      onHover={onHover}
      zoom={zoom}
      onZoom={onZoom}
      whole={of.whole}
      range={range}
      aside={
        <span className="ml-auto truncate pr-3 text-sm text-soft">
          {series !== undefined ? (
            names.join(', ')
          ) : (
            <>
              <span className="no-print">{words.loading}</span>
              <span className="paper-only">{text.notOnPaper}</span>
            </>
          )}
        </span>
      }
    >
      <RepetitionShades editor={editor} shown={shown} />
      {left.map(({ Channel, Start, End }) => (
        <div
          key={`${Channel} ${Start}`}
          title={text.excluded}
          className="pointer-events-none absolute inset-y-0 border-x border-dashed border-danger bg-sunken/80 text-center text-xs text-danger"
          style={{
            left: `${100 * fractionOf(shown, Start)}%`,
            width: `${100 * (fractionOf(shown, End) - fractionOf(shown, Start))}%`,
          }}
        >
          {text.excluded}
        </div>
      ))}
    </CurveChart>
  );
}

/** An organization's own names are shown as they are. */
const titleOf = ({ id, joint, motion }: Panel): string =>
  motion === null ? id : text.motion(joint, motion.positive, motion.negative);

const NONE: readonly number[] = [];
