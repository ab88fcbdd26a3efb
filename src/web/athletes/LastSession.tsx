import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useSessions } from '../../react/index.ts';
import type { Session } from '../../sdk/index.ts';
import { day } from '../ui/time.ts';
import { athletesWords } from '../words/athletes.ts';

/** Sessions that are read at once: in most organizations everybody's last is among them. */
const NEWEST = 500;

interface LastSessions {
  byAthlete: ReadonlyMap<string, Session>;
  isPending: boolean;
  /** They could not be read. */
  isUnread: boolean;
  /** There are older sessions, which may be an athlete's last. */
  hasMore: boolean;
}

export function useLastSessions(): LastSessions {
  const { sessions, isPending, hasMore, error } = useSessions({ limit: NEWEST });
  const byAthlete = useMemo(
    () => new Map(sessions.toReversed().map((session) => [session['Athlete ID'], session])),
    [sessions],
  );
  return { byAthlete, isPending, isUnread: error !== null && sessions.length === 0, hasMore };
}

/** Asked for singly where it is not among the newest. */
export function LastSession({
  athleteID,
  last: { byAthlete, isPending, isUnread, hasMore },
}: {
  athleteID: string;
  last: LastSessions;
}) {
  const known = byAthlete.get(athleteID);
  const enabled = !isPending && known === undefined && hasMore;
  const own = useSessions({ athleteID, limit: 1 }, { enabled });
  const session = known ?? own.sessions[0];
  if (session === undefined && (isUnread || (enabled && own.error !== null)))
    return <span className="text-soft">{athletesWords.sessionUnread}</span>;
  if (session === undefined)
    return (
      <span className="text-soft">
        {isPending || (enabled && own.isPending) ? '…' : athletesWords.noSession}
      </span>
    );
  return (
    <Link
      to="/app/sessions/$sessionId"
      params={{ sessionId: session['Session ID'] }}
      className="hover:underline"
    >
      <span className="whitespace-nowrap">{day(session.Date)}</span>{' '}
      <span className="block text-sm text-soft sm:inline">{session['Session Name']}</span>
    </Link>
  );
}
