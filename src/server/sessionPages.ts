import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../contract/page.ts';
import type { SessionsQuery } from '../contract/sessions.ts';
import { type BodyForm, pageFrame, unescapeJson } from '../contract/wire.ts';
import { type SessionFilter, sessionPage } from '../store/sessionPage.ts';
import { LEAST_ZIPPED } from './answers.ts';
import type { Deps } from './call.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { etagOf, names } from './etag.ts';
import { createKept, type Kept } from './kept.ts';
import { readFilter } from './sessionFilter.ts';

/** What a query asks of the list of sessions. */
export interface PagePlan {
  filter: SessionFilter;
  limit: number;
  /** Equal for queries that mean the same. */
  key: string;
}

/** A limit above the most is no error: clients ask for "everything" with a large number and follow the token. */
export function planPage(query: SessionsQuery): PagePlan {
  const filter = readFilter(query);
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  return { filter, limit, key: JSON.stringify([filter, limit]) };
}

export interface AskedPage {
  organization: string;
  form: BodyForm;
  /** Whether the client takes gzip. */
  zip: boolean;
  plan: PagePlan;
  /** '': the first page. */
  token: string;
  /** `If-None-Match`: what the client has. */
  has: string | undefined;
}

export interface FinishedPage {
  etag: string;
  /** As sent; null: the client has it. */
  bytes: Buffer | null;
  zipped: boolean;
}

export interface KeptPage extends FinishedPage {
  bytes: Buffer;
  /** The organization's version when the page was made: it holds every change up to that one. */
  version: number;
}

export type PageCache = Kept<KeptPage>;

/** Finished pages, from the second time that they are asked for. */
export const createPageCache = (limit_bytes: number): PageCache =>
  createKept(limit_bytes, ({ bytes, etag }) => bytes.length + etag.length, 2);

/**
 * One page of sessions. Finished pages are kept for as long as their organization does not change: its version is read
 * before a page is made and compared before it is sent again, so that nobody is shown less than what was acknowledged when
 * they asked, on this server or another. At once where the version and the page are at hand.
 */
export function finishedPage(deps: Deps, asked: AskedPage): FinishedPage | Promise<FinishedPage> {
  const { organization, form, zip, plan, token } = asked;
  const version = deps.versions(organization);
  const key = `${organization} ${form} ${zip} ${token} ${plan.key}`;
  return typeof version === 'number'
    ? keptOrMade(deps, asked, key, version)
    : version.then((version) => keptOrMade(deps, asked, key, version));
}

function keptOrMade(
  deps: Deps,
  asked: AskedPage,
  key: string,
  version: number,
): FinishedPage | Promise<FinishedPage> {
  if (asked.has !== undefined) {
    const etag = etagOf(key, version);
    if (names(asked.has, etag)) return { etag, bytes: null, zipped: false };
  }
  const kept = deps.pageCache.get(key);
  return kept?.version === version ? kept : make(deps, asked, key, version);
}

async function make(deps: Deps, asked: AskedPage, key: string, version: number): Promise<FinishedPage> {
  const { organization, form, zip, plan, token } = asked;
  const { filter, limit } = plan;
  const after = token === '' ? null : readCursor(deps.cursorSecret, organization, filter, token);
  const { items, next } = await sessionPage(deps.db, organization, filter, after, limit);
  const nextToken = next && writeCursor(deps.cursorSecret, organization, filter, next);
  const [before, behind] = pageFrame(nextToken, form);
  const plain = Buffer.concat([
    Buffer.from(before),
    form === 'json' ? Buffer.from(unescapeJson(items.toString())) : items,
    Buffer.from(behind),
  ]);
  const zipped = zip && plain.length >= LEAST_ZIPPED;
  const bytes = zipped ? await zipBuffer(plain, { level: constants.Z_BEST_SPEED }) : plain;
  const page = { version, etag: etagOf(key, version), bytes, zipped };
  if (deps.pageCache.wants(key)) deps.pageCache.put(key, page);
  return page;
}

const zipBuffer = promisify(gzip);
