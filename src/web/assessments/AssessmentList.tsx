import { useState } from 'react';
import { useAssessments } from '../../react/index.ts';
import type { Assessment } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { Fault } from '../ui/Fault.tsx';
import { calendarDay } from '../ui/time.ts';
import { peopleWords } from '../words/athletes.ts';
import { AssessmentDialog } from './AssessmentDialog.tsx';

/** An athlete's assessments, newest first, to be added to and corrected. */
export function AssessmentList({ athleteID }: { athleteID: string }) {
  const { mayRecord } = useAccount();
  const { data, error, refetch } = useAssessments({ athleteID });
  /** null: none is open; `new`: one that is not there yet. */
  const [open, setOpen] = useState<Assessment | 'new' | null>(null);
  if (data === undefined) return error && <Fault error={error} onAgain={() => void refetch()} />;
  if (data.length === 0 && !mayRecord) return null;
  return (
    <section aria-label={peopleWords.assessments} className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-lg font-semibold">{peopleWords.assessments}</h2>
        {mayRecord && (
          <Button kind="quiet" className="no-print" onClick={() => setOpen('new')}>
            {peopleWords.newAssessment}
          </Button>
        )}
      </div>
      <ul className="flex flex-wrap gap-2">
        {data
          .toSorted((one, other) => other.Date.localeCompare(one.Date))
          .map((assessment) => (
            <li
              key={assessment['Assessment ID']}
              className="flex items-center gap-2 rounded-lg border border-line bg-panel px-3 py-1"
            >
              <span className="break-words">{assessment['Assessment Name']}</span>
              <span className="whitespace-nowrap text-soft">{calendarDay(assessment.Date)}</span>
              {mayRecord && (
                <Button
                  kind="quiet"
                  className="no-print"
                  aria-label={peopleWords.edit(assessment['Assessment Name'])}
                  onClick={() => setOpen(assessment)}
                >
                  {peopleWords.editShort}
                </Button>
              )}
            </li>
          ))}
      </ul>
      {open === 'new' && <AssessmentDialog athleteID={athleteID} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && (
        <AssessmentDialog assessment={open} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}
