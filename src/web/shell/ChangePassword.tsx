import { type FormEvent, useRef, useState } from 'react';
import { useClient } from '../../react/index.ts';
import { isKinebaseError } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { explain } from '../ui/explain.ts';
import { Field } from '../ui/Field.tsx';
import { useSay } from '../ui/messages.tsx';
import { passwordWords as words } from '../words/password.ts';

const FIELDS = ['previous', 'proposed', 'again'] as const;

interface PasswordFault {
  /** The field that it is about; null: the whole. */
  at: (typeof FIELDS)[number] | null;
  text: string;
}

/** The password of who is signed in, replaced by who knows it. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { account, end } = useAccount();
  const client = useClient();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [fault, setFault] = useState<PasswordFault | null>(null);
  /** An answer was lost: the password may be the new one already. */
  const unsure = useRef(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const [previous, proposed, again] = FIELDS.map((name) => String(data.get(name) ?? '')) as [
      string,
      string,
      string,
    ];
    const found = checked(previous, proposed, again) ?? (await change(previous, proposed));
    setFault(found);
    if (found?.at) (form.elements.namedItem(found.at) as HTMLElement).focus();
  }

  async function change(previous: string, proposed: string): Promise<PasswordFault | null> {
    setBusy(true);
    try {
      await client.changePassword({ previous, proposed });
    } catch (error) {
      const code = isKinebaseError(error) ? error.code : null;
      if (code === 'network' || code === 'timeout') unsure.current = true;
      if (code === 'unauthorized') end();
      return faultOf(error, code, unsure.current);
    } finally {
      setBusy(false);
    }
    say(words.changed);
    onClose();
    return null;
  }

  const about = (name: PasswordFault['at']) => (fault?.at === name ? fault.text : undefined);
  const type = shown ? 'text' : 'password';
  return (
    <Dialog title={words.title} onClose={busy ? null : onClose}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <input hidden readOnly name="username" autoComplete="username" value={account.username} />
        <Field
          label={words.previous}
          fault={about('previous')}
          name="previous"
          type={type}
          autoComplete="current-password"
        />
        <Field
          label={words.proposed}
          hint={words.rule}
          fault={about('proposed')}
          name="proposed"
          type={type}
          autoComplete="new-password"
        />
        <Field
          label={words.again}
          fault={about('again')}
          name="again"
          type={type}
          autoComplete="new-password"
        />
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
          {words.show}
        </label>
        <p className="text-sm text-soft">{words.fate}</p>
        {about(null) !== undefined && (
          <p role="alert" className="text-danger">
            {about(null)}
          </p>
        )}
        <Button type="submit" disabled={busy} className="justify-self-start">
          {busy ? words.busy : words.do}
        </Button>
      </form>
    </Dialog>
  );
}

/** What is seen without asking; the server counts characters in the same way. */
function checked(previous: string, proposed: string, again: string): PasswordFault | null {
  const { length } = [...proposed];
  if (previous === '') return { at: 'previous', text: words.empty };
  if (length < 10 || length > 256) return { at: 'proposed', text: words.length(length) };
  if (proposed === previous) return { at: 'proposed', text: words.same };
  if (again !== proposed) return { at: 'again', text: words.differs };
  return null;
}

function faultOf(error: unknown, code: string | null, unsure: boolean): PasswordFault {
  switch (code) {
    case 'NotAuthorizedException':
      return { at: 'previous', text: unsure ? words.wrongPerhaps : words.wrong };
    case 'TooManyRequestsException':
      return { at: 'previous', text: explain(error) };
    case 'InvalidPasswordException':
      return { at: 'proposed', text: explain(error) };
    case 'network':
    case 'timeout':
      return { at: null, text: words.lost };
    default:
      return { at: null, text: explain(error) };
  }
}
