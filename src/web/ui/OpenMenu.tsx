import * as Parts from '@radix-ui/react-dropdown-menu';
import { useRef } from 'react';
import { MENU_BUTTON, type MenuEntry, MenuFace, type MenuProps } from './Menu.tsx';

const ITEM =
  'flex gap-2 cursor-pointer rounded px-3 py-1.5 outline-none data-[highlighted]:bg-sunken data-[disabled]:opacity-50';

/** Not modal: the page may still be scrolled, and no style is written into it. */
export function OpenMenu({ label, name, entries }: MenuProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const chosen = useRef<(() => void) | null>(null);
  /** Done once the menu is closed and its button has the focus, so that a dialog gives it back there. */
  const doChosen = (event: Event) => {
    const does = chosen.current;
    if (does === null) return;
    chosen.current = null;
    event.preventDefault();
    trigger.current?.focus();
    does();
  };
  const choose = (does: () => void) => {
    chosen.current = does;
  };
  return (
    <Parts.Root modal={false} defaultOpen>
      <Parts.Trigger ref={trigger} className={MENU_BUTTON} aria-label={name}>
        <MenuFace label={label} />
      </Parts.Trigger>
      <Parts.Portal>
        <Parts.Content
          align="end"
          sideOffset={4}
          onCloseAutoFocus={doChosen}
          className="z-30 max-h-[70vh] min-w-48 overflow-y-auto rounded-lg border border-line bg-panel p-1 shadow-lg"
        >
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are told apart by their place
            <Entry key={index} entry={entry} onChoose={choose} />
          ))}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}

function Entry({ entry, onChoose }: { entry: MenuEntry; onChoose: (does: () => void) => void }) {
  switch (entry.kind) {
    case 'line':
      return <Parts.Separator className="my-1 h-px bg-line" />;
    case 'label':
      return <Heading text={entry.text} />;
    case 'go':
      return (
        <Parts.Item className={ITEM} asChild>
          <a href={entry.href}>{entry.text}</a>
        </Parts.Item>
      );
    case 'do':
      return (
        <Parts.Item className={ITEM} disabled={entry.disabled ?? false} onSelect={() => onChoose(entry.do)}>
          {entry.text}
        </Parts.Item>
      );
    case 'check':
      return (
        <Parts.CheckboxItem
          className={ITEM}
          checked={entry.checked}
          onCheckedChange={entry.change}
          onSelect={(event) => event.preventDefault()}
        >
          <Mark shown={entry.checked} />
          {entry.text}
        </Parts.CheckboxItem>
      );
    case 'choice':
      return (
        <Parts.RadioGroup value={entry.value} onValueChange={entry.choose}>
          <Heading text={entry.text} />
          {Object.entries(entry.choices).map(([value, text]) => (
            <Parts.RadioItem key={value} value={value} className={ITEM}>
              <Mark shown={value === entry.value} />
              {text}
            </Parts.RadioItem>
          ))}
        </Parts.RadioGroup>
      );
  }
}

const Heading = ({ text }: { text: string }) => (
  <Parts.Label className="px-3 py-1.5 text-sm text-soft">{text}</Parts.Label>
);

const Mark = ({ shown }: { shown: boolean }) => (
  <span aria-hidden="true" className="w-3">
    {shown ? '✓' : ''}
  </span>
);
