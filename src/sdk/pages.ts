import type { EndpointName } from '../contract/endpoints.ts';
import { MAX_LIMIT, TOKEN_HEADER } from '../contract/page.ts';
import type { CallOptions, Request } from './call.ts';
import { KinebaseError } from './errors.ts';
import { refuseAborted } from './exchange.ts';
import { iterateItems } from './items.ts';
import type { Send } from './request.ts';
import type { CancelSignal } from './runtime.ts';

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
export const listPages = <Item>(send: Send, request: Request, options?: ListOptions): List<Item> =>
  createList(options, pageReader(send, { ...request, ...withoutToken(options) }, true));

/** A list that is said to be complete in one answer. If it names a token all the same, what follows is not lost. */
export const listWhole = <Item>(send: Send, request: Request, options?: ListOptions): List<Item> =>
  createList(options, pageReader(send, { ...request, ...withoutToken(options) }, false));

const withoutToken = ({ token: _, ...options }: ListOptions = {}): CallOptions => options;

/** `onToken`: told of the token of the page behind, where the server names it ahead of the page. */
type FetchPage<P> = (
  token: string | null,
  signal?: CancelSignal,
  onToken?: (token: string) => void,
) => Promise<P>;

function pageReader<Item>(send: Send, request: Request, pages: boolean): FetchPage<Page<Item>> {
  let { query, beyond } = request;
  return async (token, signal = request.signal, onToken) => {
    // The first call sends the text of an empty string, as the documented samples do.
    const header = token !== null ? headerOf(token) : pages ? '""' : null;
    const headers: Record<string, string> = header === null ? {} : { [TOKEN_HEADER]: header };
    const asked = token === null ? query : largest(request.endpoint, query, send);
    const onHead: Request['onHead'] = (header) => {
      const named = nextToken(header(TOKEN_HEADER) ?? null, false);
      if (named !== null) onToken?.(named);
    };
    const sent = await send({ ...request, signal, headers, query: asked, beyond, onHead });
    if (beyond !== undefined && send.server.beyond === false) {
      // A token belongs to the query that it was named for: what was understood is asked to the end.
      query = sent.query;
      beyond = { ...beyond, query: sent.query ?? {} };
    }
    return { items: itemsOf<Item>(sent.value), token: nextToken(sent.token, pages) };
  };
}

/** Whoever reads sessions on gets the largest pages from a server of ours; what others make of a limit is not known. */
const largest = (endpoint: EndpointName, query: object | undefined, { server }: Send): object | undefined =>
  endpoint === 'listSessions' && server.beyond === true && (query as { limit?: unknown })?.limit === undefined
    ? { ...query, limit: MAX_LIMIT }
    : query;

/** As it came, or in JSON (the contract takes both) where a header could not carry that. */
const headerOf = (token: string): string =>
  /^[\x21-\x7e]+$/.test(token)
    ? token
    : JSON.stringify(token).replace(
        /[^\x20-\x7e]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );

/** The end is null; some servers write it as text, and an empty token would begin again. Either may be encoded once more. */
const END: readonly unknown[] = [null, 'null', '', '"null"', '""'];

function nextToken(token: unknown, needed: boolean): string | null {
  if (END.includes(token) || (token === undefined && !needed)) return null;
  if (token === undefined) {
    throw new KinebaseError(
      'missing_token',
      `The page has no member ${TOKEN_HEADER}: whether more follows cannot be known.`,
      { status: 200 },
    );
  }
  return typeof token === 'string' ? token : JSON.stringify(token);
}

function itemsOf<Item>(value: unknown): readonly Item[] {
  if (!Array.isArray(value))
    throw new KinebaseError('bad_answer', 'The answer holds no list.', { status: 200, body: value });
  return value;
}

function createList<Item>(options: ListOptions = {}, fetchPage: FetchPage<Page<Item>>): List<Item> {
  const list = createPaged(
    options,
    fetchPage,
    ({ token }) => token,
    ({ items }) => items,
  );
  const all = async () => {
    const found: Item[] = [];
    for await (const { items } of list.pages()) for (const item of items) found.push(item);
    return found;
  };
  return Object.assign(list, { all });
}

/** `next`: token of the page behind one, null at the end. */
export function createPaged<P, Item>(
  { token: start = null, signal }: ListOptions,
  fetchPage: FetchPage<P>,
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
    const ahead = aheadOf(fetchPage, followed, signal);
    try {
      for (let number = 1; ; number++) {
        const token = next(page);
        // From the second page on: many look at one page and go.
        if (number > 1) ahead.ask(token);
        yield page;
        refuseAborted(signal);
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
        page = await ahead.take(token);
      }
    } finally {
      ahead.ask(null);
    }
  }
  return {
    // biome-ignore lint/suspicious/noThenProperty: a list is a promise of its first page by design
    then: (resolved, rejected) => begin().then(resolved, rejected),
    catch: (rejected) => begin().catch(rejected),
    finally: (settled) => begin().finally(settled),
    [Symbol.toStringTag]: 'List',
    [Symbol.asyncIterator]: () => iterateItems(pages(), itemsOf, signal),
    pages,
  };
}

/** The next page, on its way while the one before is worked on. */
interface Ahead<P> {
  /** Asks for the page of a token and lets go of any other; null: nobody wants one any more. */
  ask(token: string | null): void;
  /** The page of a token. While it is waited for, the one behind is asked for as soon as its token is known. */
  take(token: string): Promise<P>;
}

/** A page that was asked for. */
interface Asked<P> {
  token: string;
  page: Promise<P>;
  /** The token of the page behind, once it is known. */
  behind: string | null;
  stop(): void;
}

function aheadOf<P>(
  fetchPage: FetchPage<P>,
  followed: ReadonlySet<string>,
  signal: CancelSignal | undefined,
): Ahead<P> {
  let asked: Asked<P> | null = null;
  /** What is waited for. */
  let taken: Asked<P> | null = null;
  const begin = (token: string): Asked<P> => {
    const unwanted = new AbortController();
    const stop = () => unwanted.abort(signal?.reason);
    signal?.addEventListener('abort', stop);
    const page = fetchPage(token, unwanted.signal, (behind) => {
      begun.behind = behind;
      if (taken === begun) ask(behind);
    }).finally(() => signal?.removeEventListener('abort', stop));
    // Its failure is heard of when its turn comes; whoever leaves before that needs neither.
    page.catch(() => {});
    const begun: Asked<P> = { token, page, behind: null, stop };
    return begun;
  };
  const ask = (token: string | null) => {
    if (asked?.token === token) return;
    asked?.stop();
    asked = token === null || followed.has(token) ? null : begin(token);
  };
  return {
    ask,
    async take(token) {
      taken = asked?.token === token ? asked : begin(token);
      asked = null;
      if (taken.behind !== null) ask(taken.behind);
      try {
        return await taken.page;
      } finally {
        taken = null;
      }
    },
  };
}
