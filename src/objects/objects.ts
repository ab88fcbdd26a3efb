import type { Readable } from 'node:stream';

/** Recordings, series and reports by key. An object is written once and never changed; a new version is a new key. */
export interface Objects {
  /** Writes an object durably before it resolves. The same bytes again change nothing; other bytes throw ObjectTakenError. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The same for an object too large to be in memory at once. What ends in the middle leaves nothing. */
  putStream(key: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes several objects; resolves when all of them are durable, and rejects when none is written any more and one failed. */
  putAll(objects: readonly NewObject[]): Promise<void>;
  /** The object, or null when there is none. The bytes are the caller's own, to change or to hand to another thread. */
  get(key: string): Promise<Buffer | null>;
  /** The object or a part of it as a stream, or null when there is none. A part is within the object. */
  getStream(key: string, part?: ByteRange): Promise<Readable | null>;
  /** Bytes of an object; null when there is none. */
  size(key: string): Promise<number | null>;
  /** Everything whose key starts with the prefix, which ends in `/`, in the order of the keys' bytes. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Removes an object; nothing happens where there is none. */
  delete(key: string): Promise<void>;
  /** Removes every object whose key starts with the prefix, which ends in `/`. */
  deleteAll(prefix: string): Promise<void>;
  /** Where anybody may read the object without further ado until the link expires; null when the store has no such links. */
  downloadUrl(key: string, link: DownloadLink): Promise<string | null>;
  /** Counts writes that were begun before then and never ended, and drops them if asked to. */
  unfinished(before_ms: number, drop: boolean): Promise<number>;
  /** Throws when the store cannot be used. */
  check(): Promise<void>;
}

export interface NewObject {
  key: string;
  content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Both ends belong to it. */
export interface ByteRange {
  first: number;
  last: number;
}

export interface ListedObject {
  key: string;
  size_bytes: number;
  writtenAt_ms: number;
}

export interface DownloadLink {
  expiresIn_s: number;
  /** What the file is to be called where it is saved. */
  fileName: string;
}

/** Judged when all have ended: none may be written after the others were discarded. */
export async function allEnded(writes: readonly Promise<unknown>[]): Promise<void> {
  const ended = await Promise.allSettled(writes);
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** The store cannot be reached or cannot be used now; later it may. Its message tells an operator why, and no secret. */
export class ObjectsAwayError extends Error {
  override readonly name = 'ObjectsAwayError';
  readonly code = 'OBJECTS_AWAY';
}

/** Somebody wrote other bytes under this key before: a fault, since keys are drawn. */
export class ObjectTakenError extends Error {
  override readonly name = 'ObjectTakenError';
  constructor(key: string) {
    super(`another object lies at ${key} already`);
  }
}

/** A key: parts of letters, digits and `._=-`, joined by `/`; none starts with a dot or is too long for a file's name. */
const KEY = /^[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,199}(\/[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,199})*$/;

/** The key itself when it can never leave its store; throws otherwise. */
export function checkKey(key: string): string {
  if (key.length > 900 || !KEY.test(key)) throw new Error(`not an object key: ${JSON.stringify(key)}`);
  return key;
}

/** The prefix itself, which is a key and a slash; throws otherwise. */
export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new Error(`a prefix ends in a slash: ${prefix}`);
  checkKey(prefix.slice(0, -1));
  return prefix;
}
