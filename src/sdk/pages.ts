import { TOKEN_HEADER } from '../contract/page.ts';
import { KinebaseError } from './errors.ts';
import type { CallOptions, Request, Send } from './request.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Token of the next page; null when all has been retrieved. */
  readonly token: string | null;
}

export interface ListOptions extends CallOptions {
  /** Begin after the page that named this token, with the same filters. */
  token?: string | null;
}

/**
 * A list call: awaited it is its first page, iterated it is every item.
 *
 * @example
 * const { items } = await client.sessions.list({ limit: 10 });
 * for await (const session of client.sessions.list({ from: '2026-05-01' })) console.log(session['Session Name']);
 */
export interface List<Item> extends Paged<Page<Item>, Item> {
  /** Every item, in memory. */
  all(): Promise<Item[]>;
}

/** Awaited its first page, iterated every item. */
export interface Paged<P, Item> extends Promise<P>, AsyncIterable<Item> {
  /** Page by page. */
  pages(): AsyncIterable<P>;
}

/** A list that pages: the token must be a member of every answer. */
export function listPages<Item>(
  send: Send,
  request: Request,
  { token = null, ...options }: ListOptions = {},
): List<Item> {
  return createList(token, async (token) => {
    // The first call sends the text of an empty string, as the documented samples do.
    const opened = await send({ ...request, ...options, headers: { [TOKEN_HEADER]: token ?? '""' } });
    return { items: itemsOf<Item>(opened.value), token: nextToken(opened.token) };
  });
}

/** A list that is complete in one answer. */
export function listWhole<Item>(send: Send, request: Request, options: CallOptions = {}): List<Item> {
  return createList(null, async () => ({
    items: itemsOf<Item>((await send({ ...request, ...options })).value),
    token: null,
  }));
}

/** The end is null; some servers write it as text, and an empty token would begin again. */
function nextToken(token: unknown): string | null {
  if (token === undefined) {
    throw new KinebaseError(
      'missing_token',
      `The page has no member ${TOKEN_HEADER}: whether more follows cannot be known.`,
      { status: 200 },
    );
  }
  if (token === null || token === 'null' || token === '') return null;
  return typeof token === 'string' ? token : JSON.stringify(token);
}

function itemsOf<Item>(value: unknown): readonly Item[] {
  if (!Array.isArray(value))
    throw new KinebaseError('bad_answer', 'The answer holds no list.', { status: 200, body: value });
  return value;
}

function createList<Item>(
  start: string | null,
  fetchPage: (token: string | null) => Promise<Page<Item>>,
): List<Item> {
  const list = createPaged(
    start,
    fetchPage,
    ({ token }) => token,
    ({ items }) => items,
  );
  const all = async () => {
    const found: Item[] = [];
    for await (const item of list) found.push(item);
    return found;
  };
  return Object.assign(list, { all });
}

/** `next`: token of the page behind one, null at the end. */
export function createPaged<P, Item>(
  start: string | null,
  fetchPage: (token: string | null) => Promise<P>,
  next: (page: P) => string | null,
  itemsOf: (page: P) => readonly Item[],
): Paged<P, Item> {
  /** Asked for by `await` and not used by an iteration yet; forgotten after a failure, so that another try is one. */
  let first: Promise<P> | null = null;
  const begin = (): Promise<P> => {
    first ??= fetchPage(start).catch((error) => {
      first = null;
      throw error;
    });
    return first;
  };
  async function* pages(): AsyncGenerator<P, void, undefined> {
    const followed = new Set<string>(start === null ? [] : [start]);
    let page = await begin();
    first = null;
    for (;;) {
      yield page;
      const token = next(page);
      // Not on an empty page: filtered cursors come with empty pages in the middle.
      if (token === null) return;
      if (followed.has(token)) {
        throw new KinebaseError(
          'repeated_token',
          'The server named the same continuation token twice; following it would never end.',
          { status: 200 },
        );
      }
      followed.add(token);
      page = await fetchPage(token);
    }
  }
  async function* items(): AsyncGenerator<Item, void, undefined> {
    for await (const page of pages()) yield* itemsOf(page);
  }
  return {
    // biome-ignore lint/suspicious/noThenProperty: a list is a promise of its first page by design
    then: (resolved, rejected) => begin().then(resolved, rejected),
    catch: (rejected) => begin().catch(rejected),
    finally: (settled) => begin().finally(settled),
    [Symbol.toStringTag]: 'List',
    [Symbol.asyncIterator]: items,
    pages,
  };
}
