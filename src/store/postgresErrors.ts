import { StoreError } from './db.ts';

/** What an error of PostgreSQL, of a pooler before it or of the network between means for whoever asked. */
const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';

/** Serialisation failure, deadlock: the database took everything back and asks to be asked again. */
export const isConflict = (error: unknown): boolean => /^40(001|P01)$/.test(codeOf(error));

/** Codes of the network. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
]);

/**
 * The connection is gone or of no use any more: it broke, its server stops, starts or has none to give (57P0x, 53300), a
 * pooler has no server behind it (08…), or it leads to a server that is no longer the writable one (25006).
 */
export const isLost = (error: unknown): boolean =>
  error instanceof StoreError ||
  NETWORK.has(codeOf(error)) ||
  /^(57P0[1-5]|53300|08...|25006)$/.test(codeOf(error)) ||
  // The client gives these no code.
  /^(Connection terminated|timeout expired|Client (has encountered|was closed))/.test(
    (error as Error | null)?.message ?? '',
  );

export const asStoreError = (error: unknown): unknown =>
  isLost(error) && !(error instanceof StoreError)
    ? new StoreError('store_unreachable', `the database cannot be reached: ${describe(error)}`, {
        cause: error,
      })
    : error;

/** Several addresses tried in vain come as one error without words. */
export function describe(error: unknown): string {
  const { message, errors } = error as AggregateError;
  return message || (errors ?? []).map((each: Error) => each.message).join(', ') || codeOf(error);
}
