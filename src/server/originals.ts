import type { OriginalLink } from '../contract/recordings.ts';
import type { ByteRange, Objects } from '../objects/objects.ts';
import { getSession } from '../store/sessions.ts';
import type { StoredSession } from '../store/storedSession.ts';
import type { Handler } from './call.ts';
import { type Received, receive } from './received.ts';
import { noSuch } from './records.ts';
import { originalKey } from './sessionObjects.ts';

/** The original as it is computed from, for as long as `work` takes; null when it is not there. */
export async function withOriginal<T>(
  objects: Objects,
  organization: string,
  { objects: prefix }: StoredSession,
  work: (original: Received) => Promise<T>,
): Promise<T | null> {
  const stream = await objects.getStream(originalKey(organization, prefix));
  if (stream === null) return null;
  const received = await receive(stream);
  try {
    return await work(received);
  } finally {
    await received.release();
  }
}

/** Long enough for a slow line to begin in, short enough for a link that is passed on by mistake. */
const LINK_S = 15 * 60;

/** The recorded file as it was sent, passed on as it is read. */
export const original: Handler = async ({ db, objects }, { organization, id, headers: asked }) => {
  const session = (await getSession(db, organization, id)) ?? noSuch('session', id);
  const { sourceName, sourceSha256, sourceBytes } = session;
  const part = readRange(asked.range, sourceBytes);
  const body = await objects.getStream(originalKey(organization, session.objects), part ?? undefined);
  if (body === null) {
    if ((await getSession(db, organization, id)) === null) noSuch('session', id);
    throw new Error(`the original of session ${id} is missing from the objects`);
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(sourceName)}`,
    'x-content-sha256': sourceSha256,
    'accept-ranges': 'bytes',
  };
  if (part === null)
    return { kind: 'bytes', headers: { ...headers, 'content-length': String(sourceBytes) }, body };
  const { first, last } = part;
  const range = {
    'content-length': String(last - first + 1),
    'content-range': `bytes ${first}-${last}/${sourceBytes}`,
  };
  return { kind: 'bytes', status: 206, headers: { ...headers, ...range }, body };
};

export const link: Handler = async ({ db, objects, now }, { organization, id }) => {
  const session = (await getSession(db, organization, id)) ?? noSuch('session', id);
  const { sourceName: SourceFile, sourceSha256: SourceSha256, sourceBytes: SourceBytes } = session;
  const expires_ms = now() + LINK_S * 1000;
  const key = originalKey(organization, session.objects);
  const URL = await objects.downloadUrl(key, { expiresIn_s: LINK_S, fileName: SourceFile });
  const Expires = URL === null ? null : new Date(expires_ms).toISOString();
  return {
    kind: 'value',
    value: { URL, Expires, SourceFile, SourceSha256, SourceBytes } satisfies OriginalLink,
  };
};

/**
 * The one part that a Range header asks for (RFC 9110 §14); null where it asks for none, for several, or for what is not
 * there: then the whole is answered, as the RFC allows.
 */
export function readRange(header: string | undefined, size: number): ByteRange | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.replace(/\s/g, '') ?? '') ?? [];
  if (from === undefined || to === undefined || from + to === '') return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last && first < size ? { first, last } : null;
}
