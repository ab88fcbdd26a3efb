import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useAssessments, useAthletes, useExercises } from '../../react/index.ts';
import type { Report, Session } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { arriving } from '../ui/arriving.ts';
import { Button, buttonLook } from '../ui/Button.tsx';
import { Heading } from '../ui/Heading.tsx';
import { seconds } from '../ui/numbers.ts';
import { PrintButton } from '../ui/PrintButton.tsx';
import { dayAndTime } from '../ui/time.ts';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';
import { DownloadMenu } from './DownloadMenu.tsx';

const EditSession = lazy(() => arriving(() => import('./EditSession.tsx')));
const DeleteSession = lazy(() => arriving(() => import('./DeleteSession.tsx')));

const text = sessionWords;

/** What session this is, of whom, and what can be done with it. */
export function SessionHead({ session, report }: { session: Session; report: Report | undefined }) {
  const { mayRecord } = useAccount();
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDialog(null);
  const id = session['Session ID'];
  return (
    <header className="grid gap-2">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <Heading className="min-w-0 text-2xl font-semibold wrap-anywhere">
          {session['Session Name'] || text.unnamed}
        </Heading>
        <div className="no-print flex flex-wrap gap-2">
          <Link to="/app/compare" search={{ sessions: id }} className={buttonLook('plain')}>
            {text.compare}
          </Link>
          <DownloadMenu session={session} />
          <PrintButton />
          {mayRecord && (
            <>
              <Button kind="plain" onClick={() => setDialog('edit')}>
                {text.edit}
              </Button>
              <Button kind="danger" onClick={() => setDialog('delete')}>
                {words.delete}
              </Button>
            </>
          )}
        </div>
      </div>
      <Facts session={session} report={report} />
      <Suspense>
        {dialog === 'edit' && <EditSession session={session} onClose={close} />}
        {dialog === 'delete' && <DeleteSession session={session} onClose={close} />}
      </Suspense>
    </header>
  );
}

function Facts({ session, report }: { session: Session; report: Report | undefined }) {
  const { data: athletes } = useAthletes();
  const { data: exercises } = useExercises();
  const { data: assessments } = useAssessments();
  const athleteId = session['Athlete ID'];
  const exerciseId = session['Exercise ID'];
  const assessmentId = session['Assessment ID'];
  const athlete = athletes?.find(({ ValorID }) => ValorID === athleteId);
  const exercise = exercises?.find((each) => each['Exercise ID'] === exerciseId);
  const assessment = assessments?.find((each) => each['Assessment ID'] === assessmentId);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-1">
      <Fact name={text.athlete}>
        <Link to="/app/athletes/$athleteId" params={{ athleteId }} className={LINK}>
          {athlete === undefined
            ? text.anAthlete
            : `${athlete.FirstName} ${athlete.LastName}`.trim() || text.unnamed}
        </Link>
      </Fact>
      <Fact name={text.date}>
        <time dateTime={session.Date}>{dayAndTime(session.Date)}</time>
      </Fact>
      {exerciseId !== '' && (
        <Fact name={text.exercise}>
          <Link to="/app/sessions" search={{ exercise: exerciseId }} className={LINK}>
            {exercise?.['Exercise Name'] || report?.Provenance.Exercise || text.anExercise}
          </Link>
        </Fact>
      )}
      {assessment !== undefined && (
        <Fact name={text.assessment}>
          <Link to="/app/sessions" search={{ assessment: assessmentId }} className={LINK}>
            {assessment['Assessment Name'] || text.unnamed}
          </Link>
        </Fact>
      )}
      <Fact name={text.length}>{seconds(session.Duration)}</Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-w-0 gap-2">
    <dt className="text-soft">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </div>
);

const LINK = 'text-accent underline underline-offset-2';
