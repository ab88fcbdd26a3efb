import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { kinebaseQueries, useClient, useReport, useSession } from '../../react/index.ts';
import type { Session } from '../../sdk/index.ts';
import { Fault } from '../ui/Fault.tsx';
import { Heading } from '../ui/Heading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';
import { SessionBody } from './SessionBody.tsx';
import { SessionHead } from './SessionHead.tsx';
import { useSessionSearch } from './useSessionSearch.ts';

/** One recorded session: curves, repetitions, report, and where every number comes from. */
export function SessionView() {
  const { sessionId } = useParams({ from: '/app/sessions/$sessionId' });
  const { data: session, error, refetch } = useSession(sessionId);
  if (session !== undefined && !gone(error)) return <Known key={sessionId} session={session} />;
  if (gone(error))
    return (
      <Notice level="h1" title={sessionWords.goneTitle} text={sessionWords.gone}>
        <Link to="/app/sessions" className="text-accent underline">
          {words.shell.toSessions}
        </Link>
      </Notice>
    );
  return (
    <>
      <Heading className="sr-only">{sessionWords.title}</Heading>
      {error === null ? <Waiting /> : <Fault error={error} onAgain={() => void refetch()} />}
    </>
  );
}

const gone = (error: { status: number | null } | null) => error?.status === 404 || error?.status === 400;

function Known({ session }: { session: Session }) {
  const client = useClient();
  const { version } = useSessionSearch();
  const report = useReport(session.s3Key, version === undefined ? undefined : { version });
  const channels = useQuery(kinebaseQueries.channels(client, session.s3Key));
  const error = report.error ?? channels.error;
  return (
    <div className="paper-flow grid grid-cols-1 gap-4">
      <SessionHead session={session} report={report.data} />
      {report.data !== undefined && channels.data !== undefined ? (
        <SessionBody
          key={version ?? 'current'}
          session={session}
          report={report.data}
          channels={channels.data}
        />
      ) : error === null ? (
        <Waiting lines={8} />
      ) : (
        <Fault
          error={error}
          onAgain={() => {
            void report.refetch();
            void channels.refetch();
          }}
        />
      )}
    </div>
  );
}
