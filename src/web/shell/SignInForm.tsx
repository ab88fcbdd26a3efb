import { type FormEvent, useState } from 'react';
import { isKinebaseError } from '../../sdk/index.ts';
import { useSignIn } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { explain } from '../ui/explain.ts';
import { Field } from '../ui/Field.tsx';
import { words } from '../words/common.ts';

/** `username` and `clientId` where it is known who signs in; then only the password is asked for. */
export function SignInForm({ username, clientId }: { username?: string; clientId?: string }) {
  const enter = useSignIn();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    setFault(null);
    try {
      await enter({
        username: username ?? said('username'),
        password: String(form.get('password') ?? ''),
        clientId: clientId ?? said('clientId'),
      });
    } catch (error) {
      setFault(
        isKinebaseError(error) && error.code === 'NotAuthorizedException'
          ? words.signIn.refused
          : explain(error),
      );
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {username === undefined && (
        <Field label={words.signIn.username} name="username" type="email" autoComplete="username" required />
      )}
      <Field
        label={words.signIn.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      {clientId === undefined && (
        <Field label={words.signIn.clientId} name="clientId" hint={words.signIn.clientIdHint} required />
      )}
      {fault !== null && (
        <p role="alert" className="text-danger">
          {fault}
        </p>
      )}
      <Button type="submit" disabled={busy}>
        {busy ? words.signIn.busy : words.signIn.do}
      </Button>
    </form>
  );
}
