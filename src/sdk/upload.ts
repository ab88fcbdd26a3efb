import { type FileLike, inBrowser } from './runtime.ts';

/** The bytes of a recording: as text, as bytes, or a file as a browser's file input hands it out. */
export type FileContent = string | Uint8Array | ArrayBuffer | FileLike;

/** Called as bytes leave; at the beginning and the end only, where the runtime does not tell more. */
export type OnProgress = (sent_bytes: number, total_bytes: number) => void;

/** Pieces in which progress is seen. */
const PIECE_BYTES = 64 * 1024;

/** Members of fetch's second argument for a body, made anew for every attempt. */
export async function uploadBody(
  content: FileContent,
  onProgress: OnProgress | undefined,
): Promise<() => object> {
  const bytes = await bytesOf(content);
  if (onProgress === undefined) return () => ({ body: bytes });
  if (!streamsUploads()) {
    return () => {
      onProgress(0, bytes.length);
      return { body: bytes };
    };
  }
  // `duplex`: required by fetch for a body that is a stream.
  return () => ({ body: streamOf(bytes, onProgress), duplex: 'half' });
}

/** The answer has come, so everything has been sent. */
export const finishProgress = (content: FileContent, onProgress: OnProgress | undefined): void => {
  if (onProgress === undefined || streamsUploads()) return;
  const size = sizeOf(content);
  onProgress(size, size);
};

/** Browsers stream request bodies over HTTP/2 only, which a self-hosted server rarely speaks. */
const streamsUploads = (): boolean => !inBrowser();

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
  return new Uint8Array(content instanceof ArrayBuffer ? content : await content.arrayBuffer());
}

function sizeOf(content: FileContent): number {
  if (typeof content === 'string') return new TextEncoder().encode(content).length;
  return 'byteLength' in content ? content.byteLength : content.size;
}
