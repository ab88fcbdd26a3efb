import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { S3mini, S3ServiceError } from 's3mini';
import {
  allEnded,
  checkKey,
  checkPrefix,
  type ListedObject,
  type Objects,
  ObjectsAwayError,
  ObjectTakenError,
} from './objects.ts';
import { signLink } from './s3Link.ts';
import { ObjectsUrlError, type S3Credentials, type S3Location } from './s3Location.ts';
import { begunUploads, inParts, PART_BYTES, putParts } from './s3Multipart.ts';
import { createTransport, PATIENCE } from './s3Transport.ts';

/** A new bucket's first request makes what it lies in, which takes its time. */
const AT_START = { ...PATIENCE, silence_ms: 10_000, total_ms: 11_000 };

/** Makes an object immutable: a key that is taken answers 412. */
const ONLY_NEW: Record<string, string> = { 'if-none-match': '*' };

/** Objects in a bucket of any S3 server. Throws ObjectsUrlError when the bucket is not there or is not ours to use. */
export async function openBucket(location: S3Location, credentials: S3Credentials): Promise<Objects> {
  await checkBucket(connect(location, credentials, createTransport(AT_START).fetch), location);
  const transport = createTransport();
  const s3 = connect(location, credentials, transport.fetch);
  const slowly = connect(location, credentials, transport.fetchSlowly);
  const keyOf = (key: string) => location.prefix + checkKey(key);
  const prefixOf = (prefix: string) => location.prefix + checkPrefix(prefix);

  /** What to do about a key that is taken: nothing when it was taken by the same bytes, whose first answer was lost. */
  const refuseOther = async (key: string, sha256: Buffer): Promise<void> => {
    const there = await found(() => slowly.getObjectRaw(keyOf(key)));
    if (there === null) throw new ObjectsAwayError('an object was removed while it was compared');
    const hash = createHash('sha256');
    for await (const chunk of there.body!) hash.update(chunk);
    if (!hash.digest().equals(sha256)) throw new ObjectTakenError(key);
  };

  const put = async (key: string, bytes: Uint8Array): Promise<void> => {
    const path = keyOf(key);
    const headers = { ...ONLY_NEW, 'content-md5': createHash('md5').update(bytes).digest('base64') };
    try {
      await asked(() => s3.putObject(path, bytes, undefined, undefined, headers));
    } catch (error) {
      if (!(error instanceof S3ServiceError) || error.status !== 412) throw error;
      await refuseOther(key, createHash('sha256').update(bytes).digest());
    }
  };

  const size = async (key: string): Promise<number | null> => {
    const path = keyOf(key);
    return found(() =>
      s3.getContentLength(path).catch((error: Error) => {
        throw error.cause ?? error;
      }),
    );
  };

  const putStream = async (key: string, source: AsyncIterable<Uint8Array>): Promise<void> => {
    const path = keyOf(key);
    const parts = inParts(source, PART_BYTES);
    const first = await parts.next();
    const bytes = first.done ? Buffer.alloc(0) : first.value;
    if (bytes.length < PART_BYTES) return put(key, bytes);
    await putParts(s3, path, rejoined(bytes, parts), {
      asked,
      size: () => size(key),
      refuseOther: (sha256) => refuseOther(key, sha256),
    });
  };

  return {
    put,
    putStream,
    putAll: (objects) =>
      allEnded(
        objects.map(({ key, content }) =>
          content instanceof Uint8Array ? put(key, content) : putStream(key, content),
        ),
      ),
    size,
    async get(key) {
      const path = keyOf(key);
      const there = await found(() => s3.getObjectRaw(path));
      return there === null ? null : Buffer.from(await asked(() => there.arrayBuffer()));
    },
    async getStream(key, part) {
      const path = keyOf(key);
      const there = await found(() =>
        part === undefined
          ? slowly.getObjectRaw(path)
          : slowly.getObjectRaw(path, false, part.first, part.last + 1),
      );
      return there === null ? null : Readable.fromWeb(there.body as Parameters<typeof Readable.fromWeb>[0]);
    },
    list: (prefix) => listed(s3, location, prefixOf(prefix)),
    async delete(key) {
      const path = keyOf(key);
      await asked(() => s3.deleteObject(path));
    },
    async deleteAll(prefix) {
      const keys: string[] = [];
      const flush = async () => {
        const removed = await asked(() => s3.deleteObjects(keys));
        if (removed.includes(false)) throw new ObjectsAwayError('the bucket did not remove every object');
        keys.length = 0;
      };
      for await (const { key } of listed(s3, location, prefixOf(prefix))) {
        keys.push(location.prefix + key);
        if (keys.length === 1000) await flush();
      }
      if (keys.length > 0) await flush();
    },
    async downloadUrl(key, { expiresIn_s, fileName }) {
      const headers = {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'content-type': 'application/octet-stream',
      };
      return signLink(location, credentials, keyOf(key), headers, expiresIn_s, new Date());
    },
    async unfinished(before_ms, drop) {
      let count = 0;
      for await (const { key, uploadId, begunAt_ms } of begunUploads(s3, location.prefix, asked)) {
        if (begunAt_ms >= before_ms) continue;
        count++;
        if (drop) await asked(() => s3.abortMultipartUpload(key, uploadId));
      }
      return count;
    },
    async check() {
      if (!(await asked(() => s3.bucketExists())))
        throw new ObjectsAwayError('the bucket is gone, or closed to us');
    },
  };
}

const connect = (
  { endpoint, region }: S3Location,
  { accessKey, secretKey }: S3Credentials,
  fetch: typeof globalThis.fetch,
) => new S3mini({ endpoint, region, accessKeyId: accessKey, secretAccessKey: secretKey, fetch });

/** One line that says what an operator has to change. Whatever a server needs of its bucket is done once, and undone. */
async function checkBucket(s3: S3mini, { endpoint, prefix }: S3Location): Promise<void> {
  const refusal = (why: string) => new ObjectsUrlError(`the bucket ${endpoint} cannot be used: ${why}`);
  const probe = `${prefix}check/${randomBytes(12).toString('hex')}`;
  try {
    if ((await s3.listObjectsPaged('/', prefix, 1)) === null) throw refusal('there is no such bucket');
    await s3.putObject(probe, probe);
    if ((await s3.getObject(probe)) !== probe) throw refusal('what is written does not come back');
    await s3.deleteObject(probe);
    await s3.abortMultipartUpload(probe, await s3.getMultipartUploadId(probe));
  } catch (error) {
    if (error instanceof ObjectsUrlError) throw error;
    // The body of the service's answer holds more than is good for a log.
    const { status, serviceCode = '' } = error as Partial<S3ServiceError>;
    throw refusal(status === undefined ? (error as Error).message : `it answers ${status} ${serviceCode}`);
  }
}

/** Runs a request; every failure that is not the caller's becomes ObjectsAwayError, without the service's own words. */
async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof ObjectsAwayError) throw error;
    if (!(error instanceof S3ServiceError)) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new ObjectsAwayError(`the bucket broke off: ${code ?? message}`);
    }
    const { status, serviceCode = '' } = error;
    if (status === 404 && serviceCode === 'NoSuchBucket') throw new ObjectsAwayError('the bucket is gone');
    if (status === 404 || status === 412) throw error;
    throw new ObjectsAwayError(`the bucket answers ${status} ${serviceCode}`);
  }
}

/** The same for what may not be there: null then. */
async function found<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await asked(request);
  } catch (error) {
    if (error instanceof S3ServiceError && error.status === 404) return null;
    throw error;
  }
}

/** Keys without the location's prefix, in the order of their bytes, which is that of S3. */
async function* listed(s3: S3mini, location: S3Location, prefix: string): AsyncIterable<ListedObject> {
  let token: string | undefined;
  do {
    const page = await asked(() => s3.listObjectsPaged('/', prefix, 1000, token));
    if (!page) throw new ObjectsAwayError('the bucket is gone');
    for (const { Key, Size, LastModified } of page.objects ?? [])
      yield {
        key: Key.slice(location.prefix.length),
        size_bytes: Size,
        writtenAt_ms: LastModified.getTime(),
      };
    if (page.nextContinuationToken !== undefined && page.nextContinuationToken === token)
      throw new ObjectsAwayError('the bucket lists the same page again and again');
    token = page.nextContinuationToken;
  } while (token !== undefined);
}

async function* rejoined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  yield first;
  yield* rest;
}
