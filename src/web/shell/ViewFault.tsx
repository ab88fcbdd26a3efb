import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/Button.tsx';
import { explain } from '../ui/explain.ts';
import { Notice } from '../ui/Notice.tsx';
import { words } from '../words/common.ts';

/** Where a view broke: the rest of the page stays usable. */
export const ViewFault = ({ error, reset }: ErrorComponentProps) => (
  <Notice level="h1" title={words.shell.brokenTitle} text={explain(error)}>
    <Button onClick={reset}>{words.again}</Button>
  </Notice>
);
