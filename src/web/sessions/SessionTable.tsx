// biome-ignore-all lint/a11y/useSemanticElements: a table of a hundred thousand rows is drawn in part, each row where it belongs
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the current row
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Session } from '../../sdk/index.ts';
import { isFocusFree, useArrival } from '../ui/arrival.ts';
import { useMedia } from '../ui/useMedia.ts';
import { sessionsWords } from '../words/sessions.ts';
import { type Column, widthsOf } from './columns.tsx';
import { rowId, SessionRow, sessionHref } from './SessionRow.tsx';
import type { Names } from './useNames.ts';

export interface SessionTableProps {
  sessions: readonly Session[];
  hasMore: boolean;
  /** Hears how far the rows are that are shown. */
  onReach(index: number): void;
  columns: readonly Column[];
  names: Names;
  order: 'newest' | 'oldest';
  onOrder(): void;
  selected: ReadonlySet<string>;
  onSelect(id: string): void;
  onOpen(session: Session): void;
}

const ROW = { wide: 40, narrow: 64 };
const HEAD = 36;

/**
 * As many rows as fit, of however many there are. One stop of the Tab key: arrows move a row (the grid of the ARIA Authoring
 * Practices, whose focus stays on the table).
 */
export function SessionTable(props: SessionTableProps) {
  const { sessions, hasMore, onReach, columns, names, order, onOrder, selected, onSelect, onOpen } = props;
  const narrow = useMedia('(width < 48rem)');
  const grid = useRef<HTMLDivElement>(null);
  const size = narrow ? ROW.narrow : ROW.wide;
  const head = narrow ? 0 : HEAD;
  const virtualizer = useVirtualizer({
    count: sessions.length,
    getScrollElement: () => grid.current,
    estimateSize: () => size,
    overscan: 6,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every row has another height
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);

  const rows = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => onReach(endIndex), [onReach, endIndex]);

  // Scores are asked for where the list rests, and stay where it has rested.
  const [rest, setRest] = useState({ from: 0, to: -1 });
  const resting = !virtualizer.isScrolling;
  useEffect(() => {
    if (resting) setRest({ from: startIndex, to: endIndex });
  }, [resting, startIndex, endIndex]);

  const arrival = useArrival();
  // Whoever comes back from a session goes on at its row.
  const [came] = useState(() => sessions.findIndex((session) => sessionHref(session) === arrival.left));
  const [current, setCurrent] = useState(Math.max(0, came));
  useEffect(() => {
    if (came < 0) return;
    // Once: other filters make another table.
    arrival.left = undefined;
    virtualizer.scrollToIndex(came, { align: 'auto' });
    if (isFocusFree(arrival)) grid.current!.focus({ preventScroll: true });
  }, [virtualizer, came, arrival]);
  const open = (session: Session) => {
    arrival.leave(sessionHref(session));
    onOpen(session);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, sessions.length - 1));
    setCurrent(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };
  const page = Math.max(1, endIndex - startIndex - 1);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(current + 1),
    ArrowUp: () => move(current - 1),
    PageDown: () => move(current + page),
    PageUp: () => move(current - page),
    Home: () => move(0),
    End: () => move(sessions.length - 1),
    Enter: () => sessions[current] && open(sessions[current]),
    ' ': () => sessions[current] && onSelect(sessions[current]['Session ID']),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = keys[event.key];
    if (does === undefined) return;
    event.preventDefault();
    does();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-index]');
    const session = sessions[Number(row?.dataset.index ?? -1)];
    if (session === undefined) return;
    setCurrent(Number(row!.dataset.index));
    if (target.closest('input') !== null) return;
    // The browser opens a link in another tab or window; whoever marks text wants to copy it.
    if (event.ctrlKey || event.metaKey || event.shiftKey || window.getSelection()?.isCollapsed === false)
      return;
    event.preventDefault();
    open(session);
  };

  const widths = widthsOf(columns);
  const drawn = rows.some(({ index }) => index === current);
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label={sessionsWords.title}
      aria-rowcount={hasMore ? -1 : sessions.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={drawn ? rowId(current) : undefined}
      data-scroll-restoration-id="sessions"
      className="no-print session-grid min-h-80 grow basis-0 overflow-y-auto overscroll-contain rounded-lg border border-line bg-panel"
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {!narrow && (
        <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-panel">
          <div
            role="row"
            aria-rowindex={1}
            className="grid h-9 items-center text-sm font-medium text-soft"
            style={{ gridTemplateColumns: widths }}
          >
            <span role="columnheader">
              <span className="sr-only">{sessionsWords.selection}</span>
            </span>
            {columns.map((column) => (
              <span
                key={column}
                role="columnheader"
                aria-sort={column !== 'date' ? undefined : order === 'newest' ? 'descending' : 'ascending'}
                className={`truncate pr-4 ${column === 'duration' ? 'text-end' : ''}`}
              >
                {column === 'date' ? (
                  <button type="button" className="font-medium hover:text-ink" onClick={onOrder}>
                    {sessionsWords.columns.date}{' '}
                    <span aria-hidden="true">{order === 'newest' ? '↓' : '↑'}</span>
                    <span className="sr-only">{sessionsWords.turn}</span>
                  </button>
                ) : (
                  sessionsWords.columns[column]
                )}
              </span>
            ))}
          </div>
        </div>
      )}
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const session = sessions[index];
          return (
            session !== undefined && (
              <SessionRow
                key={session['Session ID']}
                session={session}
                index={index}
                start={start - head}
                columns={columns}
                widths={widths}
                names={names}
                narrow={narrow}
                current={index === current}
                selected={selected.has(session['Session ID'])}
                scored={index >= rest.from && index <= rest.to}
                onSelect={onSelect}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
