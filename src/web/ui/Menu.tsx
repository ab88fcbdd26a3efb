import { lazy, type ReactNode, Suspense, useState } from 'react';
import { arriving } from './arriving.ts';
import { buttonLook } from './Button.tsx';

/** One line of a menu. */
export type MenuEntry =
  | { kind: 'do'; text: string; do: () => void; disabled?: boolean }
  | { kind: 'go'; text: string; href: string }
  /** On or off; the menu stays open. */
  | { kind: 'check'; text: string; checked: boolean; change: (checked: boolean) => void }
  /** One of several, of which one is marked. */
  | {
      kind: 'choice';
      text: string;
      value: string;
      choices: Readonly<Record<string, string>>;
      choose: (value: string) => void;
    }
  | { kind: 'label'; text: string }
  | { kind: 'line' };

export interface MenuProps {
  label: ReactNode;
  /** Read out in place of the label. */
  name?: string | undefined;
  entries: readonly MenuEntry[];
}

const OpenMenu = lazy(() =>
  arriving(() => import('./OpenMenu.tsx').then((module) => ({ default: module.OpenMenu }))),
);

/** A button that opens a list of things to do. What a menu is made of is loaded with the first one that is opened. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const closed = <MenuButton {...props} onClick={() => setWanted(true)} />;
  return wanted ? (
    <Suspense fallback={closed}>
      <OpenMenu {...props} />
    </Suspense>
  ) : (
    closed
  );
}

/** A menu that is closed. */
export const MenuButton = ({
  label,
  name,
  onClick,
}: Omit<MenuProps, 'entries'> & { onClick: () => void }) => (
  <button
    type="button"
    aria-haspopup="menu"
    aria-expanded="false"
    aria-label={name}
    className={MENU_BUTTON}
    onClick={onClick}
    onPointerEnter={() => void arriving(() => import('./OpenMenu.tsx')).catch(() => {})}
  >
    <MenuFace label={label} />
  </button>
);

export const MENU_BUTTON = `${buttonLook('plain')} max-w-44 sm:max-w-64`;

export const MenuFace = ({ label }: { label: ReactNode }) => (
  <>
    <span className="truncate">{label}</span>
    <span aria-hidden="true">▾</span>
  </>
);
