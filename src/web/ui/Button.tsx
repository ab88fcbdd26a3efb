import type { ComponentProps } from 'react';

const LOOKS = {
  main: 'bg-accent text-on-accent hover:opacity-90 border-transparent',
  plain: 'bg-panel text-ink border-line hover:bg-sunken',
  quiet: 'border-transparent text-accent hover:bg-sunken',
  danger: 'bg-panel text-danger border-danger hover:bg-sunken',
} as const;

export const buttonLook = (kind: keyof typeof LOOKS) =>
  `inline-flex min-h-[2.4rem] items-center justify-center gap-2 rounded-md border px-3 py-1.5 font-medium disabled:opacity-50 ${LOOKS[kind]}`;

export const Button = ({
  kind = 'main',
  className = '',
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { kind?: keyof typeof LOOKS }) => (
  <button type={type} className={`${buttonLook(kind)} ${className}`} {...rest} />
);
