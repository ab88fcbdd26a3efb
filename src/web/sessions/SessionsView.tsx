import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSessions } from '../../react/index.ts';
import type { Exercise, Session } from '../../sdk/index.ts';
import { usePaper } from '../shell/usePaper.ts';
import { Button } from '../ui/Button.tsx';
import { explain } from '../ui/explain.ts';
import { Fault } from '../ui/Fault.tsx';
import { Heading } from '../ui/Heading.tsx';
import { PrintButton } from '../ui/PrintButton.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { words } from '../words/common.ts';
import { sessionsWords } from '../words/sessions.ts';
import { columnsOf } from './columns.tsx';
import { Download } from './Download.tsx';
import { Filters } from './Filters.tsx';
import { filtersOf, noDayOf } from './filters.ts';
import { Layout } from './Layout.tsx';
import { Nothing } from './Nothing.tsx';
import { OnPaper } from './OnPaper.tsx';
import { Selection, toggled } from './Selection.tsx';
import { SessionTable } from './SessionTable.tsx';
import type { SessionsSearch } from './search.ts';
import { useNames } from './useNames.ts';

const text = sessionsWords;
/** Rows that are there before they come into sight. */
const AHEAD = 1500;
/** The change feed keeps the list up with the server, and it stays for who comes back to it. */
const CHOICE = { staleTime: Number.POSITIVE_INFINITY, gcTime: 30 * 60_000 };

/** All sessions of the organization, or those that filters let through. */
export function SessionsView() {
  const search = useSearch({ from: '/app/sessions' });
  const navigate = useNavigate({ from: '/app/sessions' });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const noDay = noDayOf(search);
  const filters = filtersOf(search, new Date(), timeZone);
  const { sessions, hasMore, fetchNext, isPending, isFetching, isFetchingNext, error, query } = useSessions(
    filters,
    { ...CHOICE, enabled: noDay === undefined },
  );
  const { names, athletes, exercises, assessments } = useNames();
  const known = useKnownNames(sessions, exercises);

  const [reached, setReached] = useState(0);
  const more = hasMore && !isFetching && error === null && reached + AHEAD > sessions.length;
  useEffect(() => {
    if (more) fetchNext();
  }, [more, fetchNext]);

  const change = useCallback(
    (changes: SessionsSearch, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...changes }), replace, resetScroll: !replace }),
    [navigate],
  );
  const selected = useMemo(() => new Set(search.selected?.split(',')), [search.selected]);
  const select = useCallback(
    (id: string) =>
      void navigate({
        search: (before) => ({ ...before, selected: toggled(before.selected, id) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const open = useCallback(
    (session: Session) =>
      void navigate({ to: '/app/sessions/$sessionId', params: { sessionId: session['Session ID'] } }),
    [navigate],
  );
  const order = search.order ?? 'newest';
  const turn = () => change({ order: order === 'newest' ? 'oldest' : undefined });
  const again = () => void query.refetch();
  const columns = columnsOf(search.columns);
  const printed = usePaper();

  return (
    <div data-fills className="flex min-h-0 grow flex-col gap-3 print:block">
      <div className="flex flex-wrap items-center gap-2">
        <Heading className="mr-auto text-2xl font-semibold">{text.title}</Heading>
        <Layout search={search} onChange={change} />
        <Download filters={filters} />
        <PrintButton className="max-md:hidden" />
      </div>
      <Filters {...{ search, athletes, exercises, assessments, known }} onChange={change} />
      {selected.size > 0 && (
        <Selection ids={[...selected]} onClear={() => change({ selected: undefined }, true)} />
      )}
      {isPending && noDay === undefined && <Waiting lines={10} />}
      {error !== null && sessions.length === 0 && <Fault error={error} onAgain={again} />}
      {(noDay !== undefined || (!isPending && error === null && !hasMore && sessions.length === 0)) && (
        <Nothing {...{ search, known }} onChange={change} />
      )}
      {sessions.length > 0 && (
        <>
          <SessionTable
            key={JSON.stringify(filters)}
            {...{ sessions, hasMore, names, order, selected }}
            columns={columns}
            onReach={setReached}
            onOrder={turn}
            onSelect={select}
            onOpen={open}
          />
          {printed !== null && <OnPaper {...{ sessions, hasMore, columns, names }} />}
          <div className="no-print flex min-h-8 items-center gap-3 text-sm text-soft">
            <span>
              {sessions.length.toLocaleString()} {hasMore ? text.loaded : text.count(sessions.length)}
              {isFetchingNext && ` · ${words.loading} …`}
            </span>
            {error !== null && (
              <span role="alert" className="flex items-center gap-2 text-danger">
                {explain(error)}
                <Button kind="quiet" onClick={fetchNext}>
                  {words.again}
                </Button>
              </span>
            )}
          </div>
        </>
      )}
    </div>
  );
}

const KNOWN_OF = 5000;

/** What sessions may be called: as their exercises, or as the first ones in the list are. */
function useKnownNames(sessions: readonly Session[], exercises: readonly Exercise[] | undefined) {
  const enough = sessions.length > KNOWN_OF;
  // biome-ignore lint/correctness/useExhaustiveDependencies: those behind tell nothing new
  return useMemo(
    () =>
      new Set([
        ...(exercises ?? []).map((exercise) => exercise['Exercise Name']),
        ...sessions.slice(0, KNOWN_OF).map((session) => session['Session Name']),
      ]),
    [enough ? null : sessions, exercises],
  );
}
