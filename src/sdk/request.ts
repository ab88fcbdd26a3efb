import { ENDPOINTS, type Endpoint, type EndpointName } from '../contract/endpoints.ts';
import { type Opened, openEnvelope, parse, parseText, refusal } from './answer.ts';
import type { TokenSource } from './auth.ts';
import { type Answer, type Exchange, exchange, type Reading, unlessAborted } from './exchange.ts';
import { persist } from './retry.ts';
import type { CancelSignal } from './runtime.ts';
import type { Settings } from './settings.ts';

/** For every call. */
export interface CallOptions {
  signal?: CancelSignal | undefined;
  /** Longest time for one attempt, instead of the client's. */
  timeout_ms?: number | undefined;
}

export type QueryValue = string | number | Date | readonly string[] | null | undefined;

/** A call of an endpoint of the contract's table. */
export interface Request extends CallOptions {
  endpoint: EndpointName;
  /** What stands for `{id}` in the path. */
  id?: string;
  /** Several values are joined by commas, dates written in ISO 8601, absent ones left out. */
  query?: object;
  headers?: Record<string, string>;
  json?: unknown;
  /** The raw body of an upload, made anew for every attempt. */
  file?: () => object;
  /** A POST that carries an id chosen by the client may be sent again. */
  repeatable?: boolean;
}

export interface Send {
  /** The value in the envelope, with the continuation token where there is one. */
  (request: Request): Promise<Opened>;
  /** The whole answer, its body as bytes. */
  bytes(request: Request): Promise<Answer>;
  /** The answer as its parts come in. */
  chunks(request: Request): Promise<Answer>;
}

/** The one function through which everything goes: headers, token, time limit, another attempt, errors. */
export function createSend(settings: Settings, tokens: TokenSource): Send {
  const run = <T>(request: Request, reading: Reading, read: (answer: Answer) => T): Promise<T> => {
    const endpoint: Endpoint = ENDPOINTS[request.endpoint];
    const { signal } = request;
    const attempt = (token: string | null) =>
      exchange(settings, toExchange(settings, endpoint, request, reading, token));
    let renewed = false;
    // A sign-in that failed has been tried again by itself already.
    let signInFailed = false;
    const signedIn = <R>(work: Promise<R>): Promise<R> =>
      unlessAborted(work, signal).catch((error) => {
        signInFailed = true;
        throw error;
      });
    const authorized = async (): Promise<Answer> => {
      if (endpoint.access === 'public') return attempt(null);
      const token = await signedIn(tokens.current());
      const answer = await attempt(token);
      if (answer.status !== 401 || renewed) return answer;
      renewed = true;
      return (await signedIn(tokens.renew(token))) ? authorized() : answer;
    };
    const safe = endpoint.method !== 'POST' || request.repeatable === true;
    return persist(settings, { mayRepeat: () => safe && !signInFailed, signal }, async (count) => {
      const answer = await authorized();
      if (answer.status >= 200 && answer.status < 300) return read(answer);
      // A deletion whose first answer was lost finds nothing the second time: it is done.
      if (count > 0 && endpoint.method === 'DELETE' && answer.status === 404)
        return read({ ...answer, status: 204 });
      throw refusal(answer, parseText(answer.text), settings.now());
    });
  };
  const send = (request: Request) =>
    run(request, 'text', (answer): Opened => {
      const endpoint: Endpoint = ENDPOINTS[request.endpoint];
      if (answer.status === 204) return { value: undefined, token: undefined };
      return endpoint.form === 'plain'
        ? { value: parse(answer), token: undefined }
        : openEnvelope(answer, settings.now());
    });
  const whole = (reading: Reading) => (request: Request) => run(request, reading, (answer) => answer);
  return Object.assign(send, { bytes: whole('bytes'), chunks: whole('chunks') });
}

function toExchange(
  { url }: Settings,
  endpoint: Endpoint,
  request: Request,
  read: Reading,
  token: string | null,
): Exchange {
  const { id = '', query, json, file, signal, timeout_ms } = request;
  const headers: Record<string, string> = {
    accept: read === 'text' ? 'application/json' : '*/*',
    ...request.headers,
  };
  if (endpoint.form !== 'plain') headers.prefer = 'body=json';
  if (json !== undefined) headers['content-type'] = 'application/json';
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const body = file ?? (json === undefined ? undefined : () => ({ body: JSON.stringify(json) }));
  return {
    method: endpoint.method,
    url: url + endpoint.path.replace('{id}', encodeURIComponent(id)) + queryOf(query),
    headers,
    read,
    signal,
    ...(body === undefined ? {} : { body }),
    ...(timeout_ms === undefined ? {} : { timeout_ms }),
  };
}

function queryOf(query: object = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query as Record<string, QueryValue>)) {
    if (value === undefined || value === null) continue;
    parameters.set(
      name,
      value instanceof Date ? value.toISOString() : Array.isArray(value) ? value.join(',') : String(value),
    );
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
