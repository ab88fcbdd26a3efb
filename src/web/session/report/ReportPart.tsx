import type { Report, Session } from '../../../sdk/index.ts';
import { sessionWords } from '../../words/session.ts';
import { useSessionSearch } from '../useSessionSearch.ts';
import { Areas } from './Areas.tsx';
import { Asymmetry } from './Asymmetry.tsx';
import { definitionInWords as inWords, noteInWords } from './inWords.ts';
import { Origin } from './Origin.tsx';
import { ReportTable } from './ReportTable.tsx';
import { Versions } from './Versions.tsx';

const text = sessionWords.report;

/** What the session comes to in numbers, and where they come from. */
export default function ReportPart({ session, report }: { session: Session; report: Report }) {
  const { table = 'Ang' } = useSessionSearch();
  const { Summary, WorkoutMetrics, Provenance, Repetitions } = report;
  return (
    <section aria-labelledby="report" className="paper-flow grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="report" className="text-xl font-semibold">
          {text.title(Provenance.Exercise)}
        </h2>
        <Versions session={session} report={report} />
      </div>
      {Provenance.Flags.length > 0 && (
        <ul
          aria-label={text.flags}
          className="list-disc rounded-xl border border-near bg-panel py-3 pr-4 pl-9"
        >
          {Provenance.Flags.map((flag) => (
            <li key={flag} className="wrap-anywhere">
              {noteInWords(flag, Provenance.Metrics)}
            </li>
          ))}
        </ul>
      )}
      <ReportTable tables={WorkoutMetrics} shown={table} repetitions={Repetitions.length} />
      <div className="paper-flow grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Areas areas={Summary.Areas} definition={inWords(Summary.Definitions.areas)} />
        <Asymmetry
          rows={Summary.Asymmetry}
          unitOf={(metric) => WorkoutMetrics.Ang[metric]?.L?.Unit ?? 'deg'}
          definition={inWords(Summary.Definitions.asymmetry)}
        />
      </div>
      <Origin provenance={Provenance} />
    </section>
  );
}
