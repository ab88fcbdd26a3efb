import { Link } from '@tanstack/react-router';
import { Axes } from './Axes.tsx';
import { dayTicks, linear, type Span, spanOf } from './scale.ts';
import { ticksOf } from './ticks.ts';
import { useWidth } from './useWidth.ts';

export interface TrendDot {
  key: string;
  at_ms: number;
  value: number;
  /** Said of it when pointed at. */
  text: string;
  /** Where it leads; absent: nowhere. */
  sessionId?: string;
  /** Drawn larger and with a ring. */
  marked?: boolean;
}

export interface TrendLine {
  key: string;
  shape: 'circle' | 'square';
  /** Of style.css: `var(--left)`. */
  colour: string;
  dash?: string | undefined;
  dots: readonly TrendDot[];
}

/**
 * Values over days, as SVG: dots are links, for a mouse; who uses the keyboard finds the same links in the table that each chart
 * comes with, instead of hundreds of stops here.
 */
export function TrendChart({
  label,
  unit,
  lines,
  band = null,
  bar = null,
  zero = false,
  time,
  height,
}: {
  label: string;
  unit: string;
  lines: readonly TrendLine[];
  band?: { min: number; max: number } | null;
  /** A length beside the values, in their unit, to judge them by. */
  bar?: number | null;
  /** A line at 0, which is part of the chart in any case. */
  zero?: boolean;
  /** From when to when, so that several charts agree; milliseconds since 1970. */
  time: Span;
  height: number;
}) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const plot = { left: 44, top: 22, right: Math.max(width - 26, 70), bottom: height - 26 };
  const values = lines.flatMap(({ dots }) => dots.map(({ value }) => value));
  const span = withRoom(spanOf([...values, ...nearestEdge(band, values), ...(zero ? [0] : [])]), bar);
  const x = linear(time, [plot.left + 8, plot.right - 8]);
  const y = linear(span, [plot.bottom, plot.top]);
  const years = new Date(time[0]).getUTCFullYear() !== new Date(time[1]).getUTCFullYear();
  const ticks = ticksOf(...span, height < 220 ? 5 : 8);
  const days = dayTicks(time, Math.max(2, Math.floor(width / (years ? 95 : 70))));
  return (
    <div ref={frame} className="min-w-0">
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset holds no drawing
        <svg
          role="group"
          aria-label={label}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          // Paper may be narrower than the screen was.
          className="block h-auto max-w-full"
        >
          <Axes
            plot={plot}
            unit={unit}
            x={days.map((at) => ({ at: x(at), text: (years ? DAY_OF_YEAR : DAY).format(at) }))}
            y={ticks.values.map((each) => ({ at: y(each), text: ticks.text(each) }))}
          />
          {band !== null && (
            <rect
              x={plot.left}
              width={plot.right - plot.left}
              y={y(within(band.max, span))}
              height={y(within(band.min, span)) - y(within(band.max, span))}
              strokeDasharray="2 3"
              className="fill-good/15 stroke-good/60"
            />
          )}
          {zero && <line x1={plot.left} x2={plot.right} y1={y(0)} y2={y(0)} className="stroke-soft" />}
          {bar !== null && (
            <Bar at={plot.right + 12} middle={y((span[0] + span[1]) / 2)} length={y(0) - y(bar)} />
          )}
          {lines.map(({ key, colour, dash, dots }) => (
            <path
              key={key}
              d={`M${dots.map(({ at_ms, value }) => `${x(at_ms).toFixed(1)},${y(value).toFixed(1)}`).join('L')}`}
              strokeDasharray={dash}
              style={{ stroke: colour, strokeWidth: 1.5, strokeOpacity: 0.7, fill: 'none' }}
            />
          ))}
          {lines.flatMap(({ key, colour, shape, dots }) =>
            dots.map((dot) => (
              <Dot
                key={`${key} ${dot.key}`}
                dot={dot}
                at={[x(dot.at_ms), y(dot.value)]}
                colour={colour}
                shape={shape}
              />
            )),
          )}
        </svg>
      )}
    </div>
  );
}

/** The edge that values may pass next: with both, a wide band would press the values flat. */
function nearestEdge(band: { min: number; max: number } | null, values: readonly number[]): number[] {
  if (band === null || values.length === 0) return [];
  const { min, max } = band;
  const distance = (edge: number) => Math.min(...values.map((value) => Math.abs(value - edge)));
  return [distance(min) <= distance(max) ? min : max];
}

const within = (value: number, [low, high]: Span): number => Math.min(high, Math.max(low, value));

/** Room for the bar beside the values, however little they differ. */
const withRoom = ([low, high]: Span, bar: number | null): Span => {
  const lacking = bar === null ? 0 : Math.max(0, 1.2 * bar - (high - low)) / 2;
  return [low - lacking, high + lacking];
};

const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: '2-digit',
  timeZone: 'UTC',
});

const Bar = ({ at, middle, length }: { at: number; middle: number; length: number }) => (
  <path
    d={`M${at - 4},${middle - length / 2}h8m-4,0v${length}m-4,0h8`}
    className="fill-none stroke-ink"
    strokeWidth={1.5}
  />
);

function Dot({
  dot: { text, sessionId, marked = false },
  at: [x, y],
  colour,
  shape,
}: {
  dot: TrendDot;
  at: readonly [number, number];
  colour: string;
  shape: TrendLine['shape'];
}) {
  const face = (
    <>
      <title>{text}</title>
      {marked && <circle cx={x} cy={y} r={8} style={{ fill: 'none', stroke: colour, strokeWidth: 1.5 }} />}
      {shape === 'circle' ? (
        <circle cx={x} cy={y} r={4} style={{ fill: colour }} />
      ) : (
        <rect x={x - 3.8} y={y - 3.8} width={7.6} height={7.6} style={{ fill: colour }} />
      )}
      <circle cx={x} cy={y} r={11} fill="transparent" />
    </>
  );
  return sessionId === undefined ? (
    <g>{face}</g>
  ) : (
    <Link
      to="/app/sessions/$sessionId"
      params={{ sessionId }}
      tabIndex={-1}
      aria-label={text}
      preload={false}
    >
      {face}
    </Link>
  );
}
