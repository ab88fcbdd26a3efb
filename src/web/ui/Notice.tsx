import type { ReactNode } from 'react';
import { Heading } from './Heading.tsx';

/** In place of what cannot be shown: what is the case, and what to do. */
export const Notice = ({
  title,
  text,
  children,
  alarm = false,
  level = 'h2',
}: {
  title: string;
  text?: string;
  children?: ReactNode;
  /** Said at once to who does not look at the screen. */
  alarm?: boolean;
  /** h1 where it stands in place of a whole view. */
  level?: 'h1' | 'h2';
}) => (
  <div
    role={alarm ? 'alert' : undefined}
    className="mx-auto my-8 grid max-w-xl justify-items-center gap-3 rounded-xl border border-line bg-panel p-8 text-center"
  >
    {level === 'h1' ? <Heading className={LOOK}>{title}</Heading> : <h2 className={LOOK}>{title}</h2>}
    {text !== undefined && <p className="text-soft">{text}</p>}
    {children}
  </div>
);

const LOOK = 'text-lg font-semibold';
