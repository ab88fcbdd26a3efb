import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { words } from '../words/common.ts';
import { Button } from './Button.tsx';
import { printWhole } from './printWhole.ts';

/** Puts the page on paper, or into a PDF, as the browser offers it: all of it, once it is there. */
export function PrintButton({ className = '' }: { className?: string }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const print = async () => {
    setBusy(true);
    try {
      await printWhole(queries);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button kind="plain" className={`no-print ${className}`} disabled={busy} onClick={print}>
      {busy ? words.printing : words.print}
    </Button>
  );
}
