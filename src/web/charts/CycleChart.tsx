import type { PointerEvent } from 'react';
import { Axes } from './Axes.tsx';
import { linear, spanOf } from './scale.ts';
import { ticksOf } from './ticks.ts';
import { useWidth } from './useWidth.ts';

/** A curve over a repetition: 101 values, from its first frame (0 %) to its last (100 %). */
export interface CycleCurve {
  key: string;
  /** A few letters that stand on the curve. */
  mark: string;
  /** Of style.css: `var(--series-1)`. */
  colour: string;
  /** As SVG writes dashes; absent: a full line. */
  dash?: string | undefined;
  mean: readonly number[];
  sd: readonly number[];
  /** Drawn faint behind. */
  repetitions: readonly (readonly number[])[];
}

/** What lies behind all curves; a number holds for every per cent. */
export interface CycleBand {
  low: number | readonly number[];
  high: number | readonly number[];
  kind: 'range' | 'organization';
}

/** Of more curves the deviations would hide each other. */
export const MOST_SHADED = 8;

/**
 * Curves of repetitions over each other: mean, one standard deviation to both sides, single repetitions. As SVG, because there
 * are few points, marks stand on the curves, and paper gets lines instead of pixels.
 */
export function CycleChart({
  label,
  unit,
  curves,
  band,
  at,
  onAt,
  height = 380,
}: {
  label: string;
  unit: string;
  curves: readonly CycleCurve[];
  band?: CycleBand | undefined;
  /** Where the cursor stands, per cent; null: there is none. */
  at: number | null;
  onAt: (percent: number) => void;
  height?: number;
}) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const plot = { left: 44, top: 24, right: Math.max(width - 20, 60), bottom: height - 28 };
  const span = spanOf(heights(curves, band));
  const x = linear([0, 100], [plot.left, plot.right]);
  const y = linear(span, [plot.bottom, plot.top]);
  const ticks = ticksOf(...span, 8);
  const move = ({ clientX, currentTarget, buttons, pointerType }: PointerEvent<SVGSVGElement>) => {
    if (buttons === 0 && pointerType !== 'mouse') return;
    const percent = linear(
      [plot.left, plot.right],
      [0, 100],
    )(clientX - currentTarget.getBoundingClientRect().left);
    onAt(Math.round(Math.min(100, Math.max(0, percent))));
  };
  return (
    <div ref={frame} className="min-w-0">
      {width > 0 && (
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          // Paper may be narrower than the screen was.
          className="block h-auto max-w-full touch-pan-y"
          onPointerMove={move}
          onPointerDown={move}
        >
          <Axes
            plot={plot}
            unit={unit}
            x={ticksOf(0, 100, width < 500 ? 5 : 10).values.map((each) => ({
              at: x(each),
              text: `${each} %`,
            }))}
            y={ticks.values.map((each) => ({ at: y(each), text: ticks.text(each) }))}
          />
          {band !== undefined && (
            <path
              d={ribbon(points(band.low), points(band.high), x, y)}
              className={
                band.kind === 'range' ? 'fill-good/15 stroke-good/60' : 'fill-soft/20 stroke-soft/60'
              }
              strokeDasharray="2 3"
            />
          )}
          {(curves.length > MOST_SHADED ? [] : curves).map(({ key, colour, mean, sd }) => (
            <path
              key={key}
              d={ribbon(
                mean.map((value, index) => value - sd[index]!),
                mean.map((value, index) => value + sd[index]!),
                x,
                y,
              )}
              style={{ fill: colour, fillOpacity: curves.length > 4 ? 0.06 : 0.12 }}
            />
          ))}
          {curves.flatMap(({ key, colour, repetitions }) =>
            repetitions.map((values, index) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: repetitions are told apart by their order
                key={`${key} ${index}`}
                d={line(values, x, y)}
                style={{ stroke: colour, strokeOpacity: 0.35, fill: 'none' }}
              />
            )),
          )}
          {curves.map(({ key, colour, dash, mean }) => (
            <path
              key={key}
              d={line(mean, x, y)}
              strokeDasharray={dash}
              style={{ stroke: colour, strokeWidth: 2.2, fill: 'none', strokeLinejoin: 'round' }}
            />
          ))}
          {curves.map(({ key, colour, mark, mean }, index) => {
            // Each at another place, so that no two stand over each other.
            const percent = Math.round((100 * (index + 0.75)) / (curves.length + 0.5));
            return (
              <g key={key} className="text-[11px] font-semibold">
                <text
                  x={x(percent)}
                  y={y(mean[percent]!)}
                  textAnchor="middle"
                  dominantBaseline="central"
                  style={{ fill: colour, stroke: 'var(--panel)', strokeWidth: 5, paintOrder: 'stroke' }}
                >
                  {mark}
                </text>
              </g>
            );
          })}
          {at !== null && (
            <g>
              <line x1={x(at)} x2={x(at)} y1={plot.top} y2={plot.bottom} className="stroke-ink/60" />
              {curves.map(({ key, colour, mean }) => (
                <circle key={key} cx={x(at)} cy={y(mean[at]!)} r={3.5} style={{ fill: colour }} />
              ))}
            </g>
          )}
        </svg>
      )}
    </div>
  );
}

const points = (edge: number | readonly number[]): readonly number[] =>
  typeof edge === 'number' ? Array<number>(101).fill(edge) : edge;

function* heights(curves: readonly CycleCurve[], band: CycleBand | undefined): Iterable<number> {
  for (const { mean, sd, repetitions } of curves) {
    for (const [index, value] of mean.entries()) yield* [value - sd[index]!, value + sd[index]!];
    for (const values of repetitions) yield* values;
  }
  if (band !== undefined) yield* [...points(band.low), ...points(band.high)];
}

type Place = (value: number) => number;

const line = (values: readonly number[], x: Place, y: Place): string =>
  `M${values.map((value, percent) => `${x(percent).toFixed(1)},${y(value).toFixed(1)}`).join('L')}`;

const ribbon = (low: readonly number[], high: readonly number[], x: Place, y: Place): string => {
  const back = low.map((value, percent) => `${x(percent).toFixed(1)},${y(value).toFixed(1)}`).reverse();
  return `${line(high, x, y)}L${back.join('L')}Z`;
};
