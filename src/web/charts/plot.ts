import { fractionOf, lengthOf, nearestIndex, type Stretch } from './stretch.ts';
import { ticksOf } from './ticks.ts';

/** A curve over the axis; null and NaN are gaps. */
export interface CurveSeries {
  label: string;
  values: ArrayLike<number | null>;
  /** A colour of style.css: `left`, `right`, `middle`, `accent`, … */
  colour: string;
  /** Left and right, or before and after, are not told apart by colour alone. */
  dash?: boolean;
}

/** An area between two curves, such as a mean ± its standard deviation. */
export interface CurveBand {
  label: string;
  low: ArrayLike<number | null>;
  high: ArrayLike<number | null>;
  colour: string;
}

export interface Plot {
  series: readonly CurveSeries[];
  bands: readonly CurveBand[];
  x: ArrayLike<number>;
  unit: string;
  xUnit: string;
  shown: Stretch;
  range: readonly [number, number];
}

/** Room around the plotted area in CSS pixels. It is fixed, so that charts below each other share their axis. */
export const ROOM = { left: 58, right: 10, top: 8, bottom: 40 } as const;

export const DASH = [7, 4];

/** Samples farther apart than this many pixels are shown as such. */
const APART_PX = 14;

/** Draws axes, areas and curves. `colour` gives the value of a colour of style.css now. */
export function drawPlot(
  context: CanvasRenderingContext2D,
  { series, bands, x, unit, xUnit, shown, range }: Plot,
  { width, height }: { width: number; height: number },
  colour: (name: string) => string,
): void {
  const area = {
    left: ROOM.left,
    top: ROOM.top,
    width: width - ROOM.left - ROOM.right,
    height: height - ROOM.top - ROOM.bottom,
  };
  const values: Stretch = { from: range[0], to: range[1] };
  const left = (value: number) => area.left + area.width * fractionOf(shown, value);
  const top = (value: number) => area.top + area.height * (1 - fractionOf(values, value));
  context.clearRect(0, 0, width, height);
  if (area.width <= 0) return;
  drawAxes(context, { area, left, top, shown, values, unit, xUnit }, colour);

  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.width, area.height);
  context.clip();
  // One sample beyond either end, so that lines reach it.
  const first = Math.max(0, nearestIndex(x, shown.from) - 1);
  const end = Math.min(x.length, nearestIndex(x, shown.to) + 2);
  for (const { low, high, colour: name } of bands) {
    context.globalAlpha = 0.2;
    context.fillStyle = colour(name);
    for (const [from, to] of runsOf(first, end, (i) => isValue(low[i]) && isValue(high[i]))) {
      context.beginPath();
      for (let i = from; i < to; i++) context.lineTo(left(x[i]!), top(high[i]!));
      for (let i = to - 1; i >= from; i--) context.lineTo(left(x[i]!), top(low[i]!));
      context.fill();
    }
    context.globalAlpha = 1;
  }
  context.lineWidth = 1.75;
  context.lineJoin = 'round';
  const dots = (area.width * (x[1]! - x[0]!)) / lengthOf(shown) > APART_PX;
  for (const { values: curve, colour: name, dash } of series) {
    context.strokeStyle = context.fillStyle = colour(name);
    context.setLineDash(dash ? DASH : []);
    const runs = runsOf(first, end, (i) => isValue(curve[i]));
    context.beginPath();
    for (const [from, to] of runs) {
      context.moveTo(left(x[from]!), top(curve[from]!));
      for (let i = from + 1; i < to; i++) context.lineTo(left(x[i]!), top(curve[i]!));
    }
    context.stroke();
    // A value without neighbours is no line.
    for (const [from, to] of runs)
      if (dots || to === from + 1) for (let i = from; i < to; i++) dot(context, left(x[i]!), top(curve[i]!));
  }
  context.restore();
}

interface Axes {
  area: { left: number; top: number; width: number; height: number };
  left(value: number): number;
  top(value: number): number;
  shown: Stretch;
  values: Stretch;
  unit: string;
  xUnit: string;
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { area, left, top, shown, values, unit, xUnit }: Axes,
  colour: (name: string) => string,
): void {
  const across = ticksOf(shown.from, shown.to, area.width / 70);
  const up = ticksOf(values.from, values.to, area.height / 32);
  context.strokeStyle = colour('line');
  context.lineWidth = 1;
  context.beginPath();
  // On whole pixels and a half a thin line is sharp.
  for (const value of across.values) {
    const at = Math.round(left(value)) + 0.5;
    context.moveTo(at, area.top);
    context.lineTo(at, area.top + area.height + 4);
  }
  for (const value of up.values) {
    const at = Math.round(top(value)) + 0.5;
    context.moveTo(area.left - 4, at);
    context.lineTo(area.left + area.width, at);
  }
  context.stroke();
  context.fillStyle = colour('soft');
  context.font = FONT;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const value of across.values)
    context.fillText(across.text(value), left(value), area.top + area.height + 7);
  context.fillText(xUnit, area.left + area.width / 2, area.top + area.height + 23);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of up.values) context.fillText(up.text(value), area.left - 8, top(value));
  context.save();
  context.translate(9, area.top + area.height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.fillText(unit, 0, 0);
  context.restore();
}

const FONT = '12px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

const isValue = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && !Number.isNaN(value);

/** Stretches of indices that all hold, [from, to). */
function runsOf(first: number, end: number, holds: (index: number) => boolean): [number, number][] {
  const runs: [number, number][] = [];
  for (let i = first; i < end; i++) {
    if (!holds(i)) continue;
    const from = i;
    while (i < end && holds(i)) i++;
    runs.push([from, i]);
  }
  return runs;
}

function dot(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 2.2, 0, 2 * Math.PI);
  context.fill();
}
