import { ERRORS, type ErrorBody, type ErrorCode } from '../contract/errors.ts';
import { RecordingError } from '../motion/errors.ts';

/** An error that a client caused or must know of: a code of the contract's table and a message that says what to change. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    code: ErrorCode,
    message: string,
    headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.headers = headers;
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
}

export interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  body: ErrorBody;
  /** True when the log must explain it: the answer itself says only the request's id. */
  internal: boolean;
}

/** A thrown value → its answer. Nothing but an id leaves the server when the fault is ours. */
export function answerOf(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof ApiError) {
    return {
      status: error.status,
      headers: { ...error.headers },
      body: { message: error.message, code: error.code },
      internal: error.status >= 500,
    };
  }
  if (error instanceof RecordingError) {
    return {
      status: ERRORS[error.code].status,
      headers: {},
      body: { message: error.message, code: error.code },
      internal: false,
    };
  }
  if (isOutage(error)) {
    const body: ErrorBody = {
      message: `The store or the objects cannot be reached now. Try again shortly. The log explains request ${requestId}.`,
      code: 'unavailable',
    };
    return { status: 503, headers: { 'retry-after': '5' }, body, internal: true };
  }
  const body: ErrorBody = {
    message: `The server failed. Its log explains request ${requestId}.`,
    code: 'internal',
  };
  return { status: 500, headers: {}, body, internal: true };
}

/** Codes of the network and of a full or failing disk. */
const OUTAGES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'OBJECTS_AWAY',
  'store_unreachable',
  'store_busy',
]);

/** Whether store or objects cannot be reached, rather than something being wrong. */
export function isOutage(error: unknown): boolean {
  return OUTAGES.has((error as { code?: string } | null)?.code ?? '');
}
