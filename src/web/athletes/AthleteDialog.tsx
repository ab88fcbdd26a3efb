import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { kinebaseKeys, useClient } from '../../react/index.ts';
import type { Athlete } from '../../sdk/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { useLedTo } from '../ui/leadTo.ts';
import { memberFault } from '../ui/memberFault.ts';
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
  const refused = memberFault(save.error, MEMBERS);
  const faultOf = (member: keyof typeof MEMBERS) => (refused?.member === member ? refused.text : undefined);
  const form = useLedTo<HTMLFormElement>(save.error);
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
      <form ref={form} onSubmit={submit} className="grid gap-4">
        <Field
          label={peopleWords.first}
          name="first"
          fault={faultOf('FirstName')}
          defaultValue={athlete?.FirstName}
          autoComplete="off"
        />
        <Field
          label={peopleWords.last}
          name="last"
          fault={faultOf('LastName')}
          defaultValue={athlete?.LastName}
          autoComplete="off"
        />
        <Field
          label={peopleWords.external}
          name="external"
          hint={peopleWords.externalHint}
          fault={faultOf('ExternalID')}
          defaultValue={athlete?.ExternalID ?? ''}
          autoComplete="off"
        />
        <SaveOrDelete
          fault={refused === null ? (save.error ?? remove.error) : remove.error}
          saving={save.isPending}
          removing={remove.isPending}
          onRemove={athlete && (() => remove.mutate(athlete))}
        />
      </form>
    </Dialog>
  );
}

const MEMBERS = {
  FirstName: peopleWords.first,
  LastName: peopleWords.last,
  ExternalID: peopleWords.external,
} as const;
