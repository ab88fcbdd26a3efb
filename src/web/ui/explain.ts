import { isKinebaseError } from '../../sdk/index.ts';
import { words } from '../words/common.ts';

/** A fault in words that say what to do. */
export function explain(error: unknown): string {
  if (!isKinebaseError(error)) return error instanceof Error ? error.message : String(error);
  const known = (words.faults as Readonly<Record<string, string>>)[error.code];
  const id = error.requestId ? ` (${words.requestId} ${error.requestId})` : '';
  if (known !== undefined) return known;
  return `${error.message}${error.status !== null && error.status >= 500 ? id : ''}`;
}
