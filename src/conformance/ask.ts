import { Broken } from './verdict.ts';

/** An answer with the request it is for. */
export interface Answer {
  /** Method, address and the headers that matter; nothing secret. */
  request: string;
  status: number;
  header(name: string): string | null;
  bytes: Uint8Array;
  /** The bytes as UTF-8; a byte that is none becomes U+FFFD. */
  text: string;
  /** undefined for what is no JSON. */
  json: unknown;
}

export interface AskOptions {
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** The body in words; bodies of sign-ins hold passwords. */
  says?: string;
}

export type Ask = (method: string, url: string, options?: AskOptions) => Promise<Answer>;

export interface AskSettings {
  fetch: typeof fetch;
  /** How long clients wait: the most patient deployed one takes 30 seconds. */
  timeout_ms: number;
  signal: AbortSignal;
  /** Hears of every answer. */
  heard(answer: Answer): void;
}

export function createAsk({ fetch, timeout_ms, signal, heard }: AskSettings): Ask {
  return async (method, url, { headers = {}, body, says } = {}) => {
    signal.throwIfAborted();
    const request = requestInWords(method, url, headers, says);
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]);
    try {
      const response = await fetch(url, {
        method,
        headers,
        signal: within,
        ...(body === undefined ? {} : { body }),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = new TextDecoder().decode(bytes);
      const answer: Answer = {
        request,
        status: response.status,
        header: (name) => response.headers.get(name),
        bytes,
        text,
        json: parsed(text),
      };
      heard(answer);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      throw new Broken(request, `a whole answer within ${timeout_ms / 1000} s`, reasonOf(error));
    }
  };
}

/** Every request has these or may not show them; saying so each time would hide what is special about one. */
const UNSAID = new Set(['authorization', 'x-amz-target', 'content-type']);

function requestInWords(method: string, url: string, headers: Record<string, string>, says?: string): string {
  const said = Object.entries(headers)
    .filter(([name]) => !UNSAID.has(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${value.length > 40 ? `${value.slice(0, 40)}…` : value}`);
  const without = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return [
    `${method} ${url.length > 300 ? `${url.slice(0, 300)}…` : url}`,
    ...(says === undefined ? [] : [`(${says})`]),
    ...(said.length === 0 ? [] : [`with ${said.join(', ')}`]),
    ...(without || says !== undefined ? [] : ['without Authorization']),
  ].join(' ');
}

/** JSON text → value; undefined for anything else. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch failed` says nothing; what failed stands in its cause, or in the first of several. */
export function reasonOf(error: unknown): string {
  const { cause, errors, message, code, name } = error as Error & { errors?: unknown[]; code?: string };
  if (name === 'TimeoutError') return 'none in that time';
  if (cause instanceof Error) return reasonOf(cause);
  if (Array.isArray(errors) && errors[0] instanceof Error) return reasonOf(errors[0]);
  return message || code || String(error);
}
