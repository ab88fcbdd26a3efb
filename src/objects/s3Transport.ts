import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ObjectsAwayError } from './objects.ts';

/** How long a bucket may take. */
export interface Patience {
  /** Silence after which a request is given up. */
  silence_ms: number;
  /** The same for a request with a large body: storing it durably takes its time. */
  largeSilence_ms: number;
  /** All attempts together. */
  total_ms: number;
}

/** A bucket that is away is known to be so within two seconds. */
export const PATIENCE: Patience = { silence_ms: 1500, largeSilence_ms: 10_000, total_ms: 1800 };
const LARGE_BYTES = 1_000_000;
/** Of a body that somebody reads as slowly as they like. */
const READING_MS = 600_000;

/** After a bucket was found away, requests fail at once for this long: none of them waits for what is known. */
const AWAY_MS = 500;
/** What still waits for its answer then has this long to move. */
const NUDGED_MS = 250;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 60;
/** An attempt with less time than this is not worth its connection. */
const LEAST_MS = 250;

/** The service is overloaded, restarts, or met another write of the same key. */
const PASSING = new Set([409, 429, 500, 502, 503, 504]);

export interface Transport {
  /** For answers that are read at once. */
  fetch: typeof fetch;
  /** For answers that are passed on: whoever reads them may pause. */
  fetchSlowly: typeof fetch;
}

/**
 * `fetch` for the requests of one bucket, over Node's own client: it keeps connections, gives up when nothing moves, tries
 * again with a growing, drawn pause, and throws ObjectsAwayError when that did not help. Every request that we make may be
 * sent twice.
 */
export function createTransport(patience: Patience = PATIENCE): Transport {
  const agents: Record<string, http.Agent> = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: 256 }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: 256 }),
  };
  const waiting = new Set<http.ClientRequest>();
  let awayUntil_ms = 0;
  let answered_ms = 0;
  const send = async (url: URL, init: RequestInit, slowly: boolean): Promise<Response> => {
    const begun_ms = performance.now();
    const end_ms = begun_ms + patience.total_ms;
    if (begun_ms < awayUntil_ms)
      throw new ObjectsAwayError(`the bucket at ${url.host} was away a moment ago`);
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(url, init, {
        agent: agents[url.protocol]!,
        silence_ms:
          sizeOf(init) > LARGE_BYTES
            ? patience.largeSilence_ms
            : Math.min(patience.silence_ms, end_ms - performance.now()),
        slowly,
        waiting,
      }).catch((error: NodeJS.ErrnoException) => error);
      if (outcome instanceof Response) answered_ms = performance.now();
      if (outcome instanceof Response && !PASSING.has(outcome.status)) return outcome;
      const pause_ms = FIRST_PAUSE_MS * 3 ** (attempt - 1) * (0.5 + Math.random());
      if (attempt < ATTEMPTS && performance.now() + pause_ms + LEAST_MS < end_ms) {
        if (outcome instanceof Response) await outcome.body?.cancel();
        await wait(pause_ms);
        continue;
      }
      if (outcome instanceof Response) return outcome;
      // While others are answered it is this request alone that takes too long.
      if (answered_ms < begun_ms) {
        awayUntil_ms = performance.now() + AWAY_MS;
        for (const sent of waiting) sent.setTimeout(NUDGED_MS);
        // Once is enough: the next to give up must not lend the others more time.
        waiting.clear();
      }
      if (outcome instanceof ObjectsAwayError) throw outcome;
      throw new ObjectsAwayError(
        `the bucket at ${url.host} cannot be reached: ${outcome.code ?? outcome.message}`,
      );
    }
  };
  return {
    fetch: (input, init = {}) => send(new URL(String(input)), init, false),
    fetchSlowly: (input, init = {}) => send(new URL(String(input)), init, true),
  };
}

const sizeOf = ({ body }: RequestInit): number => Buffer.byteLength((body ?? '') as string | Uint8Array);

interface Attempt {
  agent: http.Agent;
  silence_ms: number;
  slowly: boolean;
  /** Requests without an answer yet. */
  waiting: Set<http.ClientRequest>;
}

async function attemptOnce(
  url: URL,
  init: RequestInit,
  { agent, silence_ms, slowly, waiting }: Attempt,
): Promise<Response> {
  const method = init.method ?? 'GET';
  const headers = { ...(init.headers as Record<string, string>), 'content-length': String(sizeOf(init)) };
  const incoming = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const sent = request(url, { method, headers, agent, timeout: silence_ms });
    waiting.add(sent);
    sent.on('close', () => waiting.delete(sent));
    sent.on('response', (response) => {
      waiting.delete(sent);
      if (slowly) sent.setTimeout(READING_MS);
      resolve(response);
    });
    sent.on('timeout', () => sent.destroy(new ObjectsAwayError(`the bucket at ${url.host} is silent`)));
    sent.on('error', reject);
    sent.end((init.body ?? '') as string | Uint8Array);
  });
  const answer = { status: incoming.statusCode!, headers: incoming.headers as Record<string, string> };
  if (method !== 'HEAD' && answer.status !== 204 && answer.status !== 304)
    return new Response(Readable.toWeb(incoming) as ReadableStream, answer);
  incoming.resume();
  return new Response(null, answer);
}
