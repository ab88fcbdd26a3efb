import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { useLedTo } from '../ui/leadTo.ts';
import { type MemberFault, memberFault } from '../ui/memberFault.ts';
import type { Refused } from './useAdministered.ts';

/**
 * Fields in a row with the button that makes something of them. `onMake` is given what they say, by name, and tells whether
 * it was made: what was refused stays, to be corrected. Where `members` names what is sent, a refusal stands at its field.
 */
export function NewRecord<Member extends string>({
  label,
  busy,
  onMake,
  members,
  children,
}: {
  label: string;
  busy: boolean;
  onMake: (said: (name: string) => string, form: FormData, refused: Refused) => Promise<boolean>;
  members?: Readonly<Record<Member, string>>;
  children: ReactNode | ((faultOf: (member: Member) => string | undefined) => ReactNode);
}) {
  const [fault, setFault] = useState<MemberFault<Member> | null>(null);
  const refused: Refused = (error) => {
    const found = members === undefined ? null : memberFault(error, members);
    setFault(found);
    return found !== null;
  };
  return (
    <form
      ref={useLedTo<HTMLFormElement>(fault)}
      className="no-print grid items-start gap-3 rounded-xl border border-line bg-panel p-4 sm:grid-cols-2 lg:grid-cols-4"
      onSubmit={async (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const fields = event.currentTarget;
        const form = new FormData(fields);
        setFault(null);
        if (await onMake((name) => String(form.get(name) ?? '').trim(), form, refused)) fields.reset();
      }}
    >
      {typeof children === 'function'
        ? children((member) => (fault?.member === member ? fault.text : undefined))
        : children}
      <Button type="submit" disabled={busy} className="sm:mt-6 sm:justify-self-start">
        {label}
      </Button>
    </form>
  );
}
