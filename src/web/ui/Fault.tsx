import { words } from '../words/common.ts';
import { Button } from './Button.tsx';
import { explain } from './explain.ts';
import { Notice } from './Notice.tsx';

/** What failed, in words, with a way to try again. */
export const Fault = ({
  error,
  onAgain,
  level,
}: {
  error: unknown;
  onAgain?: (() => void) | undefined;
  /** h1 where it stands in place of a whole view. */
  level?: 'h1';
}) => (
  <Notice alarm {...(level && { level })} title={words.failed} text={explain(error)}>
    {onAgain !== undefined && <Button onClick={onAgain}>{words.again}</Button>}
  </Notice>
);
