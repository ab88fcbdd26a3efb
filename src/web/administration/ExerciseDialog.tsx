import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { kinebaseKeys, useClient } from '../../react/index.ts';
import type { Exercise, ExerciseInput, KinebaseError } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { explain } from '../ui/explain.ts';
import { Choice, Field } from '../ui/Field.tsx';
import { useLedTo } from '../ui/leadTo.ts';
import { memberFault } from '../ui/memberFault.ts';
import { useSay } from '../ui/messages.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { CHANNELS_ID, ChannelNames } from './ChannelNames.tsx';
import { MetricFields } from './MetricFields.tsx';
import { type MetricDraft, metricDraft, metricFault, metricOf } from './metricDraft.ts';

const say = administrationWords.exercises;

/** A definition, to be changed or, without an id, to be made. What is refused is shown at its field, and led to. */
export function ExerciseDialog({
  exercise,
  onClose,
  onSaved,
}: {
  exercise: Partial<Exercise>;
  onClose: () => void;
  onSaved: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const tell = useSay();
  const id = exercise['Exercise ID'];
  const [every, setEvery] = useState((exercise.Metrics ?? null) === null);
  const [metrics, setMetrics] = useState<readonly MetricDraft[]>((exercise.Metrics ?? []).map(metricDraft));
  const save = useMutation<Exercise, KinebaseError, { input: ExerciseInput; recompute: boolean }>({
    async mutationFn({ input, recompute }) {
      if (id === undefined) return client.exercises.create(input);
      const saved = await client.exercises.patch(id, input);
      if (recompute) await client.recomputation.start({ 'Exercise ID': id });
      return saved;
    },
    onSuccess(saved) {
      void queries.invalidateQueries({ queryKey: kinebaseKeys.exercises() });
      void queries.invalidateQueries({ queryKey: ['administration'] });
      tell(say.saved(saved['Exercise Name']));
      onSaved();
    },
  });
  const ofMetric = every ? null : metricFault(save.error, metrics);
  const refused = memberFault(save.error, MEMBERS);
  const faultOf = (member: keyof typeof MEMBERS) => (refused?.member === member ? refused.text : undefined);
  return (
    <Dialog
      wide
      title={id === undefined ? say.add : say.editing(exercise['Exercise Name'] ?? '')}
      onClose={onClose}
    >
      <form
        ref={useLedTo<HTMLFormElement>(save.error)}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const said = (name: string) => String(form.get(name) ?? '').trim();
          save.mutate({
            input: {
              'Exercise Name': said('name'),
              Category: said('category'),
              PrimaryChannel: said('primary') || null,
              Polarity: said('polarity') === '-1' ? -1 : 1,
              KneeFlexion: said('knee') as Exercise['KneeFlexion'],
              Metrics: every ? null : metrics.map(metricOf),
            },
            recompute: form.has('recompute'),
          });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <Field
            label={say.name}
            name="name"
            fault={faultOf('Exercise Name')}
            defaultValue={exercise['Exercise Name']}
            required
          />
          <Field
            label={say.category}
            name="category"
            fault={faultOf('Category')}
            defaultValue={exercise.Category}
          />
          <Field
            label={say.primary}
            hint={say.primaryHint}
            fault={faultOf('PrimaryChannel')}
            name="primary"
            list={CHANNELS_ID}
            autoComplete="off"
            defaultValue={exercise.PrimaryChannel ?? ''}
          />
          <Choice label={say.polarity} name="polarity" defaultValue={exercise.Polarity ?? 1}>
            <option value="1">{say.peaks}</option>
            <option value="-1">{say.troughs}</option>
          </Choice>
          <Choice label={say.knee} name="knee" defaultValue={exercise.KneeFlexion ?? 'as recorded'}>
            <option value="as recorded">{say.kneeAsRecorded}</option>
            <option value="positive">{say.kneePositive}</option>
          </Choice>
        </div>
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={every} onChange={(event) => setEvery(event.target.checked)} />
          {say.everyMetricLong}
        </label>
        {!every && <MetricFields metrics={metrics} fault={ofMetric} onChange={setMetrics} />}
        <ChannelNames />
        {save.error !== null && refused === null && ofMetric === null && (
          <p role="alert" tabIndex={-1} className="text-danger">
            {explain(save.error)}
          </p>
        )}
        {id !== undefined && (
          <label className="flex items-center gap-2">
            <input type="checkbox" name="recompute" defaultChecked />
            {say.recomputeThese}
          </label>
        )}
        <p className="text-sm text-soft">{say.afterwards}</p>
        <Button type="submit" disabled={save.isPending} className="justify-self-start">
          {words.save}
        </Button>
      </form>
    </Dialog>
  );
}

const MEMBERS = {
  'Exercise Name': say.name,
  Category: say.category,
  PrimaryChannel: say.primary,
} as const;
