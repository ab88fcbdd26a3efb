import { useQueryClient } from '@tanstack/react-query';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import type { Session } from '../../sdk/index.ts';
import { sessionsWords } from '../words/sessions.ts';
import { type Column, cellOf } from './columns.tsx';
import { Scores } from './Scores.tsx';
import type { Names } from './useNames.ts';

const WIDTHS: Partial<Record<Column, string>> = {
  date: 'w-38',
  name: 'w-38',
  duration: 'w-19',
  scores: 'w-36',
};

/** Some 40 sheets: who wants more takes a file. */
const MOST = 500;

/** The sessions that were loaded, as rows that follow each other from sheet to sheet, and how many of how many these are. */
export function OnPaper({
  sessions,
  hasMore,
  columns,
  names,
}: {
  sessions: readonly Session[];
  hasMore: boolean;
  columns: readonly Column[];
  names: Names;
}) {
  const client = useClient();
  const queries = useQueryClient();
  // Nothing is asked for while the browser takes its picture.
  const isRead = ({ s3Key }: Session) =>
    queries.getQueryData(kinebaseQueries.report(client, s3Key).queryKey) !== undefined;
  const shown = sessions.slice(0, MOST);
  return (
    <div className="paper-only">
      <p className="mb-2 text-sm">{sessionsWords.onPaper(shown.length, sessions.length, hasMore)}</p>
      <table className="w-full table-fixed text-start text-sm">
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={`py-1 pe-3 text-start font-medium ${WIDTHS[column] ?? ''}`}
              >
                {sessionsWords.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map((session) => (
            <tr key={session['Session ID']}>
              {columns.map((column) => (
                <td key={column} className="py-1 pe-3 align-top wrap-anywhere">
                  {column !== 'scores' ? (
                    cellOf(column, session, names, true)
                  ) : isRead(session) ? (
                    <Scores s3Key={session.s3Key} />
                  ) : (
                    sessionsWords.scoresUnread
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
