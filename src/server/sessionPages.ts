import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../contract/page.ts';
import type { SessionsQuery } from '../contract/sessions.ts';
import { type BodyForm, pageFrame, unescapeBytes } from '../contract/wire.ts';
import { type Position, type SessionFilter, sessionPage } from '../store/sessionPage.ts';
import { LEAST_ZIPPED } from './answers.ts';
import type { Deps } from './call.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { names, shortHash } from './etag.ts';
import type { ListCopy } from './lists/listCopy.ts';
import { giveBuffer } from './lists/pool.ts';
import type { FinishedPage } from './pageCache.ts';
import { readFilter } from './sessionFilter.ts';

/** What a query asks of the list of sessions. */
export interface PagePlan {
  filter: SessionFilter;
  limit: number;
  /** Equal for queries that mean the same. */
  tag: string;
  /** The whole list, newest first: copies of it are kept. */
  isWhole: boolean;
}

/** A limit above the most is no error: clients ask for "everything" with a large number and follow the token. */
export function planPage(query: SessionsQuery): PagePlan {
  const filter = readFilter(query);
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const isWhole = filter.order === 'newest' && Object.keys(filter).length === 1;
  return { filter, limit, tag: shortHash(JSON.stringify([filter, limit])), isWhole };
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

/**
 * One page of sessions. Finished pages are kept under the version of their organization, which is read before a page is made
 * and again before it is sent again, so that nobody is shown less than what was acknowledged when
 * they asked, on this server or another. At once where the version and the page are at hand.
 */
export function finishedPage(deps: Deps, asked: AskedPage): FinishedPage | Promise<FinishedPage> {
  const version = deps.versions(asked.organization);
  return typeof version === 'number'
    ? atVersion(deps, asked, version)
    : version.then((version) => atVersion(deps, asked, version));
}

/** A page by what it is called, for clients and here. */
interface Named {
  key: string;
  etag: string;
  /** Whether it is to be kept; absent: not asked yet. */
  isWanted?: boolean;
}

/** What the client has, or a finished page, or from a copy of the list where there is one of the version, or the store. */
function atVersion(deps: Deps, asked: AskedPage, version: number): FinishedPage | Promise<FinishedPage> {
  const { organization, plan, has } = asked;
  const etag = tagOf(asked, version);
  if (has !== undefined && names(has, etag)) return { etag, bytes: null, zipped: false, next: null };
  const key = `${organization} ${etag}`;
  const kept = deps.pageCache.get(key);
  if (kept !== undefined) return kept;
  const copy = plan.isWhole ? deps.lists.at(organization, version) : null;
  const make = (copy: ListCopy | null) =>
    copy === null ? fromStore(deps, asked, { key, etag }) : fromCopy(deps, copy, asked, { key, etag });
  return copy instanceof Promise ? copy.then(make) : make(copy);
}

function fromCopy(
  deps: Deps,
  copy: ListCopy,
  asked: AskedPage,
  page: Named,
): FinishedPage | Promise<FinishedPage> {
  const { buffer, start, end: escapedEnd, next } = copy.page(placeOf(deps, asked), asked.plan.limit);
  const end = asked.form === 'json' ? unescapeBytes(buffer, start, escapedEnd) : escapedEnd;
  const token = tokenOf(deps, asked, next);
  const [before, behind] = pageFrame(token, asked.form);
  const from = start - before.length;
  const isWanted = (asked.zip || end - start <= LARGEST_KEPT) && deps.pageCache.wants(page.key);
  if (isWanted || asked.zip || from < 0) {
    const plain = joined(before, buffer.subarray(start, end), behind);
    giveBuffer(buffer);
    return finish(deps, asked, { ...page, isWanted }, plain, token);
  }
  // The envelope is written around the sessions where they lie.
  buffer.write(before, from, 'latin1');
  buffer.write(behind, end, 'latin1');
  const bytes = buffer.subarray(from, end + behind.length);
  return { etag: page.etag, bytes, zipped: false, next: token, release: () => giveBuffer(buffer) };
}

/** Bytes. A larger page is soon made from its copy again, and would take the place of many: lists are read through in such. */
const LARGEST_KEPT = 1_000_000;

async function fromStore(deps: Deps, asked: AskedPage, page: Named): Promise<FinishedPage> {
  const { organization, form, plan } = asked;
  const { items, next } = await sessionPage(
    deps.db,
    organization,
    plan.filter,
    placeOf(deps, asked),
    plan.limit,
  );
  const token = tokenOf(deps, asked, next);
  const [before, behind] = pageFrame(token, form);
  const end = form === 'json' ? unescapeBytes(items, 0, items.length) : items.length;
  return finish(deps, asked, page, joined(before, items.subarray(0, end), behind), token);
}

const placeOf = ({ cursorSecret }: Deps, { organization, plan, token }: AskedPage): Position | null =>
  token === '' ? null : readCursor(cursorSecret, organization, plan.filter, token);

const tokenOf = ({ cursorSecret }: Deps, { organization, plan }: AskedPage, next: Position | null) =>
  next && writeCursor(cursorSecret, organization, plan.filter, next);

const joined = (before: string, items: Buffer, behind: string): Buffer =>
  Buffer.concat([Buffer.from(before), items, Buffer.from(behind)]);

/** Compressed where the client takes that, and kept where it is worth it. */
function finish(
  { pageCache }: Deps,
  { zip }: AskedPage,
  { key, etag, isWanted = pageCache.wants(key) }: Named,
  plain: Buffer,
  next: string | null,
): FinishedPage | Promise<FinishedPage> {
  const zipped = zip && plain.length >= LEAST_ZIPPED;
  const keep = (bytes: Buffer): FinishedPage => {
    const page = { etag, bytes, zipped, next };
    if (isWanted) pageCache.put(key, page);
    return page;
  };
  return zipped ? zipBuffer(plain, { level: constants.Z_BEST_SPEED }).then(keep) : keep(plain);
}

const zipBuffer = promisify(gzip);

/**
 * Names the representation too: the same list in another form, coding or place is another page. By the whole token: one that
 * was damaged must not find the page of the one it was.
 */
function tagOf({ organization, form, zip, plan, token }: AskedPage, version: number): string {
  const place = shortHash(`${organization} ${token}`);
  return `"${version.toString(36)}-${plan.tag}${form === 'json' ? 'j' : 's'}${zip ? 'z' : 'p'}${place}"`;
}
