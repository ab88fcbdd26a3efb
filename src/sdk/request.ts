import { ENDPOINTS, type Endpoint } from '../contract/endpoints.ts';
import { type Opened, openEnvelope, parse, parseText, refusal } from './answer.ts';
import type { TokenSource } from './auth.ts';
import type { Request } from './call.ts';
import { KinebaseError } from './errors.ts';
import { type Answer, type Exchange, exchange, type Reading, unlessAborted } from './exchange.ts';
import { explained, type Server, sendWithin } from './offered.ts';
import { persist } from './retry.ts';
import { inBrowser } from './runtime.ts';
import type { Settings } from './settings.ts';
import { pathOf, queryOf } from './target.ts';

/** What came of a call, and the query that it came of. */
export interface Sent extends Opened {
  query: object | undefined;
}

export interface Send {
  /** The value in the envelope, with the continuation token where there is one. */
  (request: Request): Promise<Sent>;
  /** The whole answer, its body as bytes. */
  bytes(request: Request): Promise<Answer>;
  /** The answer as its parts come in. */
  chunks(request: Request): Promise<Answer>;
  readonly server: Readonly<Server>;
}

/** The one function through which everything goes: headers, token, time limit, another attempt, errors. */
export function createSend(settings: Settings, tokens: TokenSource): Send {
  const server: Server = { beyond: null };
  const attempt = createAttempt(settings, server);
  const run = async <T>(request: Request, reading: Reading, read: (answer: Answer) => T): Promise<T> => {
    const endpoint: Endpoint = ENDPOINTS[request.endpoint];
    const { signal, timeout_ms } = request;
    let renewed = false;
    // A sign-in that failed has been tried again by itself already.
    let signInFailed = false;
    const signedIn = <R>(work: () => Promise<R>): Promise<R> =>
      unlessAborted(settings, work, { signal, timeout_ms }).catch((error) => {
        signInFailed = true;
        throw error;
      });
    const once = async (token: string | null, count: number): Promise<T> => {
      const answer = await attempt(endpoint, request, reading, token);
      if (answer.status >= 200 && answer.status < 300) return read(answer);
      // A deletion whose first answer was lost finds nothing the second time: it is done.
      if (count > 0 && endpoint.method === 'DELETE' && answer.status === 404)
        return read({ ...answer, status: 204 });
      throw refusal(answer, parseText(answer.text), settings.now());
    };
    const authorized = async (count: number): Promise<T> => {
      const token = await signedIn(() => tokens.current());
      try {
        return await once(token, count);
      } catch (error) {
        // Also where the refusal came in the envelope of a 200.
        if (renewed || !(error instanceof KinebaseError) || error.status !== 401) throw error;
        renewed = true;
        if (!(await signedIn(() => tokens.renew(token)))) throw error;
        return authorized(count);
      }
    };
    const safe = endpoint.method !== 'POST' || request.repeatable === true;
    try {
      return await persist(settings, { mayRepeat: () => safe && !signInFailed, signal }, (count) =>
        endpoint.access === 'public' ? once(null, count) : authorized(count),
      );
    } catch (error) {
      throw explained(error, request, server);
    }
  };
  const value = (request: Request): Promise<Opened> =>
    run(request, 'text', (answer) => {
      if (answer.status === 204) return { value: undefined, token: undefined };
      if ((ENDPOINTS[request.endpoint] as Endpoint).form === 'plain')
        return { value: parse(answer), token: undefined };
      const opened = openEnvelope(answer, settings.now());
      server.beyond = answer.header('preference-applied') !== null;
      return opened;
    });
  const send = (request: Request): Promise<Sent> => sendWithin(server, request, value);
  const whole = (reading: Reading) => (request: Request) => run(request, reading, (answer) => answer);
  return Object.assign(send, { bytes: whole('bytes'), chunks: whole('chunks'), server });
}

/** One attempt of a call. */
function createAttempt(settings: Settings, server: Server) {
  const near = isLoopback(settings.url);
  let prefers = true;
  return async (
    endpoint: Endpoint,
    request: Request,
    read: Reading,
    token: string | null,
  ): Promise<Answer> => {
    const asked = toExchange(settings, endpoint, request, read);
    if (token !== null) asked.headers.authorization = `Bearer ${token}`;
    // Packing costs more than it saves where nothing lies between. Browsers decide for themselves.
    if (near) asked.headers['accept-encoding'] = 'identity';
    if (endpoint.form === 'plain' || !prefers) return exchange(settings, asked);
    const preferring = { ...asked, headers: { ...asked.headers, prefer: 'body=json' } };
    try {
      return await exchange(settings, preferring);
    } catch (error) {
      // A server that does not let `Prefer` through its preflight cannot be told from one that is away.
      const perhaps = server.beyond === null && endpoint.method === 'GET' && inBrowser();
      if (!perhaps || !(error instanceof KinebaseError) || error.code !== 'network') throw error;
      const answer = await exchange(settings, asked);
      prefers = false;
      return answer;
    }
  };
}

const isLoopback = (url: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

function toExchange({ url }: Settings, endpoint: Endpoint, request: Request, read: Reading): Exchange {
  const { id, query, json, file, signal, timeout_ms, onHead } = request;
  const headers: Record<string, string> = {
    accept: read === 'text' ? 'application/json' : '*/*',
    ...request.headers,
  };
  if (json !== undefined) headers['content-type'] = 'application/json';
  const text = json === undefined ? undefined : writeJson(json);
  const body = file?.body ?? (text === undefined ? undefined : () => ({ body: text }));
  return {
    method: endpoint.method,
    url: url + pathOf(endpoint.path, id) + queryOf(query),
    headers,
    read,
    signal,
    onHead,
    fetch: file?.fetch,
    ...(body === undefined ? {} : { body }),
    ...(timeout_ms === undefined ? {} : { timeout_ms }),
  };
}

function writeJson(json: unknown): string {
  try {
    return JSON.stringify(json);
  } catch (cause) {
    throw new KinebaseError('invalid_body', 'The input cannot be written as JSON.', { cause });
  }
}
