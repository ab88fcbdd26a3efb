/**
 * Every oddity of the public format, each with its reason. Nothing else in the code knows of them.
 *
 * - `body` is a string holding JSON: all deployed clients parse it, although the documentation shows the value itself.
 * - The continuation token travels raw, JSON-encoded once (the documented samples) or twice; all three mean the same.
 * - `/production` is the stage segment of the vendor's base URL; clients join it with and without a slash, hence `//`.
 * - A client that echoes `"null"` after the last page must not start again: it gets an empty last page.
 */

export type BodyForm = 'string' | 'json';

/** Id of the user pool. Amazon's clients ask for a pool's keys below its id, and so does discovery by our issuer. */
export const POOL_ID = 'local_kinebase';
const POOL_PATH = `/${POOL_ID}`;

/** The canonical path and query of a request target: no `/production` and no pool in front, no doubled slashes, no slash at the end. */
export function canonicalUrl(target: string): string {
  const cut = target.indexOf('?');
  const path = cut < 0 ? target : target.slice(0, cut);
  const query = cut < 0 ? '' : target.slice(cut);
  let clean = path.replace(/\/{2,}/g, '/');
  if (clean === '/production' || clean.startsWith('/production/')) clean = clean.slice('/production'.length);
  if (clean.startsWith(`${POOL_PATH}/.well-known/`)) clean = clean.slice(POOL_PATH.length);
  if (clean.length > 1 && clean.endsWith('/')) clean = clean.slice(0, -1);
  return (clean === '' ? '/' : clean) + query;
}

/** What the token header asks for. */
export type TokenRequest = { kind: 'first' } | { kind: 'end' } | { kind: 'next'; token: string };

/** Reads the header in any of its spellings. A quoted `"null"` is the Swift sample after its last page. */
export function readTokenHeader(header: string | undefined): TokenRequest {
  let text = (header ?? '').trim();
  if (text === 'null') return { kind: 'first' };
  if (text === '"null"') return { kind: 'end' };
  for (let depth = 0; depth < 2 && text.startsWith('"'); depth++) {
    const inner = unquote(text);
    if (inner === null) break;
    text = inner;
  }
  return text === '' || text === 'null' ? { kind: 'first' } : { kind: 'next', token: text };
}

/** The string a JSON text holds, or null when it is not a JSON string. */
function unquote(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** The body form a `Prefer` header asks for (RFC 7240: `body=json`, `body=string`), or null. */
export function preferredForm(prefer: string | undefined): BodyForm | null {
  if (prefer === undefined) return null;
  for (const part of prefer.split(',')) {
    const match = /^\s*body\s*=\s*"?(json|string)"?\s*(;|$)/i.exec(part);
    if (match) return match[1]!.toLowerCase() as BodyForm;
  }
  return null;
}

/** JSON text → the same text as it stands inside a JSON string, without the outer quotes. */
export function escapeJson(json: string): string {
  return JSON.stringify(json).slice(1, -1);
}

/** The reverse of `escapeJson`. */
export function unescapeJson(escaped: string): string {
  return JSON.parse(`"${escaped}"`) as string;
}

/**
 * The same for bytes, where they lie; answers where they end then. A JSON text that was written by `JSON.stringify` holds
 * neither control characters nor halves of surrogate pairs: only its quotes and backslashes are escaped.
 */
export function unescapeBytes(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; at++) {
    if (bytes[at] === BACKSLASH) at++;
    bytes[to++] = bytes[at]!;
  }
  return to;
}

const BACKSLASH = 0x5c;

/** The envelope around a body whose JSON text is at hand. */
export function envelope(json: string, form: BodyForm, status = 200): string {
  return `{"statusCode":${status},"body":${form === 'json' ? json : JSON.stringify(json)}}`;
}

/** What stands before and after the items of a page, in its envelope. Tokens need no escaping. */
export function pageFrame(token: string | null, form: BodyForm): readonly [before: string, after: string] {
  const head = `{"statusCode":200,"X-Continuation-Token":${token === null ? 'null' : `"${token}"`},"body":`;
  return form === 'json' ? [`${head}[`, ']}'] : [`${head}"[`, ']"}'];
}

/** The envelope of a page, from the already escaped texts of its items joined by commas. */
export function pageEnvelope(escapedItems: string, token: string | null, form: BodyForm): string {
  const [before, after] = pageFrame(token, form);
  return before + (form === 'json' ? unescapeJson(escapedItems) : escapedItems) + after;
}
