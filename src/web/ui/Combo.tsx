import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { words } from '../words/common.ts';
import { FIELD_LOOK, type Labelled, Labels } from './Field.tsx';
import { matching } from './matching.ts';

export interface ComboOption {
  value: string;
  text: string;
}

export interface ComboProps extends Labelled {
  options: readonly ComboOption[];
  /** undefined: nothing is chosen. */
  value: string | undefined;
  onChange(value: string | undefined): void;
  /** Shown while nothing is chosen. */
  placeholder?: string;
  /** Whatever is typed is a value too. */
  free?: boolean;
  disabled?: boolean;
}

/** One of many, found by typing a part of it (the combobox of the ARIA Authoring Practices, with a list). */
export function Combo({
  options,
  value,
  onChange,
  placeholder,
  free = false,
  disabled = false,
  ...labelled
}: ComboProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  /** null: closed. */
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const found = useMemo(() => matching(options, typed ?? ''), [options, typed]);
  const open = typed !== null;
  const shown = options.find((option) => option.value === value)?.text ?? value ?? '';

  const close = () => {
    setTyped(null);
    setActive(-1);
  };
  const choose = (next: string | undefined) => {
    close();
    if (next !== value) onChange(next);
  };
  const move = (to: number) => {
    if (typed === null) setTyped('');
    const next = Math.max(0, Math.min(to, found.length - 1));
    setActive(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(open ? active + 1 : 0);
    else if (event.key === 'ArrowUp') move(open ? active - 1 : found.length - 1);
    else if (event.key === 'Escape' && open) close();
    else if (event.key === 'Enter' && open) {
      const option = found[active] ?? (found.length === 1 ? found[0] : undefined);
      if (typed.trim() === '' && active < 0) choose(undefined);
      else if (option !== undefined) choose(option.value);
      else if (free) choose(asWritten(found, typed.trim()));
    } else return;
    event.preventDefault();
  };

  return (
    <Labels id={id} {...labelled}>
      <div className="relative">
        <input
          ref={input}
          id={id}
          role="combobox"
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-expanded={open}
          aria-autocomplete="list"
          aria-controls={open ? `${id}-list` : undefined}
          aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
          className={`${FIELD_LOOK} pr-8 text-ellipsis`}
          placeholder={placeholder}
          disabled={disabled}
          value={typed ?? shown}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(-1);
          }}
          onClick={() => !open && setTyped('')}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
        {value !== undefined && !disabled && (
          <button
            type="button"
            aria-label={`${words.clear} ${labelled.label}`}
            className="absolute inset-y-0 right-0 px-2.5 text-soft hover:text-ink"
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              choose(undefined);
              input.current?.focus();
            }}
          >
            ×
          </button>
        )}
        {open && (
          <div className="absolute z-20 mt-1 max-h-72 w-full min-w-56 overflow-y-auto rounded-lg border border-line bg-panel p-1 shadow-lg">
            <div id={`${id}-list`} role="listbox" aria-label={labelled.label}>
              {found.map((option, index) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
                <div
                  key={option.value}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  className={`cursor-pointer rounded px-2.5 py-1.5 ${index === active ? 'bg-sunken' : 'hover:bg-sunken'} ${option.value === value ? 'font-semibold' : ''}`}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => choose(option.value)}
                >
                  {option.text}
                </div>
              ))}
            </div>
            {found.length === 0 && (
              <p className="px-2.5 py-1.5 text-soft">{free ? words.freeMatch : words.noMatch}</p>
            )}
          </div>
        )}
      </div>
    </Labels>
  );
}

/** What was typed, or the option that differs from it in capital letters alone. */
const asWritten = (options: readonly ComboOption[], typed: string): string => {
  if (options.some(({ text }) => text === typed)) return typed;
  return options.find(({ text }) => text.toLowerCase() === typed.toLowerCase())?.value ?? typed;
};
