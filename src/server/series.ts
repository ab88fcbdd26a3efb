import { Readable } from 'node:stream';
import { getSessionByKey, type StoredSession } from '../store/sessions.ts';
import { accepts } from './answers.ts';
import type { Call, Deps, Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readQuery } from './input.ts';
import { gzipAnswer, plainAnswer, readSeriesFile } from './seriesFile.ts';
import { brotliKey, seriesKey } from './sessionObjects.ts';

/** The session a key belongs to. A key of another organization answers like one that nobody knows. */
export async function sessionOfKey({ db }: Deps, { organization, query }: Call): Promise<StoredSession> {
  const { s3Key } = readQuery<{ s3Key: string }>('KeyQuery', query);
  const session = await getSessionByKey(db, organization, s3Key);
  if (session === null)
    throw new ApiError('not_found', 'Your organization has no recording under this s3Key.');
  return session;
}

/** /ikData: the stored bytes as they lie, in the coding that the client accepts. */
export const ikData: Handler = async (deps, call) => {
  const session = await sessionOfKey(deps, call);
  const { form, organization } = call;
  const accepted = call.headers['accept-encoding'] as string | undefined;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    vary: 'Accept-Encoding, Prefer',
  };
  if (form === 'string' && accepts(accepted, 'br')) {
    const key = brotliKey(organization, session.objects, session.seriesVersion);
    const body = await cached(deps, call, key, key, (bytes) => [bytes]);
    return { kind: 'bytes', headers, encoding: 'br', form, body };
  }
  const key = seriesKey(organization, session.objects, session.seriesVersion);
  if (accepts(accepted, 'gzip')) {
    const body = await cached(deps, call, `${key} gzip ${form}`, key, (bytes) =>
      gzipAnswer(readSeriesFile(bytes), form),
    );
    return { kind: 'bytes', headers, encoding: 'gzip', form, body };
  }
  const { length, pieces } = plainAnswer(readSeriesFile(await readObject(deps, call, key)), form);
  headers['content-length'] = String(length);
  return { kind: 'bytes', headers, form, body: Readable.from(pieces, { objectMode: false }) };
};

async function cached(
  deps: Deps,
  call: Call,
  name: string,
  key: string,
  make: (bytes: Buffer) => Buffer[],
): Promise<readonly Buffer[]> {
  const kept = deps.seriesCache.get(name);
  if (kept !== undefined) return kept;
  const buffers = make(await readObject(deps, call, key));
  deps.seriesCache.put(name, buffers);
  return buffers;
}

/** An object of the session that the s3Key belongs to; when the session was removed meanwhile, that is the answer. */
export async function readObject(deps: Deps, call: Call, key: string): Promise<Buffer> {
  const bytes = await deps.objects.get(key);
  if (bytes !== null) return bytes;
  await sessionOfKey(deps, call);
  throw new Error(`the object ${key} is missing`);
}

/** /videoExport: nothing here records video, so every key answers 404; the shape is provisional. */
export const videoExport: Handler = async (deps, call) => {
  await sessionOfKey(deps, call);
  throw new ApiError(
    'not_found',
    'There is no video of this session: Kinebase keeps joint angles, not images.',
  );
};
