import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { ApiError } from './errors.ts';

/** The bytes of an upload, cut off at the limit: nothing beyond it is kept, and the rest is not waited for. */
export async function readUpload(
  stream: Readable | undefined,
  headers: IncomingHttpHeaders,
  limit_bytes: number,
): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > limit_bytes) throw tooLarge(limit_bytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.length;
    if (size > limit_bytes) throw tooLarge(limit_bytes);
    chunks.push(chunk);
  }
  if (size === 0)
    throw new ApiError(
      'recording_empty',
      'The body is empty. Send the bytes of the recording as the body, for example with curl --data-binary @squats.mot.',
    );
  return Buffer.concat(chunks, size);
}

const tooLarge = (limit_bytes: number) =>
  new ApiError(
    'payload_too_large',
    `The recording is larger than ${limit_bytes / 1e6} MB as sent. Send it gzipped, or split it.`,
    { connection: 'close' },
  );
