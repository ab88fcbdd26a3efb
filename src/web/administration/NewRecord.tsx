import type { FormEvent, ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';

/**
 * Fields in a row with the button that makes something of them. `onMake` is given what they say, by name, and tells whether
 * it was made: what was refused stays, to be corrected.
 */
export const NewRecord = ({
  label,
  busy,
  onMake,
  children,
}: {
  label: string;
  busy: boolean;
  onMake: (said: (name: string) => string, form: FormData) => Promise<boolean>;
  children: ReactNode;
}) => (
  <form
    className="no-print grid items-start gap-3 rounded-xl border border-line bg-panel p-4 sm:grid-cols-2 lg:grid-cols-4"
    onSubmit={async (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      const fields = event.currentTarget;
      const form = new FormData(fields);
      if (await onMake((name) => String(form.get(name) ?? '').trim(), form)) fields.reset();
    }}
  >
    {children}
    <Button type="submit" disabled={busy} className="sm:mt-6 sm:justify-self-start">
      {label}
    </Button>
  </form>
);
