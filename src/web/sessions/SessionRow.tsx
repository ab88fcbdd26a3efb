// biome-ignore-all lint/a11y/useSemanticElements: a table of a hundred thousand rows is drawn in part, each row where it belongs
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the current row
import { memo } from 'react';
import type { Session } from '../../sdk/index.ts';
import { dayAndTime } from '../ui/time.ts';
import { sessionsWords } from '../words/sessions.ts';
import { type Column, cellOf } from './columns.tsx';
import { Scores } from './Scores.tsx';
import type { Names } from './useNames.ts';

export interface SessionRowProps {
  session: Session;
  index: number;
  /** Pixels from the top of the list. */
  start: number;
  columns: readonly Column[];
  widths: string;
  names: Names;
  /** Two lines, as a phone shows it. */
  narrow: boolean;
  current: boolean;
  selected: boolean;
  scored: boolean;
  onSelect(id: string): void;
}

export const rowId = (index: number) => `session-${index}`;
export const sessionHref = (session: Session) => `/app/sessions/${encodeURIComponent(session['Session ID'])}`;

/** One session. Drawn again only when something of it changes; where it leads to is for the table to follow. */
export const SessionRow = memo(function SessionRow(props: SessionRowProps) {
  const { session, index, start, columns, widths, names, narrow, current, selected, scored, onSelect } =
    props;
  const link = (
    <a href={sessionHref(session)} tabIndex={-1} className="font-medium hover:underline">
      {session['Session Name'] || sessionsWords.nameless}
    </a>
  );
  return (
    <div
      role="row"
      id={rowId(index)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className={`absolute inset-x-0 top-0 grid cursor-pointer items-center border-b border-line ${narrow ? 'h-16' : 'h-10'} ${selected ? 'bg-sunken' : 'hover:bg-sunken/60'} ${current ? 'current-row' : ''}`}
      style={{
        transform: `translateY(${start}px)`,
        gridTemplateColumns: narrow ? '2.25rem minmax(0, 1fr) auto' : widths,
      }}
    >
      <span role="gridcell" className="grid place-items-center">
        <input
          type="checkbox"
          tabIndex={-1}
          className="size-4 accent-accent"
          aria-label={`${sessionsWords.select} ${session['Session Name']}, ${dayAndTime(session.Date)}`}
          checked={selected}
          onChange={() => onSelect(session['Session ID'])}
        />
      </span>
      {narrow ? (
        <>
          <span role="gridcell" className="grid min-w-0 gap-0.5 pr-2">
            <span className="truncate">{link}</span>
            <span className="truncate text-sm text-soft">{names.athlete(session['Athlete ID'])}</span>
          </span>
          <span
            role="gridcell"
            className="grid max-w-44 grid-cols-[minmax(0,auto)] justify-items-end gap-0.5 pr-3"
          >
            <span className="text-sm text-soft">{dayAndTime(session.Date)}</span>
            {scored && <Scores s3Key={session.s3Key} most={1} />}
          </span>
        </>
      ) : (
        columns.map((column) => (
          <span
            key={column}
            role="gridcell"
            className={`truncate pr-4 ${column === 'duration' ? 'text-end tabular-nums' : ''} ${column === 'date' ? 'tabular-nums' : ''}`}
          >
            {column === 'name' ? link : cellOf(column, session, names, scored)}
          </span>
        ))
      )}
    </div>
  );
});
