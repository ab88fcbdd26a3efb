import { Link } from '@tanstack/react-router';
import { explain } from '../ui/explain.ts';
import { dayAndTime } from '../ui/time.ts';
import { words } from '../words/common.ts';
import { compareWords } from '../words/compare.ts';
import type { Look } from './looks.ts';
import type { Slot } from './useCompared.ts';

const TEXT = compareWords;

/** The sessions that are compared, each with the line that it is drawn with. */
export const SessionList = ({
  slots,
  look,
  onRemove,
}: {
  slots: readonly Slot[];
  look: (number: number) => Look;
  onRemove: (id: string) => void;
}) => (
  <ul aria-label={TEXT.sessions} className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-3">
    {slots.map((slot) => (
      <li
        key={slot.id}
        className="flex min-w-0 items-center gap-3 rounded-lg border border-line bg-panel py-1.5 pr-1 pl-3"
      >
        <Key number={slot.number} {...look(slot.number)} />
        <Face slot={slot} />
        <button
          type="button"
          aria-label={TEXT.remove(nameOfSlot(slot))}
          className="no-print rounded px-2 py-1 text-lg text-soft hover:bg-sunken"
          onClick={() => onRemove(slot.id)}
        >
          ×
        </button>
      </li>
    ))}
  </ul>
);

function Face({ slot }: { slot: Slot }) {
  if (slot.state === 'waiting')
    return (
      <span role="status" className="grow text-soft">
        {words.loading} …
      </span>
    );
  if (slot.state === 'failed')
    return (
      <span className="min-w-0 grow text-sm text-danger" role="alert">
        {explain(slot.error)}{' '}
        <button type="button" className="underline" onClick={slot.again}>
          {words.again}
        </button>
      </span>
    );
  const { athlete, session } = slot.compared;
  return (
    <div className="min-w-0 grow">
      <Link
        to="/app/sessions/$sessionId"
        params={{ sessionId: slot.id }}
        className="block truncate font-medium hover:underline"
        title={TEXT.open}
      >
        {athlete}
      </Link>
      <p className="truncate text-sm text-soft">
        {session['Session Name']} · {dayAndTime(session.Date)}
      </p>
    </div>
  );
}

const nameOfSlot = (slot: Slot): string =>
  slot.state === 'here'
    ? `${slot.compared.athlete}, ${slot.compared.session['Session Name']}, ${dayAndTime(slot.compared.session.Date)}`
    : `${slot.number}`;

/** Number and line, as in the chart. */
export const Key = ({
  number,
  colour,
  dash,
}: {
  number: number;
  colour: string;
  dash: string | undefined;
}) => (
  <span className="grid shrink-0 justify-items-center text-sm font-semibold" style={{ color: colour }}>
    {number}
    <svg width="30" height="6" aria-hidden="true">
      <line
        x1="0"
        x2="30"
        y1="3"
        y2="3"
        strokeDasharray={dash}
        style={{ stroke: colour, strokeWidth: 2.5 }}
      />
    </svg>
  </span>
);
