import { KinebaseError } from './errors.ts';
import type { CancelSignal } from './runtime.ts';
import type { Settings } from './settings.ts';

/** One HTTP request and its whole answer. */
export interface Exchange {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Members of fetch's second argument that carry the body; made anew for every attempt. */
  body?: () => object;
  /** Read the answer as bytes. */
  bytes?: boolean;
  timeout_ms?: number;
  signal?: CancelSignal | undefined;
}

export interface Answer {
  status: number;
  header(name: string): string | null;
  /** Empty where bytes were asked for and came. */
  text: string;
  bytes: Uint8Array;
}

const NO_BYTES = new Uint8Array();

/** One attempt. Throws KinebaseError `network`, `timeout` or `aborted`; any status is an answer. */
export async function exchange(settings: Settings, request: Exchange): Promise<Answer> {
  const { method, url, headers, body, bytes = false, timeout_ms = settings.timeout_ms, signal } = request;
  refuseAborted(signal);
  const ended = new AbortController();
  const timer = new AbortController();
  let why: 'aborted' | 'timeout' | null = null;
  const end = (reason: 'aborted' | 'timeout') => {
    why ??= reason;
    ended.abort();
  };
  const abort = () => end('aborted');
  signal?.addEventListener('abort', abort);
  void settings.wait(timeout_ms, timer.signal).then(() => timer.signal.aborted || end('timeout'));
  try {
    // Raced, because not every replacement of fetch heeds its signal.
    const never = new Promise<never>((_, reject) => ended.signal.addEventListener('abort', reject));
    const attempt = async (): Promise<Answer> => {
      const answer = await settings.fetch(url, { method, headers, signal: ended.signal, ...body?.() });
      const isBytes = bytes && answer.status < 300;
      return {
        status: answer.status,
        header: (name) => answer.headers.get(name),
        text: isBytes ? '' : await answer.text(),
        bytes: isBytes ? new Uint8Array(await answer.arrayBuffer()) : NO_BYTES,
      };
    };
    return await Promise.race([attempt(), never]);
  } catch (cause) {
    if (why === 'aborted') throw aborted(signal);
    if (why === 'timeout')
      throw new KinebaseError('timeout', `No answer from ${originOf(url)} within ${timeout_ms / 1000} s.`);
    throw new KinebaseError('network', `Cannot reach ${originOf(url)}: ${reasonOf(cause)}`, { cause });
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', abort);
  }
}

export function refuseAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}

/** Lets go of work that others still wait for. */
export async function unlessAborted<T>(work: Promise<T>, signal: CancelSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  refuseAborted(signal);
  let abort = () => {};
  const ended = new Promise<never>((_, reject) => {
    abort = () => reject(aborted(signal));
    signal.addEventListener('abort', abort);
  });
  return Promise.race([work, ended]).finally(() => signal.removeEventListener('abort', abort));
}

const aborted = (signal: CancelSignal | undefined) =>
  new KinebaseError('aborted', 'The call was aborted.', { cause: signal?.reason });

const originOf = (url: string) => new URL(url).origin;

/** `fetch failed` says nothing; what failed stands in its cause, or in the first of several. */
function reasonOf(error: unknown): string {
  const { cause, errors, message, code } = error as {
    cause?: unknown;
    errors?: unknown[];
    message?: string;
    code?: string;
  };
  if (cause instanceof Error) return reasonOf(cause);
  if (Array.isArray(errors) && errors[0] instanceof Error) return reasonOf(errors[0]);
  return message || code || String(error);
}
