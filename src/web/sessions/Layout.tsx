import { Menu } from '../ui/Menu.tsx';
import { sessionsWords } from '../words/sessions.ts';
import { COLUMNS, columnsOf, namedColumns } from './columns.tsx';
import type { SessionsSearch } from './search.ts';

const text = sessionsWords;

/** In which order, and with which columns. */
export function Layout({
  search,
  onChange,
}: {
  search: SessionsSearch;
  onChange(changes: SessionsSearch, replace?: boolean): void;
}) {
  const columns = columnsOf(search.columns);
  return (
    <Menu
      label={text.layout}
      entries={[
        {
          kind: 'choice',
          text: text.order,
          value: search.order ?? 'newest',
          choices: text.orders,
          choose: (order) => onChange({ order: order === 'oldest' ? 'oldest' : undefined }),
        },
        { kind: 'line' },
        { kind: 'label', text: text.columnsShown },
        ...COLUMNS.map((column) => ({
          kind: 'check' as const,
          text: text.columns[column],
          checked: columns.includes(column),
          change: (shown: boolean) =>
            onChange(
              {
                columns: namedColumns(
                  COLUMNS.filter((one) => (one === column ? shown : columns.includes(one))),
                ),
              },
              true,
            ),
        })),
      ]}
    />
  );
}
