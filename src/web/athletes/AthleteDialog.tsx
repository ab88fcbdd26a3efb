import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { kinebaseKeys, useClient } from '../../react/index.ts';
import type { Athlete } from '../../sdk/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { useSay } from '../ui/messages.tsx';
import { peopleWords } from '../words/athletes.ts';
import { nameOf } from './nameOf.ts';
import { SaveOrDelete } from './SaveOrDelete.tsx';

/** A new athlete, or the names of one that is there; who has no sessions can also be removed. */
export function AthleteDialog({
  athlete,
  onClose,
  onRemoved,
}: {
  athlete?: Athlete;
  onClose: () => void;
  onRemoved?: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const settled = async (text: string) => {
    await queries.invalidateQueries({ queryKey: kinebaseKeys.athletes() });
    say(text);
    onClose();
  };
  const save = useMutation({
    mutationFn: (input: { FirstName: string; LastName: string; ExternalID: string | null }) =>
      athlete === undefined ? client.athletes.create(input) : client.athletes.patch(athlete.ValorID, input),
    onSuccess: (saved) => settled(peopleWords.saved(nameOf(saved))),
  });
  const remove = useMutation({
    mutationFn: ({ ValorID }: Athlete) => client.athletes.delete(ValorID),
    onSuccess: async (_, gone) => {
      await settled(peopleWords.removed(nameOf(gone)));
      onRemoved?.();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '').trim();
    save.mutate({ FirstName: said('first'), LastName: said('last'), ExternalID: said('external') || null });
  };
  return (
    <Dialog
      title={athlete === undefined ? peopleWords.newAthlete : peopleWords.edit(nameOf(athlete))}
      onClose={onClose}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field label={peopleWords.first} name="first" defaultValue={athlete?.FirstName} autoComplete="off" />
        <Field label={peopleWords.last} name="last" defaultValue={athlete?.LastName} autoComplete="off" />
        <Field
          label={peopleWords.external}
          name="external"
          hint={peopleWords.externalHint}
          defaultValue={athlete?.ExternalID ?? ''}
          autoComplete="off"
        />
        <SaveOrDelete
          fault={save.error ?? remove.error}
          saving={save.isPending}
          removing={remove.isPending}
          onRemove={athlete && (() => remove.mutate(athlete))}
        />
      </form>
    </Dialog>
  );
}
