import { organizationVersion } from '../store/organizations.ts';
import { type Answer, accepts, type Rendered } from './answers.ts';
import type { Call, Deps } from './call.ts';

/**
 * Finished pages, kept as the bytes that were sent. The key carries the organization's version, which every committed
 * change raises: a page made before a change is never found after it, on this server or another. The version is read
 * before the page is made, so a page may be newer than its key and never older.
 */
export async function keptPage(
  { db, pageCache }: Deps,
  { organization, form, headers }: Call,
  what: string,
  make: () => Promise<Rendered>,
): Promise<Answer> {
  const coding = accepts(headers['accept-encoding'] as string | undefined, 'gzip') ? 'gzip' : 'plain';
  const version = await organizationVersion(db, organization);
  const key = `${organization} ${version} ${form} ${coding} ${what}`;
  const kept = pageCache.get(key);
  if (kept !== undefined) return bytes(kept[0]!, form);
  const { body } = await make();
  if (!pageCache.wants(key)) return bytes(body as string | Buffer, form);
  const page = Buffer.isBuffer(body) ? body : Buffer.from(body as string);
  pageCache.put(key, [page]);
  return bytes(page, form);
}

function bytes(body: string | Buffer, form: Call['form']): Answer {
  const headers = { 'content-type': 'application/json', vary: 'Accept-Encoding, Prefer' };
  const zipped = typeof body !== 'string' && body[0] === 0x1f && body[1] === 0x8b;
  return { kind: 'bytes', headers, body, form, ...(zipped ? { encoding: 'gzip' } : {}) };
}
