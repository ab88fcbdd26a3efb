import { createHash } from 'node:crypto';
import { type S3mini, S3ServiceError } from 's3mini';

/** Of every part but the last; S3 asks for five megabytes at least. */
export const PART_BYTES = 8_000_000;

/** Runs a request and puts its failures into our words. */
export type Asking = <T>(request: () => Promise<T>) => Promise<T>;

interface Hands {
  asked: Asking;
  /** Bytes under the key now; null: none. */
  size(): Promise<number | null>;
  /** Throws where the object under the key has another hash. */
  refuseOther(sha256: Buffer): Promise<void>;
}

/**
 * Writes an object in parts. One part is in memory at a time, each is sent with its checksum, and an upload that fails is
 * aborted, so that nothing of it stays.
 */
export async function putParts(
  s3: S3mini,
  key: string,
  parts: AsyncIterable<Buffer>,
  { asked, size, refuseOther }: Hands,
): Promise<void> {
  const uploadId = await asked(() => s3.getMultipartUploadId(key));
  try {
    const hash = createHash('sha256');
    const sent: { partNumber: number; etag: string }[] = [];
    let total = 0;
    for await (const part of parts) {
      hash.update(part);
      total += part.length;
      const checksum = { 'content-md5': createHash('md5').update(part).digest('base64') };
      const number = sent.length + 1;
      sent.push(await asked(() => s3.uploadPart(key, uploadId, part, number, {}, undefined, checksum)));
    }
    if ((await size()) === null) {
      await asked(() => s3.completeMultipartUpload(key, uploadId, sent)).catch((error) => {
        // An upload that is no more was completed by an attempt whose answer was lost: what lies there tells.
        if (!(error instanceof S3ServiceError) || error.status !== 404) throw error;
      });
      // S3 may find out that it cannot complete after it has begun to answer 200.
      if ((await size()) === total) return;
    }
    await refuseOther(hash.digest());
  } catch (error) {
    await abort(s3, key, uploadId);
    throw error;
  }
  await abort(s3, key, uploadId);
}

/** What cannot be aborted now is found by `unfinished`. */
const abort = (s3: S3mini, key: string, uploadId: string): Promise<void> =>
  s3.abortMultipartUpload(key, uploadId).then(
    () => undefined,
    () => undefined,
  );

/** The same bytes in pieces of one size, the last one smaller; none when there are no bytes. */
export async function* inParts(
  source: AsyncIterable<Uint8Array>,
  part_bytes: number,
): AsyncGenerator<Buffer> {
  let part = Buffer.allocUnsafe(part_bytes);
  let filled = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      const piece = chunk.subarray(from, from + part_bytes - filled);
      part.set(piece, filled);
      filled += piece.length;
      from += piece.length;
      if (filled < part_bytes) continue;
      yield part;
      part = Buffer.allocUnsafe(part_bytes);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

export interface BegunUpload {
  key: string;
  uploadId: string;
  begunAt_ms: number;
}

/** An answer as the service sends it; the library's own type is that of another one. */
interface UploadsPage {
  ListMultipartUploadsResult?: {
    IsTruncated?: string;
    NextKeyMarker?: string;
    NextUploadIdMarker?: string;
    Upload?: BegunEntry | BegunEntry[];
  };
}

interface BegunEntry {
  Key: string;
  UploadId: string;
  Initiated: string;
}

/** Uploads in parts that were begun below a prefix and have not ended. */
export async function* begunUploads(s3: S3mini, prefix: string, asked: Asking): AsyncIterable<BegunUpload> {
  let markers: Record<string, string> | null = {};
  while (markers !== null) {
    const options: Record<string, string> = { ...(prefix === '' ? {} : { prefix }), ...markers };
    const answer = (await asked(() => s3.listMultipartUploads('/', '', 'GET', options))) as UploadsPage;
    const page = answer.ListMultipartUploadsResult ?? {};
    for (const { Key, UploadId, Initiated } of [page.Upload ?? []].flat())
      yield { key: Key, uploadId: UploadId, begunAt_ms: Date.parse(Initiated) };
    const { IsTruncated, NextKeyMarker = '', NextUploadIdMarker = '' } = page;
    const next: Record<string, string> = {
      'key-marker': NextKeyMarker,
      'upload-id-marker': NextUploadIdMarker,
    };
    const more: boolean = IsTruncated === 'true' && JSON.stringify(next) !== JSON.stringify(markers);
    markers = more ? next : null;
  }
}
