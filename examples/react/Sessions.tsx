// Sessions of an athlete between two dates, the report of one of them, and one joint angle.
//
//   npm install react react-dom @tanstack/react-query ./kinebase-client-*.tgz
//
// (`npm run pack:sdk -- --out .` in the repository makes the tarball, until the client is on npm.) main.tsx beside this file
// signs in and shows it; any tool that builds React will do. The hooks follow the pages, renew the token, cancel what nobody
// waits for any more, and ask again when a window comes back.

import type { KinebaseError, Session } from '@kinebase/client';
import { useAthletes, useIkData, useReport, useSessions } from '@kinebase/client/react';
import { useEffect, useState } from 'react';

export function Sessions() {
  const athletes = useAthletes();
  const [athleteID, setAthlete] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [chosen, setChosen] = useState<Session | null>(null);
  if (athletes.error) return <Failure of={athletes.error} />;
  if (!athletes.data) return <p>Loading…</p>;
  return (
    <main>
      <label>
        Athlete
        <select value={athleteID} onChange={({ target }) => setAthlete(target.value)}>
          <option value="">–</option>
          {athletes.data.map(({ ValorID, FirstName, LastName }) => (
            <option key={ValorID} value={ValorID}>
              {FirstName} {LastName}
            </option>
          ))}
        </select>
      </label>
      <label>
        From <input type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
      </label>
      <label>
        To <input type="date" value={to} onChange={({ target }) => setTo(target.value)} />
      </label>
      {athleteID !== '' && <List athleteID={athleteID} from={from} to={to} onChoose={setChosen} />}
      {chosen !== null && <Report session={chosen} channel="knee_angle_r" />}
    </main>
  );
}

interface ListProps {
  athleteID: string;
  /** Days in UTC, both included; empty: without that border. */
  from: string;
  to: string;
  onChoose(session: Session): void;
}

function List({ athleteID, from, to, onChoose }: ListProps) {
  const { sessions, hasMore, isFetchingNext, fetchNext, error } = useSessions({ athleteID, from, to });
  // All pages, one after the other. For a list that grows while one scrolls, call fetchNext there instead.
  useEffect(() => {
    if (hasMore && !isFetchingNext && !error) fetchNext();
  }, [hasMore, isFetchingNext, error, fetchNext]);
  return (
    <section>
      <h2>{hasMore ? `${sessions.length} sessions so far` : `${sessions.length} sessions`}</h2>
      {error && <Failure of={error} retry={fetchNext} />}
      <ul>
        {sessions.map((session) => (
          <li key={session['Session ID']}>
            <button type="button" onClick={() => onChoose(session)}>
              {session.Date.slice(0, 10)} · {session.Duration.toFixed(2)} s · {session['Session Name']}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Report({ session, channel }: { session: Session; channel: string }) {
  const report = useReport(session.s3Key);
  if (report.error) return <Failure of={report.error} />;
  if (!report.data) return <p>Loading…</p>;
  const rows = Object.entries(report.data.WorkoutMetrics.Ang).flatMap(([metric, sides]) =>
    Object.entries(sides).map(([side, values]) => ({ metric, side, ...values })),
  );
  return (
    <section>
      <h2>Report of {session['Session Name']}</h2>
      <table>
        <thead>
          <tr>
            <th>Metric</th>
            <th>Side</th>
            <th>Angle</th>
            <th>Score</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ metric, side, AvgMax, Score }) => (
            <tr key={`${metric} ${side}`}>
              <td>{metric}</td>
              <td>{side}</td>
              <td>{AvgMax.toFixed(1)}</td>
              <td>{Score === null ? '–' : Score.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Curve s3Key={session.s3Key} channel={channel} />
    </section>
  );
}

/** As many points as there are to see: every peak is among them. */
const POINTS = 500;

function Curve({ s3Key, channel }: { s3Key: string; channel: string }) {
  const series = useIkData(s3Key, { channels: [channel], points: POINTS });
  if (series.error) return <Failure of={series.error} />;
  if (!series.data) return <p>Loading…</p>;
  const { time, [channel]: angles = [] } = series.data;
  const [low, high, end] = [Math.min(...angles), Math.max(...angles), time.at(-1) ?? 1];
  const points = angles.map(
    (angle, at) => `${(time[at]! / end) * 600},${100 - ((angle - low) / (high - low || 1)) * 100}`,
  );
  return (
    <figure>
      <svg viewBox="0 0 600 100" role="img" aria-label={`${channel} over ${end.toFixed(2)} s`}>
        <polyline points={points.join(' ')} fill="none" stroke="currentColor" />
      </svg>
      <figcaption>
        {channel}: {low.toFixed(1)} to {high.toFixed(1)} in {end.toFixed(2)} s
      </figcaption>
    </figure>
  );
}

/** The message is for people. Programs look at `code`, which stays the same. */
function Failure({ of: { message, code }, retry }: { of: KinebaseError; retry?: () => void }) {
  return (
    <p role="alert">
      {message} ({code})
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </p>
  );
}
