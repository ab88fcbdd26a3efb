import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useAthletes, useExercises, useSessions } from '../../react/index.ts';
import { useAccount } from '../account.tsx';
import { AssessmentList } from '../assessments/AssessmentList.tsx';
import { Button } from '../ui/Button.tsx';
import { Fault } from '../ui/Fault.tsx';
import { Heading } from '../ui/Heading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PrintButton } from '../ui/PrintButton.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { athletesWords } from '../words/athletes.ts';
import { AthleteDialog } from './AthleteDialog.tsx';
import { type CountedFamily, countedFamilies, familiesOf } from './families.ts';
import { LastReports } from './LastReports.tsx';
import { nameOf } from './nameOf.ts';
import type { AthleteSearch } from './search.ts';
import { Trends } from './Trends.tsx';

const TEXT = athletesWords;

/** An athlete over time: what is shown stands in the address. */
export function AthleteView() {
  const { athleteId } = useParams({ from: '/app/athletes/$athleteId' });
  const search = useSearch({ from: '/app/athletes/$athleteId' });
  const navigate = useNavigate({ from: '/app/athletes/$athleteId' });
  const change = (next: AthleteSearch) =>
    void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false });
  const { mayRecord } = useAccount();
  const [editing, setEditing] = useState(false);
  const athletes = useAthletes();
  const exercises = useExercises();
  const list = useSessions({ athleteID: athleteId, limit: MOST_SESSIONS });
  if (list.error !== null && list.sessions.length === 0)
    return <Fault level="h1" error={list.error} onAgain={() => void list.query.refetch()} />;
  for (const { data, error, refetch } of [athletes, exercises])
    if (data === undefined && error !== null)
      return <Fault level="h1" error={error} onAgain={() => void refetch()} />;
  if (athletes.data === undefined || exercises.data === undefined || list.isPending)
    return <Waiting lines={8} />;
  const athlete = athletes.data.find(({ ValorID }) => ValorID === athleteId);
  if (athlete === undefined)
    return (
      <Notice level="h1" title={TEXT.unknownTitle} text={TEXT.unknown}>
        <Link to="/app/athletes" className="text-accent underline">
          {TEXT.toList}
        </Link>
      </Notice>
    );
  const families = countedFamilies(familiesOf(exercises.data), list.sessions);
  const family = families.find(({ ids }) => ids.includes(search.exercise ?? '')) ?? mostOften(families);
  return (
    <div className="paper-flow grid gap-5">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Heading className="text-2xl font-semibold break-words">{nameOf(athlete)}</Heading>
        {athlete.ExternalID !== null && (
          <span className="text-soft">
            {TEXT.externalId} {athlete.ExternalID}
          </span>
        )}
        <Link to="/app/sessions" search={{ athlete: athleteId }} className="text-accent hover:underline">
          {TEXT.sessions(`${list.sessions.length}${list.hasMore ? '+' : ''}`)}
        </Link>
        <PrintButton className="ms-auto" />
        {mayRecord && (
          <Button kind="plain" className="no-print" onClick={() => setEditing(true)}>
            {TEXT.edit}
          </Button>
        )}
        {editing && (
          <AthleteDialog
            athlete={athlete}
            onClose={() => setEditing(false)}
            onRemoved={() => void navigate({ to: '/app/athletes', replace: true })}
          />
        )}
      </header>
      <AssessmentList athleteID={athleteId} />
      {family === undefined ? (
        <Notice title={TEXT.noSessionsTitle} text={TEXT.noSessions} />
      ) : (
        <>
          <Trends athleteID={athleteId} families={families} family={family} search={search} change={change} />
          <LastReports sessions={list.sessions} exercises={exercises.data} />
        </>
      )}
    </div>
  );
}

/** An athlete's newest; more than one is recorded in many years. */
const MOST_SESSIONS = 5000;

const mostOften = (families: readonly CountedFamily[]): CountedFamily | undefined =>
  families.toSorted((one, other) => other.sessions.length - one.sessions.length)[0];
