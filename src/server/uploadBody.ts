import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { ApiError } from './errors.ts';
import { type Received, receive } from './received.ts';

/** Bytes of recordings that are held at once, in memory or on disk, from the first byte received to the answer. */
export interface UploadBudget {
  held_bytes: number;
  readonly limit_bytes: number;
}

/** Recordings held at once, over all clients; whoever comes then is asked to come back. */
export const createUploadBudget = (limit_bytes = 512_000_000): UploadBudget => ({
  held_bytes: 0,
  limit_bytes,
});

/**
 * Reads an upload and hands it to `work`; its bytes count against the budget until that is done. Cut off at the limit:
 * nothing beyond it is kept, and the rest is not waited for.
 */
export async function withUpload<T>(
  stream: Readable | undefined,
  headers: IncomingHttpHeaders,
  limit_bytes: number,
  budget: UploadBudget,
  work: (received: Received) => Promise<T>,
): Promise<T> {
  if (Number(headers['content-length'] ?? 0) > limit_bytes) throw tooLarge(limit_bytes);
  let held = 0;
  const hold = (size: number) => {
    // A recording that is alone may be as large as the limit, whatever the budget.
    if (budget.held_bytes > held && budget.held_bytes + size > budget.limit_bytes) throw tooMany();
    held += size;
    budget.held_bytes += size;
  };
  let received: Received | null = null;
  try {
    // Leaving the loop must not destroy the request: its answer is still to be sent on the same connection.
    const source = stream?.iterator({ destroyOnReturn: false }) ?? Readable.from([]);
    received = await receive(source, (size) => {
      if (held + size > limit_bytes) throw tooLarge(limit_bytes);
      hold(size);
    });
    if (held === 0) throw empty();
    return await work(received);
  } finally {
    await received?.release();
    budget.held_bytes -= held;
  }
}

const empty = () =>
  new ApiError(
    'recording_empty',
    'The body is empty. Send the bytes of the recording as the body, for example with curl --data-binary @squats.mot.',
  );

const tooMany = () =>
  new ApiError('unavailable', 'Too many recordings are coming in at once. Send this one again shortly.', {
    'retry-after': '5',
  });

const tooLarge = (limit_bytes: number) =>
  new ApiError(
    'payload_too_large',
    `The recording is larger than ${limit_bytes / 1e6} MB as sent. Send it gzipped, or split it.`,
    { connection: 'close' },
  );
