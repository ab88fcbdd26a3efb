import { useQuery } from '@tanstack/react-query';
import { kinebaseQueries, useClient } from '../../../react/index.ts';
import type { Report, Session } from '../../../sdk/index.ts';
import { useAccount } from '../../account.tsx';
import { Button } from '../../ui/Button.tsx';
import { dayAndTime } from '../../ui/time.ts';
import { sessionWords } from '../../words/session.ts';
import { useSessionSearch, useShow } from '../useSessionSearch.ts';
import { UseAgain } from './UseAgain.tsx';

const text = sessionWords.report;

/** Every report that the session ever had: any of them can be looked at again. */
export function Versions({ session, report }: { session: Session; report: Report }) {
  const client = useClient();
  const show = useShow();
  const { mayRecord } = useAccount();
  const { version } = useSessionSearch();
  const { data: versions = [] } = useQuery(kinebaseQueries.reports(client, session['Session ID']));
  const current = versions.find(({ Current }) => Current)?.Version;
  const shown = version ?? current ?? report.Provenance.ReportVersion;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {version !== undefined && (
        <>
          <p role="status" className="text-near">
            {text.earlier}
          </p>
          <Button kind="plain" className="no-print" onClick={() => show({ version: undefined })}>
            {text.toCurrent}
          </Button>
          {mayRecord && current !== undefined && (
            <UseAgain session={session} report={report} current={current} />
          )}
        </>
      )}
      <label className="flex min-w-0 items-center gap-2">
        <span className="text-sm text-soft">{text.version}</span>
        <select
          className="max-w-96 min-w-0 rounded-md border border-line bg-panel px-2 py-1.5"
          value={shown}
          onChange={({ target }) => {
            const chosen = versions.find(({ Version }) => Version === Number(target.value));
            show({ version: chosen === undefined || chosen.Current ? undefined : chosen.Version });
          }}
        >
          {versions.some(({ Version }) => Version === shown) || <option value={shown}>{shown}</option>}
          {versions.map(({ Version, ComputedAt, Reason, Current }) => (
            <option key={Version} value={Version}>
              {text.versionText(Version, text.reasons[Reason] ?? Reason, dayAndTime(ComputedAt), Current)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
