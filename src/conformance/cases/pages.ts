import type { Answer } from '../ask.ts';
import type { Case } from '../case.ts';
import { arrayIn, envelopeIn, inShort, isMembers, type Members, must, mustRefuse } from '../expect.ts';
import { createPatience, followToken, forgivingList, forgivingToken, sameItems } from '../lenient.ts';
import { Undecided, unlessPassing } from '../verdict.ts';
import { described } from '../words.ts';
import type { World } from '../world.ts';

/** Continuation tokens, and what the pages hold together. */
export const PAGES: readonly Case[] = [
  {
    number: 23,
    title: 'GET /sessions with the token "" gives an envelope string and a token',
    async check(world) {
      const answer = await page(world, '');
      arrayIn(answer);
      const { [TOKEN]: token } = envelopeIn(answer);
      const wanted = `the member ${TOKEN}, a string or null`;
      must(token === null || typeof token === 'string', answer, wanted, described(token));
    },
  },
  {
    number: 24,
    title: 'Empty limit and athleteID are as if they were not there',
    check: async (world) =>
      unlessPassing(async () => mustBeAlike(await page(world, '?limit=&athleteID='), await page(world, ''))),
  },
  {
    number: 25,
    title: 'No token, an empty one and null ask for the first page',
    check: async (world) =>
      unlessPassing(async () => {
        const first = await page(world, '');
        const authorization = await world.authorization();
        mustBeAlike(await world.bare('/sessions', { authorization }), first);
        for (const token of ['', 'null']) mustBeAlike(await page(world, '', token), first);
      }),
  },
  {
    number: 26,
    title: 'A token sent back raw brings the next page',
    check: (world) => unlessPassing(() => mustGoOn(world, (token) => token)),
  },
  {
    number: 27,
    title: 'A token sent back JSON-encoded brings the same page',
    check: (world) => unlessPassing(() => mustGoOn(world, JSON.stringify)),
  },
  {
    number: 28,
    title: 'A token sent back JSON-encoded twice brings the same page',
    check: (world) => unlessPassing(() => mustGoOn(world, (token) => JSON.stringify(JSON.stringify(token)))),
  },
  {
    number: 29,
    title: 'On the last page X-Continuation-Token is there, and null',
    async check(world) {
      const { query, count } = await fewSessions(world);
      const seen = await readPages(world, `${query}limit=${Math.ceil(count / 2)}`);
      mustBeLast(seen.at(-1)!);
    },
  },
  {
    number: 30,
    title: 'The token "null" in quotes gets an empty page and no restart',
    async check(world) {
      const answer = await page(world, '', '"null"');
      must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
      const { length } = forgivingList(answer);
      must(length === 0, answer, 'no sessions', `${length} sessions`);
      mustBeLast(answer);
    },
  },
  {
    number: 31,
    title: 'Pages hold every session exactly once, also while sessions are added',
    async check(world) {
      await unlessPassing(async () => mustHoldAll(world, async () => {}));
      const written = world.written('every session came once; while others are added: ');
      const athleteID = await written.athlete();
      let added = 0;
      // Newest of all, oldest of all, and in between: before and behind the place that has been reached.
      const dates = ['2199-01-01T00:00:00Z', '1971-01-01T00:00:00Z', new Date().toISOString()];
      const add = async () => {
        await written.session({ athleteID, date: dates[added++ % dates.length]! });
      };
      await unlessPassing(() => mustHoldAll(world, add));
    },
  },
  {
    number: 32,
    title: 'limit is the size of a page; 0, negative and no number are refused',
    async check(world) {
      const small = await page(world, '?limit=2');
      const { length } = forgivingList(small);
      must(length <= 2, small, 'at most 2 sessions', `${length} sessions`);
      for (const limit of ['0', '-1', 'ten']) mustRefuse(await page(world, `?limit=${limit}`), 400);
      await unlessPassing(async () => {
        const { query, count } = await fewSessions(world);
        const whole = await page(world, `?${query}limit=${count + 1000}`);
        must(whole.status === 200, whole, 'HTTP 200', inShort(whole));
        const found = forgivingList(whole).length;
        must(found >= count, whole, `all ${count} sessions`, `${found} sessions`);
        mustBeLast(whole);
      });
    },
  },
  {
    number: 33,
    title: 'Without limit 10,000 sessions take 10 pages at most, and 1,000 three',
    async check(world) {
      const sizes: number[] = [];
      let answer = await page(world, '');
      for (;;) {
        sizes.push(forgivingList(answer).length);
        const total = sum(sizes);
        const token = forgivingToken(answer);
        if (sizes.length === 3 && token !== null)
          must(total >= 1000, answer, '1,000 sessions or all of them after 3 pages', `${total}`);
        if (sizes.length === 10 && token !== null)
          must(total >= 10_000, answer, '10,000 sessions or all of them after 10 pages', `${total}`);
        if (token === null || sizes.length === 10) break;
        answer = await followToken((token) => page(world, '', token), token);
      }
      const enough = sum(sizes) >= 10_000 || Math.max(...sizes) >= 1000;
      if (!enough) throw new Undecided(`the account has ${sum(sizes)} sessions`);
    },
  },
  {
    number: 35,
    title: 'A token with other filters is refused or keeps its own; a broken one is refused',
    check: async (world) =>
      unlessPassing(async () => {
        const { token } = await firstOfTwo(world);
        const own = await followToken((token) => page(world, '?limit=2', token), token);
        const athlete = String((await world.sessions()).items.at(-1)!['Athlete ID']);
        const other = await page(world, `?limit=2&athleteID=${encodeURIComponent(athlete)}`, token);
        if (other.status !== 200) mustRefuse(other, 400);
        else {
          const kept = sameItems(forgivingList(other), forgivingList(own));
          must(kept, other, 'HTTP 400, or the next page by the filters of the token', inShort(other));
        }
        for (const broken of ['not-a-token-of-this-server', `${token}~broken`])
          mustRefuse(await page(world, '?limit=2', broken), 400);
      }),
  },
  {
    number: 42,
    title: 'The order is the same every time, whatever the size of the pages',
    check: async (world) =>
      unlessPassing(async () => {
        const [one, other] = [await world.sessionsNow(), await world.sessionsNow()];
        const limit = Math.max(1, Math.min(1000, Math.ceil(one.items.length / 3)));
        const most = one.items.length;
        const paged = (await readPages(world, `limit=${limit}`, { most })).flatMap(forgivingList);
        for (const again of [other.items, paged]) {
          const [before, after] = inBoth(one.items, again);
          const at = before.findIndex((id, index) => id !== after[index]);
          must(at < 0, one, 'the order of another reading', `another session in place ${at + 1}`);
        }
        if (one.items.length < 3) throw new Undecided(`the account has ${one.items.length} sessions`);
      }),
  },
];

const TOKEN = 'X-Continuation-Token';

const page = ({ get }: World, query: string, token = '""'): Promise<Answer> =>
  get(`/sessions${query}`, { 'x-continuation-token': token });

function mustBeAlike(answer: Answer, other: Answer): void {
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
  const found = forgivingList(answer);
  const wanted = `the page of ${other.request}`;
  must(sameItems(found, forgivingList(other)), answer, wanted, described(found));
  const same = (forgivingToken(answer) === null) === (forgivingToken(other) === null);
  must(same, answer, wanted, `the token ${described(isMembers(answer.json) && answer.json[TOKEN])}`);
}

function mustBeLast(answer: Answer): void {
  const found = isMembers(answer.json) ? answer.json[TOKEN] : undefined;
  must(found === null, answer, `${TOKEN} null`, described(found));
}

/** A page of two with more to come, and its token. */
async function firstOfTwo(world: World): Promise<{ first: Answer; token: string }> {
  const { items } = await world.sessions();
  if (items.length < 3) throw new Undecided(`needs three sessions; the account has ${items.length}`);
  const first = await page(world, '?limit=2');
  const token = forgivingToken(first);
  if (token === null)
    throw new Undecided('the first of several pages has no token: see case 31', { blocked: true });
  return { first, token };
}

async function mustGoOn(world: World, encode: (token: string) => string): Promise<void> {
  const { first, token } = await firstOfTwo(world);
  const answer = await page(world, '?limit=2', encode(token));
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
  const found = forgivingList(answer);
  const before = new Set(idsOf(forgivingList(first)));
  const again = idsOf(found).filter((id) => before.has(id)).length;
  must(found.length > 0, answer, 'the sessions after the first two', 'none');
  must(again === 0, answer, 'the sessions after the first two', `${again} of the first two again`);
  const same = await followToken((token) => page(world, '?limit=2', token), token);
  must(sameItems(found, forgivingList(same)), answer, `the page of ${same.request}`, 'other sessions');
}

/** Sessions that fit into one page, to be asked for by this query, and how many they are. */
async function fewSessions(world: World): Promise<{ query: string; count: number }> {
  const { items, whole } = await world.sessionsNow();
  if (items.length < 2) throw new Undecided(`needs two sessions; the account has ${items.length}`);
  if (whole && items.length <= 1000) return { query: '', count: items.length };
  if (!whole) throw new Undecided('the account has more sessions than are read (--most)');
  const counts = new Map<unknown, number>();
  for (const { 'Athlete ID': id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [id, count] = [...counts].filter(([, count]) => count > 1 && count <= 1000)[0] ?? [];
  if (count === undefined) throw new Undecided('needs an athlete with 2 to 1,000 sessions');
  return { query: `athleteID=${encodeURIComponent(String(id))}&`, count };
}

/** Every page of a query, until one names no token, or the pages go round in circles, or there are enough sessions. */
async function readPages(
  world: World,
  query: string,
  { between = async () => {}, most = Number.POSITIVE_INFINITY }: Reading = {},
): Promise<Answer[]> {
  const pages: Answer[] = [];
  const followed = new Set<string>();
  const goesOn = createPatience('Session ID');
  let answer = await page(world, `?${query}`);
  for (let count = 0; ; ) {
    pages.push(answer);
    const found = forgivingList(answer);
    count += found.length;
    const token = forgivingToken(answer);
    if (token === null || followed.has(token) || !goesOn(found) || count >= most) return pages;
    followed.add(token);
    await between();
    answer = await followToken((token) => page(world, `?${query}`, token), token);
  }
}

interface Reading {
  between?: () => Promise<void>;
  /** Sessions after which it is enough. */
  most?: number;
}

/** Reads everything in about six pages. What was there before must be in them once; what was added may be. */
async function mustHoldAll(world: World, between: () => Promise<void>): Promise<void> {
  const { items, whole } = await world.sessionsNow();
  if (!whole) throw new Undecided('the account has more sessions than are read (--most)');
  if (items.length < 3) throw new Undecided(`needs three sessions; the account has ${items.length}`);
  const limit = Math.min(1000, Math.ceil(items.length / 6));
  const pages = await readPages(world, `limit=${limit}`, { between });
  const asked = { request: `${pages[0]!.request.replace(/ with .*/, '')}, page by page` };
  const ids = pages.flatMap(forgivingList).map((session) => session['Session ID']);
  const seen = new Set(ids);
  must(seen.size === ids.length, asked, 'every session once', `${ids.length - seen.size} of them twice`);
  const missing = idsOf(items).filter((id) => !seen.has(id)).length;
  must(missing === 0, asked, `all ${items.length} sessions`, `${missing} of them missing`);
  const last = pages.at(-1)!;
  must(forgivingToken(last) === null, last, 'pages that end', 'the same pages again');
}

const idsOf = (sessions: readonly Members[]): unknown[] => sessions.map((session) => session['Session ID']);

/** The ids that both lists have, in the order of each. */
function inBoth(one: readonly Members[], other: readonly Members[]): [unknown[], unknown[]] {
  const common = (list: readonly Members[], second: readonly Members[]) => {
    const ids = new Set(idsOf(second));
    return [...new Set(idsOf(list))].filter((id) => ids.has(id));
  };
  return [common(one, other), common(other, one)];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
