import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { TableFormat } from '../../contract/tables.ts';
import { type Answer, accepts } from '../answers.ts';
import type { PublicCall } from '../call.ts';
import { attachment, FILE_FORMATS } from './download.ts';

/**
 * A file of any length as an answer, made as fast as the client takes it, and no further once the client is gone. What fails
 * before its first piece is answered as ever; after it the connection ends without the answer's end, so that nobody takes a
 * part for the whole.
 */
export async function streamedFile(
  { headers }: Pick<PublicCall, 'headers'>,
  name: string,
  format: TableFormat,
  pieces: AsyncGenerator<string | Uint8Array>,
): Promise<Answer> {
  const { contentType, text } = FILE_FORMATS[format];
  const file = Readable.from(asBuffers(await begun(pieces)), { objectMode: false, highWaterMark: 1 });
  const gzip = text && accepts(headers['accept-encoding'] as string | undefined, 'gzip');
  return {
    kind: 'bytes',
    headers: {
      'content-type': contentType,
      'content-disposition': attachment(`${name}.${format}`),
      vary: 'Accept-Encoding',
    },
    body: gzip ? compressed(file) : file,
    ...(gzip ? { encoding: 'gzip' as const } : {}),
  };
}

/** The same pieces, the first of them made already. */
export async function begun<T>(pieces: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await pieces.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  })();
}

async function* asBuffers(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    yield typeof piece === 'string'
      ? Buffer.from(piece)
      : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}

/** Either side that ends early ends the other. */
export const compressed = (file: Readable): Readable =>
  pipeline(file, createGzip({ level: constants.Z_BEST_SPEED }), () => {});
