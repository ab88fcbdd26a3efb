import { Link } from '@tanstack/react-router';
import { Button, buttonLook } from '../ui/Button.tsx';
import { sessionsWords } from '../words/sessions.ts';

/** What can be done with the sessions that are chosen. */
export const Selection = ({ ids, onClear }: { ids: readonly string[]; onClear(): void }) => (
  <div role="status" className="flex flex-wrap items-center gap-3">
    <span>{sessionsWords.chosen(ids.length)}</span>
    <Link to="/app/compare" search={{ sessions: ids.join(',') }} className={buttonLook('main')}>
      {sessionsWords.compare}
    </Link>
    <Button kind="quiet" onClick={onClear}>
      {sessionsWords.clearSelection}
    </Button>
  </div>
);

/** As many as are compared at a time. */
const MOST = 12;

/** Takes an id in or out. */
export function toggled(selected: string | undefined, id: string): string | undefined {
  const ids = selected?.split(',') ?? [];
  const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-MOST);
  return next.length === 0 ? undefined : next.join(',');
}
