import type { ErrorCode, SignInError } from '../contract/errors.ts';

/** Faults that no server answered, and answers that are not of the contract. */
export const CLIENT_FAULTS = {
  network: 'The server cannot be reached, or the connection was cut, in the middle of an answer too.',
  timeout: 'The answer did not come within `timeout_ms`.',
  aborted: 'The call was aborted by its signal.',
  bad_answer: 'The answer is not what the contract says.',
  missing_token: 'A page came without the member X-Continuation-Token: whether more follows is unknown.',
  repeated_token: 'A page names a token that was followed before: the list would never end.',
  not_offered:
    'The server keeps to the public contract, or is older than this client: it has no such endpoint or parameter.',
  sign_in_challenge: 'The sign-in asks for more than a password.',
  refused: 'The server refused the call with a status that has no code of its own.',
} as const;

export type ClientFault = keyof typeof CLIENT_FAULTS;

/** Stable: switch on it. Codes of the contract, names of the sign-in door, or faults seen by the client itself. */
export type KinebaseErrorCode = ErrorCode | SignInError | ClientFault;

export interface ErrorDetails {
  /** HTTP status; 0 when there was no answer. */
  status?: number;
  /** Id under which the server's log explains it. */
  requestId?: string | null;
  /** The answer's body, parsed where it is JSON. */
  body?: unknown;
  /** Seconds after which the server wants to be asked again. */
  retryAfter_s?: number | null;
  cause?: unknown;
}

/**
 * Everything that the client throws.
 *
 * @example
 * try { await client.sessions.get(id); } catch (error) {
 *   if (isKinebaseError(error) && error.code === 'not_found') return null;
 *   throw error;
 * }
 */
export class KinebaseError extends Error {
  override readonly name = 'KinebaseError';
  readonly code: KinebaseErrorCode;
  readonly status: number;
  readonly requestId: string | null;
  readonly body: unknown;
  readonly retryAfter_s: number | null;
  constructor(code: KinebaseErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.requestId = details.requestId ?? null;
    this.body = details.body;
    this.retryAfter_s = details.retryAfter_s ?? null;
  }
}

/** Also true for an error of another copy of this package in the same program. */
export function isKinebaseError(error: unknown): error is KinebaseError {
  return error instanceof Error && error.name === 'KinebaseError' && 'code' in error;
}
