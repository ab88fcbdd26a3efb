import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import type { Exercise, Report, Session } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { explain } from '../ui/explain.ts';
import { NARROW, WIDE } from '../ui/narrow.ts';
import { Score } from '../ui/Score.tsx';
import { day } from '../ui/time.ts';
import { athletesWords } from '../words/athletes.ts';

const TEXT = athletesWords;
const FEW = 12;

/** The newest report of every exercise, by area of the body. */
export function LastReports({
  sessions,
  exercises,
}: {
  /** Newest first. */
  sessions: readonly Session[];
  exercises: readonly Exercise[];
}) {
  const client = useClient();
  const [all, setAll] = useState(false);
  const counts = new Map<string, number>();
  for (const session of sessions)
    counts.set(session['Exercise ID'], (counts.get(session['Exercise ID']) ?? 0) + 1);
  const last = [
    ...new Map(sessions.toReversed().map((session) => [session['Exercise ID'], session])).values(),
  ].sort((one, other) => other.Date.localeCompare(one.Date));
  const shown = all ? last : last.slice(0, FEW);
  const reports = useQueries({ queries: shown.map(({ s3Key }) => kinebaseQueries.report(client, s3Key)) });
  const names = new Map(exercises.map((exercise) => [exercise['Exercise ID'], exercise['Exercise Name']]));
  return (
    <section className="grid gap-3">
      <h2 className="text-lg font-semibold">{TEXT.lastReports}</h2>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full text-start">
          <thead className="text-sm text-soft">
            <tr className="border-b border-line">
              {Object.entries(TEXT.lastColumns).map(([column, head]) => (
                <th
                  key={column}
                  scope="col"
                  className={`px-3 py-2 text-start font-medium ${column === 'count' || column === 'date' ? WIDE : ''}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((session, index) => (
              <tr key={session['Session ID']} className="border-b border-line last:border-0">
                <th scope="row" className="min-w-32 px-3 py-2 text-start font-medium max-sm:align-top">
                  {names.get(session['Exercise ID']) ?? session['Session Name']}
                  <span className={`block text-sm font-normal ${NARROW}`}>
                    <LinkTo session={session} />
                  </span>
                </th>
                <td className={`px-3 whitespace-nowrap ${WIDE}`}>
                  <LinkTo session={session} />
                </td>
                <td className={`px-3 tabular-nums ${WIDE}`}>{counts.get(session['Exercise ID'])}</td>
                <td className="px-3 py-1.5">
                  <Areas report={reports[index]?.data} error={reports[index]?.error ?? null} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && last.length > FEW && (
        <Button kind="plain" className="justify-self-center" onClick={() => setAll(true)}>
          {TEXT.allReports(last.length)}
        </Button>
      )}
    </section>
  );
}

const LinkTo = ({ session }: { session: Session }) => (
  <Link
    to="/app/sessions/$sessionId"
    params={{ sessionId: session['Session ID'] }}
    className="underline decoration-line underline-offset-2 hover:decoration-ink"
  >
    {day(session.Date)}
  </Link>
);

function Areas({ report, error }: { report: Report | undefined; error: unknown }) {
  if (report === undefined) return <span className="text-soft">{error === null ? '…' : explain(error)}</span>;
  const areas = Object.entries(report.Summary.Areas);
  if (areas.length === 0) return <span className="text-soft">{TEXT.noScores}</span>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {areas.map(([area, { Score: score, Metrics }]) => (
        <li key={area} className="flex items-center gap-1.5">
          <span className="text-sm">{area}</span>
          <Score score={score} of={Metrics} />
        </li>
      ))}
    </ul>
  );
}
