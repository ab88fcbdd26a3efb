import { TOKEN_HEADER } from '../contract/page.ts';
import type { BodyForm } from '../contract/wire.ts';

/** Browsers keep a page and ask with its ETag whether it still holds; nobody else may keep it. */
const CACHE_CONTROL = 'private, no-cache';
const VARY = `Accept-Encoding, Prefer, Authorization, ${TOKEN_HEADER}`;

/** The headers of a page or of the news that the client has it already; `applied`: the form of body that it preferred. */
export function pageHeaders(
  page: { etag: string; bytes: unknown; zipped: boolean; next: string | null },
  applied: BodyForm | null,
): Record<string, string> {
  const headers: Record<string, string> = { etag: page.etag, 'cache-control': CACHE_CONTROL, vary: VARY };
  if (page.bytes !== null) headers['content-type'] = 'application/json';
  // Once more, ahead of the page: whoever reads on need not wait for its end to ask for the next one.
  if (page.next !== null) headers[TOKEN_HEADER.toLowerCase()] = page.next;
  if (page.zipped) headers['content-encoding'] = 'gzip';
  if (applied !== null) headers['preference-applied'] = `body=${applied}`;
  return headers;
}
