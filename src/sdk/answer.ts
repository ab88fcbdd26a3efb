import { ERRORS, type ErrorCode, SIGN_IN_ERRORS, type SignInError } from '../contract/errors.ts';
import { TOKEN_HEADER } from '../contract/page.ts';
import { KinebaseError, type KinebaseErrorCode } from './errors.ts';
import type { Answer } from './exchange.ts';
import { readRetryAfter } from './retry.ts';

/** What an answer holds once its envelope is off. */
export interface Opened {
  value: unknown;
  /** The continuation token as it came; undefined where the answer has no such member. */
  token: unknown;
}

/**
 * The value in an envelope. `body` may be the value or a JSON string of it: servers that do not know `Prefer` send the
 * string. A failure may come in an envelope too, under HTTP 200 (an API gateway that passes a function's answer on).
 */
export function openEnvelope(answer: Answer, now_ms: number): Opened {
  const envelope = parse(answer);
  if (typeof envelope !== 'object' || envelope === null) throw badAnswer(answer, 'it is no JSON object');
  const { statusCode, body, [TOKEN_HEADER]: token, errorMessage } = envelope as Record<string, unknown>;
  const value = typeof body === 'string' ? parseText(body) : body;
  if (Number(statusCode) >= 300) throw refusal({ ...answer, status: Number(statusCode) }, value, now_ms);
  if (typeof errorMessage === 'string')
    throw refusal({ ...answer, status: 500 }, { message: errorMessage }, now_ms);
  if (value === undefined)
    throw badAnswer(answer, body === undefined ? 'it has no member body' : 'the text in its body is no JSON');
  return { value, token };
}

/** The value of an answer without envelope. */
export function parse(answer: Answer): unknown {
  const value = parseText(answer.text);
  if (value !== undefined) return value;
  const text = answer.text.trim();
  // What begins as JSON and does not end as JSON was cut off, whatever Content-Length said: the next attempt may get it all.
  if (text === '' || (/^[{[]/.test(text) && !/[}\]]$/.test(text)))
    throw new KinebaseError(
      'network',
      `The answer from ${answer.url} breaks off after ${answer.text.length} characters.`,
      { status: answer.status, requestId: requestIdOf(answer), body: answer.text },
    );
  throw badAnswer(answer, 'it is no JSON');
}

/** An answer that is not 2xx as an error: its own code, or the one that its status stands for. */
export function refusal(answer: Answer, body: unknown, now_ms: number): KinebaseError {
  const members = membersOf(body);
  const code =
    ownCode(body) ??
    codeOf(members.__type) ??
    codeOf(answer.header('x-amzn-errortype')) ??
    codeOfStatus(answer.status);
  return new KinebaseError(code, messageOf(answer, members), {
    status: answer.status,
    requestId: requestIdOf(answer),
    body: body === undefined ? answer.text : body,
    retryAfter_s: readRetryAfter(answer.header('retry-after'), now_ms),
  });
}

/** The code that a server of ours puts into every refusal; null for what another server answers. */
export const ownCode = (body: unknown): KinebaseErrorCode | null => codeOf(membersOf(body).code);

const membersOf = (body: unknown) =>
  (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;

/** A server may send any length, and people read this. */
const LONGEST_MESSAGE = 1000;

function messageOf(answer: Answer, { message, Message }: Record<string, unknown>): string {
  const own = [message, Message].find((text) => typeof text === 'string' && text !== '') as
    | string
    | undefined;
  if (own !== undefined) return own.slice(0, LONGEST_MESSAGE);
  const said = `The server answered with status ${answer.status}`;
  if (!answer.text.trimStart().startsWith('<')) return `${said}.`;
  const title = /<title>\s*([^<]{1,100})/i.exec(answer.text)?.[1]?.trim();
  return `${said} and a page${title ? ` “${title}”` : ''} instead of JSON: is ${answer.url} below the URL of a sessions API?`;
}

const requestIdOf = (answer: Answer): string | null =>
  answer.header('x-request-id') ?? answer.header('x-amzn-requestid');

/** JSON text → value; undefined for anything else. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A code that is in one of the tables; Amazon writes `com.amazonaws…#NotAuthorizedException` and `…Exception:http://…`. */
function codeOf(text: unknown): KinebaseErrorCode | null {
  if (typeof text !== 'string') return null;
  const name = text.replace(/^.*#/, '').replace(/:.*$/, '');
  return Object.hasOwn(ERRORS, name) || Object.hasOwn(SIGN_IN_ERRORS, name)
    ? (name as ErrorCode | SignInError)
    : null;
}

/** Statuses that mean one thing only. */
const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  429: 'too_many_requests',
  503: 'unavailable',
};

const codeOfStatus = (status: number): KinebaseErrorCode =>
  STATUS_CODES[status] ?? (status >= 500 ? 'internal' : 'refused');

export const badAnswer = (answer: Answer, why: string): KinebaseError =>
  new KinebaseError(
    'bad_answer',
    `The answer from ${answer.url} cannot be read: ${why}. Is this below the URL of a sessions API? It begins ${JSON.stringify(answer.text.slice(0, 80))}.`,
    { status: answer.status, requestId: requestIdOf(answer), body: answer.text },
  );
