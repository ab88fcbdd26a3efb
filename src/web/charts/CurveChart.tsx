import { type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { measured } from '../ui/numbers.ts';
import { words } from '../words/common.ts';
import { Legend } from './Legend.tsx';
import { type CurveBand, type CurveSeries, ROOM } from './plot.ts';
import { fractionOf, lengthOf, nearestIndex, type Stretch, wholeOf } from './stretch.ts';
import { rangeOf } from './ticks.ts';
import { useGestures } from './useGestures.ts';
import { usePlot } from './usePlot.ts';

export type { CurveBand, CurveSeries } from './plot.ts';
export type { Stretch } from './stretch.ts';

export interface CurveChartProps {
  /** What the curves are of; the chart's heading. */
  label: string;
  series: readonly CurveSeries[];
  /** Growing. Keep arrays identical between renders: new ones are drawn anew. */
  x: ArrayLike<number>;
  unit: string;
  /** `s` when absent. */
  xUnit?: string;
  bands?: readonly CurveBand[];
  height?: number;
  /** Where the cursor stands; values are shown there unless the pointer is on the chart. */
  cursor?: number | null;
  onCursor?: ((x: number) => void) | undefined;
  /** Pointer of another chart that shares the axis, and of this one for the others. */
  hover?: number | null;
  onHover?: ((x: number | null) => void) | undefined;
  /** Stretch that is shown; null: everything. Without onZoom there is no zooming. */
  zoom?: Stretch | null;
  onZoom?: ((zoom: Stretch | null) => void) | undefined;
  /** Everything there is, where `x` is only a part of it. */
  whole?: Stretch | undefined;
  /** Lowest and highest value shown; absent: from the values. */
  range?: readonly [number, number] | undefined;
  /** How far an arrow key moves the cursor; a hundredth of what is shown when absent. */
  step?: number | undefined;
  /** Beside the heading. */
  aside?: ReactNode;
  /** Laid over the plotted area, whose width is what is shown. */
  children?: ReactNode;
}

const NO_BANDS: readonly CurveBand[] = [];

/** Curves over one axis, with a cursor, values, zoom and pan; drawn on a canvas. */
export function CurveChart({
  label,
  series,
  x,
  unit,
  xUnit = 's',
  bands = NO_BANDS,
  height = 220,
  cursor = null,
  onCursor,
  hover,
  onHover,
  zoom = null,
  onZoom,
  whole: everything,
  range: given,
  step,
  aside,
  children,
}: CurveChartProps) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const [ownHover, setOwnHover] = useState<number | null>(null);
  const whole = useMemo(() => everything ?? wholeOf(x), [everything, x]);
  const shown = zoom ?? whole;
  const range = useMemo(
    () =>
      given ??
      rangeOf([...series.map(({ values }) => values), ...bands.flatMap(({ low, high }) => [low, high])]),
    [given, series, bands],
  );
  usePlot(canvas, { series, bands, x, unit, xUnit, shown, range });
  const { gestures, chosen } = useGestures(area, {
    shown,
    whole,
    least: lengthOf(whole) / MOST_ZOOM,
    step: step ?? lengthOf(shown) / 100,
    cursor,
    onCursor,
    onHover: onHover ?? setOwnHover,
    onZoom,
  });
  const pointed = (hover === undefined ? ownHover : hover) ?? null;
  const read = pointed ?? cursor;
  const index = read === null ? -1 : nearestIndex(x, read);
  const lineAt = (value: number) => ({ left: `${100 * fractionOf(shown, value)}%` });

  return (
    <section aria-labelledby={id} className="print-whole min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pl-2">
        <h3 id={id} className="font-medium">
          {label}
        </h3>
        <Legend
          series={series}
          bands={bands}
          index={index}
          unit={unit}
          at={
            read === null || index < 0 ? null : measured(x[index]!, xUnit, { digits: xUnit === 's' ? 2 : 0 })
          }
        />
        {aside}
      </div>
      <div className="relative" style={{ height }}>
        <canvas ref={canvas} className="absolute inset-0 size-full" />
        {/* biome-ignore lint/a11y/useSemanticElements: no other element is a plotted area */}
        <div
          ref={area}
          role="group"
          tabIndex={onZoom === undefined && onCursor === undefined ? undefined : 0}
          aria-label={`${label}: ${words.charts.area}`}
          aria-description={onZoom === undefined ? undefined : words.charts.keys}
          className={`absolute z-1 touch-pan-y overflow-hidden select-none ${onZoom === undefined ? '' : 'cursor-crosshair'}`}
          style={ROOM}
          {...gestures}
        >
          {children}
          {chosen !== null && (
            <div
              className="pointer-events-none absolute inset-y-0 bg-accent/20"
              style={{ ...lineAt(chosen.from), width: `${(100 * lengthOf(chosen)) / lengthOf(shown)}%` }}
            />
          )}
          {pointed !== null && (
            <div
              className="no-print pointer-events-none absolute inset-y-0 border-l border-dashed border-soft"
              style={lineAt(pointed)}
            />
          )}
          {cursor !== null && (
            <div
              className="no-print pointer-events-none absolute inset-y-0 border-l-2 border-accent"
              style={lineAt(cursor)}
            />
          )}
          {index >= 0 &&
            series.map(({ label: name, values, colour }) => {
              const value = values[index];
              return value === null || value === undefined || Number.isNaN(value) ? null : (
                <Dot
                  key={name}
                  colour={colour}
                  style={{
                    ...lineAt(x[index]!),
                    bottom: `${100 * fractionOf({ from: range[0], to: range[1] }, value)}%`,
                  }}
                />
              );
            })}
        </div>
      </div>
    </section>
  );
}

/** How many times closer than everything. */
const MOST_ZOOM = 20_000;

const Dot = ({ colour, style }: { colour: string; style: { left: string; bottom: string } }) => (
  <div
    className="no-print pointer-events-none absolute size-2 -translate-x-1/2 translate-y-1/2 rounded-full border border-panel"
    style={{ ...style, background: `var(--${colour})` }}
  />
);
