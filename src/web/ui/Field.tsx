import { type ComponentProps, type ReactNode, useId } from 'react';

/** Of everything that a value is put into. */
export const FIELD_LOOK =
  'min-h-[2.4rem] w-full rounded-md border border-line bg-page px-2.5 py-1.5 text-ink placeholder:text-soft disabled:opacity-60';

/** A line of text with its label. */
export function Field({ label, hint, fault, ...rest }: ComponentProps<'input'> & Labelled) {
  const id = useId();
  return (
    <Labels id={id} label={label} hint={hint} fault={fault}>
      <input
        id={id}
        className={FIELD_LOOK}
        aria-invalid={fault !== undefined}
        aria-describedby={described(id, hint, fault)}
        {...rest}
      />
    </Labels>
  );
}

/** One of several, with its label; the options are its children. */
export function Choice({ label, hint, fault, children, ...rest }: ComponentProps<'select'> & Labelled) {
  const id = useId();
  return (
    <Labels id={id} label={label} hint={hint} fault={fault}>
      <select
        id={id}
        className={FIELD_LOOK}
        aria-invalid={fault !== undefined}
        aria-describedby={described(id, hint, fault)}
        {...rest}
      >
        {children}
      </select>
    </Labels>
  );
}

export interface Labelled {
  label: string;
  hint?: string | undefined;
  /** What is wrong with the value. */
  fault?: string | undefined;
}

const described = (id: string, hint?: string, fault?: string) =>
  hint === undefined && fault === undefined ? undefined : `${id}-more`;

/** A label above and a hint or fault below what has that id. */
export const Labels = ({
  id,
  label,
  hint,
  fault,
  children,
}: Labelled & { id: string; children: ReactNode }) => (
  <div className="grid content-start gap-1">
    <label htmlFor={id} className="text-sm font-medium">
      {label}
    </label>
    {children}
    {(fault ?? hint) !== undefined && (
      <p id={`${id}-more`} className={`text-sm ${fault === undefined ? 'text-soft' : 'text-danger'}`}>
        {fault ?? hint}
      </p>
    )}
  </div>
);
