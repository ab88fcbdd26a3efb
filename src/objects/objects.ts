/** Recordings, series and reports by key. An object is written once and never changed; a new version is a new key. */
export interface Objects {
  /** Writes an object durably before it resolves. Writing a key again replaces it with the same bytes or is a fault. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The object, or null when there is none. The bytes are the caller's own, to change or to hand to another thread. */
  get(key: string): Promise<Buffer | null>;
  /** Removes every object whose key starts with the prefix, which ends in `/`. */
  deleteAll(prefix: string): Promise<void>;
  /** Throws when the store cannot be used. */
  check(): Promise<void>;
}

/** A key: parts of letters, digits and `._=-`, joined by `/`; none starts with a dot or is too long for a file's name. */
const KEY = /^[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,199}(\/[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,199})*$/;

/** The key itself when it can never leave its store; throws otherwise. */
export function checkKey(key: string): string {
  if (key.length > 900 || !KEY.test(key)) throw new Error(`not an object key: ${JSON.stringify(key)}`);
  return key;
}
