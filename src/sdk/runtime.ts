/**
 * What the client asks of its runtime, written out by shape: the declarations then hold in programs that know the types
 * of a browser, of Node, or of neither.
 */

/** `fetch`, as far as it is used here. The global one, undici's and a server's own handler all fit. */
// biome-ignore lint/suspicious/noExplicitAny: every runtime names the type of the second argument differently
export type Fetch = (url: string, init: any) => Promise<FetchAnswer>;

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
  /** Where it is missing, a long answer is read whole before its first part is handed on. */
  readonly body?: { getReader(): ChunkReader } | null;
}

export interface ChunkReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
}

/** An `AbortSignal`. */
export interface CancelSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A `Blob` or `File`. */
export interface FileLike {
  readonly size: number;
  readonly name?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export type Wait = (duration_ms: number, signal?: CancelSignal) => Promise<void>;

/** Timers that are set for longer fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const waitForReal: Wait = (duration_ms, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(duration_ms, LONGEST_TIMER_MS));
    signal?.addEventListener('abort', end);
  });

/** A page or a worker of one, where requests to elsewhere are asked about first (CORS). */
export const inBrowser = (): boolean => 'document' in globalThis || 'WorkerGlobalScope' in globalThis;

/** The global `fetch`, looked up at each call: programs replace it. */
export const globalFetch: Fetch = (url, init) => fetch(url, init);
