import { KinebaseError } from './errors.ts';
import { type Fetch, type FileLike, globalFetch, inBrowser } from './runtime.ts';

/** The bytes of a recording: as text, as bytes, or a file as a browser's file input hands it out. */
export type FileContent = string | Uint8Array | ArrayBuffer | FileLike;

/**
 * Called as bytes leave, from 0 again where they are sent again; at the beginning and the end only in a browser with a
 * `fetch` of the program's own, which does not tell more.
 */
export type OnProgress = (sent_bytes: number, total_bytes: number) => void;

/** How a file is sent, in every attempt. */
export interface Upload {
  /** Members of fetch's second argument for the body, made anew for every attempt. */
  body: () => object;
  /** In place of the client's. */
  fetch?: Fetch;
  /** The answer has come, so everything has been sent. */
  finish(): void;
}

/** Pieces in which progress is seen. */
const PIECE_BYTES = 64 * 1024;

export async function prepareUpload(
  content: FileContent,
  onProgress: OnProgress | undefined,
  fetch: Fetch,
): Promise<Upload> {
  const bytes = await bytesOf(content);
  const finish = () => {};
  if (onProgress === undefined) return { body: () => ({ body: bytes }), finish };
  // `duplex`: required by fetch for a body that is a stream.
  if (!inBrowser()) return { body: () => ({ body: streamOf(bytes, onProgress), duplex: 'half' }), finish };
  // Browsers stream request bodies over HTTP/2 only, which a self-hosted server rarely speaks.
  if (fetch === globalFetch && 'XMLHttpRequest' in globalThis)
    return { body: () => ({ body: bytes }), fetch: watched(bytes.length, onProgress), finish };
  return {
    body() {
      onProgress(0, bytes.length);
      return { body: bytes };
    },
    finish: () => onProgress(bytes.length, bytes.length),
  };
}

/** `fetch` by the one means of a browser that tells how much has left. */
const watched =
  (total_bytes: number, onProgress: OnProgress): Fetch =>
  (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      // Of the headers that are sent here the one that is the browser's own; it would complain.
      for (const [name, value] of Object.entries<string>(headers))
        if (name !== 'accept-encoding') request.setRequestHeader(name, value);
      onProgress(0, total_bytes);
      request.upload.onprogress = ({ loaded }) => onProgress(loaded, total_bytes);
      request.onload = () => {
        const { status, responseText } = request;
        resolve(new Response(responseText || null, { status, headers: headersOf(request) }));
      };
      request.onerror = request.onabort = () => reject(new TypeError('the connection was cut'));
      const abort = () => request.abort();
      signal.addEventListener('abort', abort);
      request.onloadend = () => signal.removeEventListener('abort', abort);
      request.send(body);
    });

/** Asked for by name, a header that another origin does not show is an error in the console. */
const headersOf = (request: XMLHttpRequest): [string, string][] =>
  request
    .getAllResponseHeaders()
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);

function streamOf(bytes: Uint8Array, onProgress: OnProgress): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        // Being asked for more means that the pieces before have gone.
        onProgress(sent, bytes.length);
        if (sent >= bytes.length) return controller.close();
        const piece = bytes.subarray(sent, sent + PIECE_BYTES);
        sent += piece.length;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
}

async function bytesOf(content: FileContent): Promise<Uint8Array> {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  if (content instanceof Uint8Array) return content;
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  try {
    return new Uint8Array(await content.arrayBuffer());
  } catch (cause) {
    throw new KinebaseError(
      'invalid_body',
      'The file cannot be read: it was moved, changed or deleted since it was chosen. Choose it again.',
      { cause },
    );
  }
}
