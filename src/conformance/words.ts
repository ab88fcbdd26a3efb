/** Words for what was found, fit for a report that others read: short, and without anybody's tokens. */

const LONGEST = 120;

/** A text between quotes, cut, on one line. */
export function quoted(text: string): string {
  const line = withoutTokens(text);
  return JSON.stringify(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
}

/** What kind of value it is, and a short one itself. Records stay unnamed: they are about people. */
export function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    return names.length === 0 ? 'an empty object' : `an object with ${names.slice(0, 8).join(', ')}`;
  }
  return String(value);
}

/** JSON Web Tokens and what has their form give access for an hour; a report is kept for longer. */
function withoutTokens(text: string): string {
  return text.replace(/[A-Za-z0-9_-]{16,}(\.[A-Za-z0-9_-]*){2,4}/g, '(token)');
}
