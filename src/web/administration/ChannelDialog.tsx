import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { kinebaseKeys, useClient } from '../../react/index.ts';
import type { ChannelEntry, ChannelInput, KinebaseError } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { explain } from '../ui/explain.ts';
import { Choice, Field } from '../ui/Field.tsx';
import { useSay } from '../ui/messages.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';

const say = administrationWords.channels;

/** What a channel means, to be changed or, without a name, to be said of a new one. */
export function ChannelDialog({
  entry,
  channels,
  onClose,
}: {
  entry: Partial<ChannelEntry>;
  /** All that are described: their words for joint and motion are offered. */
  channels: readonly ChannelEntry[];
  onClose: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const tell = useSay();
  const id = useId();
  const [name, setName] = useState(entry.Channel ?? '');
  const save = useMutation<ChannelEntry, KinebaseError, { input: ChannelInput; recompute: boolean }>({
    async mutationFn({ input, recompute }) {
      const saved = await client.channels.put(input);
      if (recompute) await client.recomputation.start({ All: true });
      return saved;
    },
    onSuccess({ Channel }) {
      void queries.invalidateQueries({ queryKey: kinebaseKeys.channels() });
      void queries.invalidateQueries({ queryKey: ['administration'] });
      tell(say.saved(Channel));
      onClose();
    },
  });
  const isNew = entry.Channel === undefined;
  const replaces = isNew && channels.some(({ Channel }) => Channel === name.trim());
  return (
    <Dialog wide title={isNew ? say.add : say.editing(entry.Channel!)} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          save.mutate({ input: inputOf(form, entry.Channel), recompute: form.has('recompute') });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <Field
            label={say.name}
            name="channel"
            hint={replaces ? say.replaces : say.nameHint}
            value={name}
            disabled={!isNew}
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
            required
          />
          <Field
            label={say.joint}
            name="joint"
            list={`${id}-joints`}
            autoComplete="off"
            defaultValue={entry.Joint}
            required
          />
          <Choice label={say.side} name="side" defaultValue={entry.Side ?? ''}>
            <option value="">{say.middle}</option>
            <option value="L">{words.sides.L}</option>
            <option value="R">{words.sides.R}</option>
          </Choice>
          <Choice label={say.kind} name="kind" defaultValue={entry.Kind ?? 'flexion'}>
            {Object.entries(say.kinds).map(([kind, text]) => (
              <option key={kind} value={kind}>
                {text}
              </option>
            ))}
          </Choice>
          <Field
            label={say.positive}
            name="positive"
            hint={say.wordsHint}
            list={`${id}-motions`}
            autoComplete="off"
            defaultValue={entry.Positive}
            required
          />
          <Field
            label={say.negative}
            name="negative"
            list={`${id}-motions`}
            autoComplete="off"
            defaultValue={entry.Negative}
            required
          />
          <Field
            label={say.min}
            name="min"
            type="number"
            step="any"
            hint={say.rangeHint}
            defaultValue={entry.Min ?? ''}
          />
          <Field label={say.max} name="max" type="number" step="any" defaultValue={entry.Max ?? ''} />
          <Field label={say.axis} name="axis" defaultValue={entry.Axis} />
          <Field label={say.zeroPose} name="zeroPose" defaultValue={entry.ZeroPose} />
          <Field
            label={say.offset}
            name="offset"
            type="number"
            step="any"
            hint={say.offsetHint}
            defaultValue={entry.Offset ?? 0}
          />
          <Field
            label={say.source}
            name="source"
            defaultValue={entry.DefinedBy === 'organization' ? entry.Source : ''}
          />
        </div>
        <Offered id={`${id}-joints`} texts={channels.map(({ Joint }) => Joint)} />
        <Offered
          id={`${id}-motions`}
          texts={channels.flatMap(({ Positive, Negative }) => [Positive, Negative])}
        />
        <label className="flex items-center gap-2">
          <input type="checkbox" name="recompute" />
          {say.recomputeAll}
        </label>
        {save.error !== null && (
          <p role="alert" className="text-danger">
            {explain(save.error)}
          </p>
        )}
        <Button type="submit" disabled={save.isPending} className="justify-self-start">
          {words.save}
        </Button>
      </form>
    </Dialog>
  );
}

const Offered = ({ id, texts }: { id: string; texts: readonly string[] }) => (
  <datalist id={id}>
    {[...new Set(texts)].sort().map((text) => (
      <option key={text} value={text} />
    ))}
  </datalist>
);

/** What the form says; what it leaves empty is not stated. */
function inputOf(form: FormData, channel: string | undefined): ChannelInput {
  const said = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string) => (said(name) === '' ? null : Number(said(name)));
  const texts = { Axis: said('axis'), ZeroPose: said('zeroPose'), Source: said('source') };
  return {
    Channel: channel ?? said('channel'),
    Joint: said('joint'),
    Side: (said('side') || null) as 'L' | 'R' | null,
    Kind: said('kind') as ChannelInput['Kind'],
    Positive: said('positive'),
    Negative: said('negative'),
    Offset: number('offset') ?? 0,
    Min: number('min'),
    Max: number('max'),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
  };
}
