import { createClient } from '@kinebase/client';
import {
  KinebaseProvider,
  kinebaseKeys,
  kinebaseQueries,
  useAssessments,
  useAthletes,
  useChanges,
  useClient,
  useExercises,
  useIkData,
  useReport,
  useSession,
  useSessions,
} from '@kinebase/client/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** Screens that the tests show one after the other: `show('List', props)`. What they know stands in the page as JSON. */
const Fact = ({ id, value }) => <output id={id}>{JSON.stringify(value ?? null)}</output>;
const problem = (error) => error && { code: error.code, status: error.status };

function List({ filters, options }) {
  const { sessions, hasMore, fetchNext, token, isFetching, isPending, error } = useSessions(filters, options);
  return (
    <>
      <Fact id="ids" value={sessions.map((session) => session['Session ID'])} />
      <Fact id="names" value={sessions.map((session) => session['Session Name'])} />
      <Fact id="state" value={{ hasMore, token, isFetching, isPending, error: problem(error) }} />
      <button type="button" id="more" onClick={fetchNext}>
        More
      </button>
    </>
  );
}

function Records({ athleteID, name }) {
  const athletes = useAthletes();
  const exercises = useExercises({ name });
  const assessments = useAssessments({ athleteID });
  const answers = [athletes, exercises, assessments];
  return <Fact id="counts" value={answers.map(({ data, error }) => data?.length ?? problem(error))} />;
}

function One({ id, s3Key, choice }) {
  const session = useSession(id);
  const report = useReport(s3Key);
  const series = useIkData(s3Key, choice);
  return (
    <>
      <Fact id="session" value={session.data?.['Session Name'] ?? problem(session.error)} />
      <Fact id="report" value={report.data?.Provenance.ReportVersion ?? problem(report.error)} />
      <Fact id="series" value={series.data?.time.length ?? problem(series.error)} />
      <Fact id="waiting" value={[session, report, series].map(({ fetchStatus }) => fetchStatus)} />
    </>
  );
}

function Live({ watch, fails, ...props }) {
  const { changes, token, error } = useChanges({
    interval_ms: 50,
    ...watch,
    onChanges: (changes) => {
      window.heard.push(...changes.map(({ kind, id }) => `${kind} ${id}`));
      if (fails) throw new Error('a fault of the program’s own');
    },
  });
  return (
    <>
      <Fact id="changes" value={changes.map(({ kind, id, deleted }) => ({ kind, id, deleted }))} />
      <Fact id="watching" value={{ token: token !== null, error: problem(error) }} />
      {props.id ? <One {...props} /> : <List {...props} />}
    </>
  );
}

function Who() {
  return <Fact id="who" value={typeof useClient().sessions.list} />;
}

const SCREENS = { List, Records, One, Live, Who, Nothing: () => <Fact id="nothing" value={true} /> };

window.heard = [];
const root = createRoot(document.getElementById('root'));
const own = new QueryClient();
let given = {};

/** `provider`: props of the KinebaseProvider, kept until others are given. `around`: a QueryClient of the program's own. */
window.show = (screen, props = {}, { provider, around } = {}) => {
  if (provider) given = provider.made ? { client: createClient(provider.made) } : provider;
  const Screen = SCREENS[screen];
  const inside = (
    <KinebaseProvider {...given}>
      <Screen {...props} />
    </KinebaseProvider>
  );
  root.render(
    <StrictMode>
      {around ? <QueryClientProvider client={own}>{inside}</QueryClientProvider> : inside}
    </StrictMode>,
  );
};
window.prefetch = (made, s3Key) => {
  const client = createClient(made);
  given = { client };
  return own.prefetchQuery(kinebaseQueries.report(client, s3Key));
};
window.held = () => own.getQueryCache().findAll({ queryKey: kinebaseKeys.all }).length;
