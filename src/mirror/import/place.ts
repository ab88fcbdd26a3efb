import { isOutage, isPassing, isRefusal } from '../run.ts';

/** Of the two servers of an import. */
export type Side = 'source' | 'destination';

/** What went wrong, and at which of the two servers. */
export class SideError extends Error {
  override readonly name = 'SideError';
  readonly side: Side;
  readonly code: string | undefined;
  constructor(side: Side, cause: unknown) {
    const { message, code } = cause as { message?: string; code?: unknown };
    super(`${side}: ${message || String(cause)}`, { cause });
    this.side = side;
    this.code = typeof code === 'string' ? code : undefined;
  }
}

/** The same, with failures that say where they happened. */
export async function at<T>(side: Side, work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof SideError ? error : new SideError(side, error);
  }
}

const causeOf = (error: unknown): unknown => (error instanceof SideError ? error.cause : error);

/** As for a sync, whichever server it was. */
export const isAway = (error: unknown): boolean => isOutage(causeOf(error));
export const isRefused = (error: unknown): boolean => isRefusal(causeOf(error));
export const mayPass = (error: unknown): boolean => isPassing(causeOf(error));
