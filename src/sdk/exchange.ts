import { KinebaseError } from './errors.ts';
import type { CancelSignal, Fetch, FetchAnswer } from './runtime.ts';
import type { Settings } from './settings.ts';

/** One HTTP request, and how its answer is read. */
export interface Exchange {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Members of fetch's second argument that carry the body; made anew for every attempt. */
  body?: () => object;
  /** In place of the client's. */
  fetch?: Fetch | undefined;
  /** `text` when absent; `chunks`: the time limit holds for the beginning of the answer and for each of its parts. */
  read?: Reading;
  timeout_ms?: number;
  /** Told of the headers of a good answer, while its body is still on its way. */
  onHead?: ((header: Answer['header']) => void) | undefined;
  signal?: CancelSignal | undefined;
}

export type Reading = 'text' | 'bytes' | 'chunks';

export interface Answer {
  /** What was asked, without its query. */
  url: string;
  status: number;
  header(name: string): string | null;
  /** Empty where something else was asked for and came. */
  text: string;
  bytes: Uint8Array;
  /** Parts of the answer as they come in. Whoever stops reading ends the exchange. */
  chunks: AsyncIterable<Uint8Array>;
}

const NO_BYTES = new Uint8Array();

/** One attempt. Throws KinebaseError `network`, `timeout` or `aborted`; any status is an answer. */
export async function exchange(settings: Settings, request: Exchange): Promise<Answer> {
  const { method, url, headers, body, fetch = settings.fetch, read = 'text', onHead } = request;
  const watch = startWatch(settings, request);
  const attempt = async (): Promise<Answer> => {
    const answer = await fetch(url, { method, headers, signal: watch.signal, ...body?.() });
    watch.reached = true;
    const header = (name: string) => answer.headers.get(name);
    const reading = answer.status < 300 ? read : 'text';
    if (answer.status < 300) onHead?.(header);
    return {
      url: url.split('?', 1)[0]!,
      status: answer.status,
      header,
      text: reading === 'text' ? await answer.text() : '',
      bytes: reading === 'bytes' ? new Uint8Array(await answer.arrayBuffer()) : NO_BYTES,
      chunks: reading === 'chunks' ? chunksOf(answer, watch) : noChunks(),
    };
  };
  let open = false;
  try {
    const answer = await watch.within(attempt());
    open = read === 'chunks' && answer.status < 300;
    return answer;
  } finally {
    if (!open) watch.close();
  }
}

async function* chunksOf(answer: FetchAnswer, watch: Watch): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (!answer.body) return yield new Uint8Array(await watch.within(answer.arrayBuffer()));
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await watch.within(reader.read());
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    watch.end();
  }
}

async function* noChunks(): AsyncGenerator<Uint8Array, void, undefined> {}

/** Ends an exchange when its caller wants so, or when it takes too long. */
interface Watch {
  /** Whether an answer has begun. */
  reached: boolean;
  readonly signal: CancelSignal;
  /** What comes of a part of the exchange that has begun. Throws KinebaseError. */
  within<T>(work: Promise<T>): Promise<T>;
  /** Lets go of what is still under way. */
  end(): void;
  close(): void;
}

function startWatch(settings: Settings, { url, timeout_ms = settings.timeout_ms, signal }: Exchange): Watch {
  refuseAborted(signal);
  const ended = new AbortController();
  let why: 'aborted' | 'timeout' | null = null;
  const end = (reason: 'aborted' | 'timeout') => {
    why ??= reason;
    ended.abort();
  };
  const abort = () => end('aborted');
  signal?.addEventListener('abort', abort);
  const close = () => signal?.removeEventListener('abort', abort);
  return {
    reached: false,
    signal: ended.signal,
    async within(work) {
      const timer = new AbortController();
      let stop = () => {};
      // Raced, because not every replacement of fetch heeds its signal.
      const never = new Promise<never>((_, reject) => {
        stop = () => reject();
        ended.signal.addEventListener('abort', stop);
        if (ended.signal.aborted) reject();
      });
      void settings.wait(timeout_ms, timer.signal).then(() => timer.signal.aborted || end('timeout'));
      try {
        return await Promise.race([work, never]);
      } catch (cause) {
        if (why === 'aborted') throw aborted(signal);
        if (why === 'timeout') throw tooLate(url, timeout_ms);
        throw new KinebaseError('network', unanswered(url, this.reached, reasonOf(cause)), { cause });
      } finally {
        timer.abort();
        ended.signal.removeEventListener('abort', stop);
      }
    },
    end() {
      close();
      ended.abort();
    },
    close,
  };
}

export function refuseAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}

/** Lets go of work that others still wait for, when its signal says so or its own time limit has passed. */
export async function unlessAborted<T>(
  settings: Settings,
  begin: () => Promise<T>,
  { signal, timeout_ms }: Pick<Exchange, 'signal'> & { timeout_ms?: number | undefined },
): Promise<T> {
  refuseAborted(signal);
  const work = begin();
  if (signal === undefined && timeout_ms === undefined) return work;
  const timer = new AbortController();
  let abort = () => {};
  const ended = new Promise<never>((_, reject) => {
    abort = () => reject(aborted(signal));
    signal?.addEventListener('abort', abort);
    if (timeout_ms !== undefined)
      void settings
        .wait(timeout_ms, timer.signal)
        .then(() => timer.signal.aborted || reject(tooLate(settings.signInUrl, timeout_ms)));
  });
  return Promise.race([work, ended]).finally(() => {
    timer.abort();
    signal?.removeEventListener('abort', abort);
  });
}

const tooLate = (url: string, timeout_ms: number) =>
  new KinebaseError('timeout', `No whole answer from ${originOf(url)} within ${timeout_ms / 1000} s.`);

const aborted = (signal: CancelSignal | undefined) =>
  new KinebaseError('aborted', 'The call was aborted.', { cause: signal?.reason });

/** A server that hangs up was reached, though it answered nothing. */
const unanswered = (url: string, reached: boolean, reason: string) =>
  reached || /other side closed|ECONNRESET/.test(reason)
    ? `The connection to ${originOf(url)} broke off before the answer was whole: ${reason}`
    : `Cannot reach ${originOf(url)}: ${reason}`;

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
