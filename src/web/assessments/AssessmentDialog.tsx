import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { kinebaseKeys, useAthletes, useClient } from '../../react/index.ts';
import type { Assessment } from '../../sdk/index.ts';
import { AthleteOptions } from '../athletes/AthleteOptions.tsx';
import { SaveOrDelete } from '../athletes/SaveOrDelete.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { useLedTo } from '../ui/leadTo.ts';
import { memberFault } from '../ui/memberFault.ts';
import { useSay } from '../ui/messages.tsx';
import { peopleWords } from '../words/athletes.ts';

/** A new assessment, or one that is there; one without sessions can also be removed. */
export function AssessmentDialog({
  assessment,
  athleteID = '',
  onClose,
}: {
  assessment?: Assessment;
  /** Whose it will be, unless another is chosen. */
  athleteID?: string;
  onClose: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const { data: athletes = [] } = useAthletes();
  const settled = async (text: string) => {
    await queries.invalidateQueries({ queryKey: kinebaseKeys.assessments() });
    say(text);
    onClose();
  };
  const save = useMutation({
    mutationFn: (input: { 'Assessment Name': string; 'Athlete ID': string | null; Date?: string }) =>
      assessment === undefined
        ? client.assessments.create(input)
        : client.assessments.patch(assessment['Assessment ID'], input),
    onSuccess: (saved) => settled(peopleWords.saved(saved['Assessment Name'])),
  });
  const remove = useMutation({
    mutationFn: (gone: Assessment) => client.assessments.delete(gone['Assessment ID']),
    onSuccess: (_, gone) => settled(peopleWords.removed(gone['Assessment Name'])),
  });
  const refused = memberFault(save.error, MEMBERS);
  const faultOf = (member: keyof typeof MEMBERS) => (refused?.member === member ? refused.text : undefined);
  const form = useLedTo<HTMLFormElement>(save.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '').trim();
    const day = said('date');
    save.mutate({
      'Assessment Name': said('name'),
      'Athlete ID': said('athlete') || null,
      // The hour of one that is there stays, unless the day is another.
      ...(day === '' || assessment?.Date.startsWith(day) ? {} : { Date: `${day}T12:00:00Z` }),
    });
  };
  return (
    <Dialog
      title={
        assessment === undefined ? peopleWords.newAssessment : peopleWords.edit(assessment['Assessment Name'])
      }
      onClose={onClose}
    >
      <form ref={form} onSubmit={submit} className="grid gap-4">
        <Field
          label={peopleWords.assessmentName}
          name="name"
          fault={faultOf('Assessment Name')}
          defaultValue={assessment?.['Assessment Name']}
          required
        />
        <Choice
          // Its options come later than the dialog: a value that is not among them would be dropped.
          key={athletes.length}
          label={peopleWords.whose}
          name="athlete"
          fault={faultOf('Athlete ID')}
          defaultValue={assessment?.['Athlete ID'] ?? athleteID}
        >
          <option value="">{peopleWords.anybody}</option>
          <AthleteOptions athletes={athletes} />
        </Choice>
        <Field
          label={peopleWords.day}
          name="date"
          type="date"
          fault={faultOf('Date')}
          defaultValue={assessment?.Date.slice(0, 10) ?? new Date().toISOString().slice(0, 10)}
        />
        <SaveOrDelete
          fault={refused === null ? (save.error ?? remove.error) : remove.error}
          saving={save.isPending}
          removing={remove.isPending}
          onRemove={assessment && (() => remove.mutate(assessment))}
        />
      </form>
    </Dialog>
  );
}

const MEMBERS = {
  'Assessment Name': peopleWords.assessmentName,
  'Athlete ID': peopleWords.whose,
  Date: peopleWords.day,
} as const;
