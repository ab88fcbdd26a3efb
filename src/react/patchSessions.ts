import type { InfiniteData } from '@tanstack/react-query';
import type { Change, Page, Session, SessionFilters } from '../sdk/index.ts';
import { matching, recordedAt_us } from '../sdk/sessionFilters.ts';

/** Pages of sessions as TanStack Query keeps them. */
export type SessionPages = InfiniteData<PatchedPage, string | null>;

interface PatchedPage extends Page<Session> {
  /** The session that was last when the page came, whose place its token names: it may be gone or elsewhere since. */
  end?: Session | undefined;
}

/**
 * The pages with changes of sessions put into them: what was deleted, or matches no longer, is gone; what is new or was moved
 * stands where its list has it. Nothing is added behind the last page while there are more: it comes with the next one. Tokens
 * name places and not pages, so each page still begins where it began, however many it holds now. Pages without a change are
 * the same objects as before.
 */
export function patchSessions(
  { pages, pageParams }: SessionPages,
  changes: readonly Change[],
  filters: SessionFilters,
): SessionPages {
  const latest = new Map<string, Session | null>();
  for (const change of changes)
    if (change.kind === 'session') latest.set(change.id, change.deleted ? null : change.record);
  const matches = matching(filters);
  const patched = pages.map((page) =>
    page.items.some((session) => latest.has(session['Session ID']))
      ? {
          ...page,
          end: endOf(page),
          items: page.items.filter((session) => !latest.has(session['Session ID'])),
        }
      : page,
  );
  for (const session of latest.values())
    if (session !== null && matches(session)) insert(patched, session, filters.order === 'oldest');
  return { pages: patched, pageParams };
}

const endOf = (page: PatchedPage): Session | undefined => page.end ?? page.items.at(-1);

/** Into the first page whose end is not before it; behind everything only where the list ends. */
function insert(pages: PatchedPage[], session: Session, oldestFirst: boolean): void {
  const before = (a: Session, b: Session) => (oldestFirst ? isEarlier(a, b) : isEarlier(b, a));
  let at = pages.findIndex((page) => {
    const end = endOf(page);
    return end !== undefined && !before(end, session);
  });
  if (at < 0) at = pages.at(-1)?.token === null ? pages.length - 1 : -1;
  const page = pages[at];
  if (page === undefined) return;
  const place = page.items.findIndex((other) => before(session, other));
  const items = place < 0 ? [...page.items, session] : page.items.toSpliced(place, 0, session);
  pages[at] = { ...page, end: endOf(page), items };
}

/** The order of lists: recording time, then Session ID. */
function isEarlier(a: Session, b: Session): boolean {
  const [a_us, b_us] = [recordedAt_us(a.Date), recordedAt_us(b.Date)];
  return a_us === b_us ? a['Session ID'] < b['Session ID'] : a_us < b_us;
}
