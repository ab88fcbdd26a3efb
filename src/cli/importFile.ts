import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import {
  isKinebaseError,
  type KinebaseClient,
  type OnProgress,
  type RecordingMeta,
  type Session,
} from '../sdk/index.ts';
import { readNamedFile } from './readNamedFile.ts';

export interface Imported {
  session: Session;
  outcome: 'recorded' | 'already there';
}

/** One file → one session, under an id that follows from the file's bytes and the athlete. */
export async function importFile(
  client: KinebaseClient,
  file: string,
  meta: RecordingMeta,
  onProgress: OnProgress,
): Promise<Imported> {
  const bytes = await readNamedFile(file);
  const sessionID = sessionIdFor(bytes, meta.athleteID);
  const existing = await client.sessions.get(sessionID).catch((error) => {
    if (isKinebaseError(error) && error.code === 'not_found') return null;
    throw error;
  });
  if (existing !== null) return { session: existing, outcome: 'already there' };
  const session = await client.sessions.record(
    bytes,
    { ...meta, fileName: basename(file), sessionID },
    { onProgress },
  );
  return { session, outcome: 'recorded' };
}

/** Our namespace for UUIDs made from names: any random UUID, never to be changed. */
const NAMESPACE = Buffer.from('5b0e2f0c6a0d4c1e9d2f8f6b1c7a43d9', 'hex');

/** UUIDv5 (RFC 9562 §5.5) of the file's SHA-256 and the athlete. */
export function sessionIdFor(bytes: Uint8Array, athleteId: string): string {
  const name = `${createHash('sha256').update(bytes).digest('hex')} ${athleteId}`;
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest();
  hash[6] = 0x50 | (hash[6]! & 0x0f);
  hash[8] = 0x80 | (hash[8]! & 0x3f);
  const hex = hash.toString('hex').toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
