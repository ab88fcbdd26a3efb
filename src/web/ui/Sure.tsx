import { useState } from 'react';
import { words } from '../words/common.ts';
import { Button } from './Button.tsx';

/** Does what cannot be undone only when it is pressed twice; `name` says of what, for who does not see the row. */
export function Sure({
  label,
  name,
  disabled = false,
  onSure,
}: {
  label: string;
  name: string;
  disabled?: boolean;
  onSure: () => void;
}) {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      kind={asked ? 'danger' : 'quiet'}
      disabled={disabled}
      aria-label={`${asked ? words.sure(label) : label}: ${name}`}
      onClick={() => {
        if (asked) onSure();
        setAsked(!asked);
      }}
      onBlur={() => setAsked(false)}
    >
      {asked ? words.sure(label) : label}
    </Button>
  );
}
