/**
 * What follows the question mark: names and plain texts, so that an address can be read, written by hand and sent on. Each
 * view reads its own names and leaves out what it cannot use.
 */
export type Search = Readonly<Record<string, unknown>>;

export const readSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

export function writeSearch(search: Search): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  // Commas stand between ids, and need no escape here (RFC 3986 §3.4).
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
    .toString()
    .replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** A text that is there. */
export const text = (search: Search, name: string): string | undefined => {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** One of the words, or nothing. */
export const word = <T extends string>(search: Search, name: string, words: readonly T[]): T | undefined =>
  words.find((each) => each === search[name]);

/** A number, or nothing. */
export const number = (search: Search, name: string): number | undefined => {
  const value = search[name];
  const read =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(read) ? read : undefined;
};

/** Drops the names that have no value, so that addresses stay short. */
export const given = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
