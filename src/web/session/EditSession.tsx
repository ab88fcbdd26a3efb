import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  kinebaseKeys,
  kinebaseQueries,
  useAssessments,
  useAthletes,
  useClient,
  useExercises,
} from '../../react/index.ts';
import type { Session, SessionPatch } from '../../sdk/index.ts';
import { nameOf } from '../athletes/nameOf.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { explain } from '../ui/explain.ts';
import { Choice, Field } from '../ui/Field.tsx';
import { useSay } from '../ui/messages.tsx';
import { calendarDay } from '../ui/time.ts';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';
import { changesOf, type Fields, fieldsOf, STAND_ALONE } from './sessionFields.ts';

const text = sessionWords;

/** Name, time, exercise, assessment and athlete of a session. */
export default function EditSession({ session, onClose }: { session: Session; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const [fields, setFields] = useState<Fields>(() => fieldsOf(session));
  const { data: athletes = [] } = useAthletes();
  const { data: exercises = [] } = useExercises();
  const { data: assessments = [] } = useAssessments();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (patch: SessionPatch) => client.sessions.patch(session['Session ID'], patch),
    onSuccess(next) {
      queries.setQueryData(kinebaseQueries.session(client, session['Session ID']).queryKey, next);
      for (const key of [
        kinebaseKeys.sessions(),
        kinebaseKeys.report(session.s3Key),
        kinebaseKeys.reports(session['Session ID']),
      ])
        void queries.invalidateQueries({ queryKey: key });
      say(text.fieldsSaved);
      onClose();
    },
  });
  const set = (name: keyof Fields) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [name]: event.target.value });
  const patch = changesOf(session, fields);
  const faulty = patch === null;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (patch === null) return;
    if (Object.keys(patch).length === 0) onClose();
    else mutate(patch);
  }
  const options = (list: readonly (readonly [string, string])[], current: string) => {
    const all = list.some(([id]) => id === current) ? list : [[current, current] as const, ...list];
    return all.map(([id, name]) => (
      <option key={id} value={id}>
        {name || text.unnamed}
      </option>
    ));
  };
  return (
    <Dialog title={text.editTitle} onClose={onClose}>
      <form className="grid gap-4" onSubmit={submit}>
        <Field label={text.name} value={fields.name} onChange={set('name')} required maxLength={200} />
        <Field
          label={text.date}
          type="datetime-local"
          step={1}
          value={fields.date}
          onChange={set('date')}
          fault={faulty ? text.noDate : undefined}
          required
        />
        <Choice label={text.athlete} value={fields.athlete} onChange={set('athlete')}>
          {options(
            athletes.map((each) => [each.ValorID, nameOf(each)] as const),
            fields.athlete,
          )}
        </Choice>
        <Choice
          label={text.exercise}
          hint={text.exerciseHint}
          value={fields.exercise}
          onChange={set('exercise')}
        >
          {options(
            exercises.map((each) => [each['Exercise ID'], each['Exercise Name']] as const),
            fields.exercise,
          )}
        </Choice>
        <Choice label={text.assessment} value={fields.assessment} onChange={set('assessment')}>
          <option value={STAND_ALONE}>{text.noAssessment}</option>
          {assessments
            .filter((each) => each['Athlete ID'] === null || each['Athlete ID'] === fields.athlete)
            .map((each) => (
              <option key={each['Assessment ID']} value={each['Assessment ID']}>
                {each['Assessment Name'] || text.unnamed}, {calendarDay(each.Date)}
              </option>
            ))}
        </Choice>
        {error !== null && (
          <p role="alert" className="text-danger">
            {explain(error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button kind="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={isPending || faulty}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
