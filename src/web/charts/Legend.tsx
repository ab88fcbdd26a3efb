import { measured } from '../ui/numbers.ts';
import { words } from '../words/common.ts';
import { type CurveBand, type CurveSeries, DASH } from './plot.ts';

/** Which line is which, and what it is at the cursor. */
export const Legend = ({
  series,
  bands,
  index,
  unit,
  at,
}: {
  series: readonly CurveSeries[];
  bands: readonly CurveBand[];
  /** Of the sample whose values are shown; -1: none. */
  index: number;
  unit: string;
  /** Where that sample is. */
  at: string | null;
}) => (
  <ul className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-sm">
    {series.map(({ label, values, colour, dash }) => (
      <li key={label} className="inline-flex items-baseline gap-1.5">
        <svg aria-hidden="true" width="22" height="8" className="self-center">
          <line
            x1="0"
            y1="4"
            x2="22"
            y2="4"
            strokeWidth="2.5"
            strokeDasharray={dash ? DASH.join(' ') : undefined}
            style={{ stroke: `var(--${colour})` }}
          />
        </svg>
        <span>{label}</span>
        {index >= 0 && <output className="min-w-14 tabular-nums">{shown(values[index], unit)}</output>}
      </li>
    ))}
    {bands.map(({ label, colour }) => (
      <li key={label} className="inline-flex items-baseline gap-1.5">
        <span
          aria-hidden="true"
          className="h-3 w-5 self-center opacity-30"
          style={{ background: `var(--${colour})` }}
        />
        <span>{label}</span>
      </li>
    ))}
    {at !== null && (
      <li className="text-soft tabular-nums">
        {words.charts.at} {at}
      </li>
    )}
  </ul>
);

const shown = (value: number | null | undefined, unit: string) =>
  value === null || value === undefined || Number.isNaN(value) ? words.charts.noValue : measured(value, unit);
