import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, lookupPublic, notPublic } from './addresses.ts';
import { hostOf } from './target.ts';

export interface Posted {
  /** null: there was no answer. */
  status: number | null;
  /** Why it counts as failed, in words; null: the answer was 2xx. */
  error: string | null;
  /** As the answer says it; null: it does not. */
  retryAfter: string | null;
  duration_ms: number;
}

export interface PostOptions {
  allowPrivate: boolean;
  /** Longest time until the answer is there. */
  limit_ms: number;
  /** Breaks it off: then nobody knows what became of it. */
  signal: AbortSignal;
}

/** An answer is only looked at: what it says beyond this is not read. */
const READ_BYTES = 2_000;
/** Of a good answer, whose sender should be able to finish. */
const SWALLOWED_BYTES = 64_000;
const QUOTED = 200;

/**
 * Posts a text once. No redirect is followed, no connection kept, no more read than is needed to say what went wrong.
 * Rejects only when it is broken off by the signal.
 */
export function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  { allowPrivate, limit_ms, signal }: PostOptions,
): Promise<Posted> {
  const started = performance.now();
  const host = hostOf(url);
  return new Promise((resolve, reject) => {
    const settle = (status: number | null, error: string | null, retryAfter: string | null = null) =>
      resolve({ status, error, retryAfter, duration_ms: Math.round(performance.now() - started) });
    if (signal.aborted) return reject(signal.reason);
    if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return settle(null, notPublic(host));
    const request: ClientRequest = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    });
    let answered = false;
    const late = setTimeout(() => {
      // What is read of an answer already ends with the connection.
      if (!answered) settle(null, `no answer came within ${limit_ms / 1000} s`);
      request.destroy();
    }, limit_ms);
    const breakOff = () => {
      reject(signal.reason);
      request.destroy();
    };
    signal.addEventListener('abort', breakOff, { once: true });
    request.once('close', () => {
      if (!answered) settle(null, 'the connection was closed without an answer');
      clearTimeout(late);
      signal.removeEventListener('abort', breakOff);
    });
    request.on('error', (error) => {
      if (!answered) settle(null, inWords(error, url));
    });
    request.on('response', (response) => {
      answered = true;
      const { statusCode: status = 0, headers } = response;
      if (status >= 200 && status < 300) {
        settle(status, null);
        readUpTo(response, SWALLOWED_BYTES).catch(() => {});
        return;
      }
      const answer = (text: string) =>
        settle(status, refusal(status, headers.location, text), headers['retry-after']);
      readUpTo(response, READ_BYTES).then(answer, () => answer(''));
    });
    request.end(body);
  });
}

/** The beginning of an answer; where it is longer, the connection is given up. */
async function readUpTo(response: IncomingMessage, most_bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most_bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, most_bytes).toString();
}

function refusal(status: number, location: string | undefined, text: string): string {
  if (status >= 300 && status < 400 && location !== undefined)
    return `it answered ${status}, redirecting to ${quoted(location)}; redirects are not followed: give the webhook that URL`;
  return `it answered ${status}${text.trim() === '' ? '' : `: ${quoted(text)}`}`;
}

/** One line, not too long, without characters that steer a terminal. */
const quoted = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, QUOTED);

/** What the codes of the network mean for whoever looks after the receiver. */
const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut before an answer came',
  EPIPE: 'the connection was cut before an answer came',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the host',
  ETIMEDOUT: 'the connection took too long',
};

function inWords(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }, url: URL): string {
  // Of several addresses, each with an error of its own, the last tells as much as any.
  const cause = error.errors?.at(-1) ?? error;
  const code = cause.code ?? '';
  if (code.startsWith('HPE_')) return 'the answer is not HTTP';
  const meaning = MEANINGS[code];
  return meaning === undefined ? quoted(cause.message) : `${meaning} (${url.host})`;
}
