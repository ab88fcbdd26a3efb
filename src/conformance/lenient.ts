import { type Answer, parsed } from './ask.ts';
import { isMembers, type Members } from './expect.ts';

/**
 * Reading that forgives, for what cases need beforehand: one broken rule must not hide what the other cases would say.
 * Which rule it was, the case that speaks of it says.
 */

/** The value in an answer, whatever the form of its body. */
export function forgivingValue(answer: Answer): unknown {
  const whole = forgivingJson(answer.text);
  const body = isMembers(whole) && 'body' in whole ? whole.body : whole;
  return typeof body === 'string' ? forgivingJson(body) : body;
}

/** Some encoders write NaN and Infinity, and Python reads them. */
function forgivingJson(text: string): unknown {
  return parsed(text) ?? parsed(text.replace(/-?\b(NaN|Infinity)\b/g, 'null'));
}

export function forgivingList(answer: Answer): Members[] {
  const value = answer.status === 200 ? forgivingValue(answer) : undefined;
  return Array.isArray(value) ? value.filter(isMembers) : [];
}

/** What an answer says of the next page: its token, or null where it ends in any of the ways seen in the wild. */
export function forgivingToken({ json }: Answer): string | null {
  const token = isMembers(json) ? json['X-Continuation-Token'] : null;
  return typeof token === 'string' && token !== '' && token !== 'null' ? token : null;
}

export interface Listing {
  /** What was asked, in words. */
  request: string;
  /** Each once, in the order in which they came. */
  items: Members[];
  /** False when reading was given up: at the limit, or where the pages would not end. */
  whole: boolean;
}

/**
 * Says when pages go round in circles under ever new tokens: so many in a row bring nothing new. A few may, since filters
 * leave pages empty.
 */
export function createPatience(id: string): (items: readonly Members[]) => boolean {
  const seen = new Set<unknown>();
  let idle = 0;
  return (items) => {
    const before = seen.size;
    for (const item of items) seen.add(item[id]);
    idle = seen.size > before ? 0 : idle + 1;
    return idle < MOST_IDLE_PAGES;
  };
}

const MOST_IDLE_PAGES = 50;

/** Follows a list to its end. Null where not even its first page can be had. */
export async function readListing(
  page: (token: string) => Promise<Answer>,
  id: string,
  most: number,
): Promise<Listing | null> {
  const items = new Map<unknown, Members>();
  const followed = new Set<string>();
  const goesOn = createPatience(id);
  let answer = await page('""');
  if (answer.status !== 200) return null;
  const request = `${answer.request.replace(/ with .*/, '')}, page by page`;
  for (;;) {
    const found = forgivingList(answer);
    for (const item of found) if (!items.has(item[id])) items.set(item[id], item);
    const token = forgivingToken(answer);
    const listing = (whole: boolean) => ({ request, items: [...items.values()], whole });
    if (token === null) return listing(true);
    if (followed.has(token) || items.size >= most || !goesOn(found)) return listing(false);
    followed.add(token);
    answer = await followToken(page, token);
    if (answer.status !== 200) return listing(false);
  }
}

/** The page of a token: raw, and JSON-encoded where the server wants that. */
export async function followToken(page: (token: string) => Promise<Answer>, token: string): Promise<Answer> {
  const answer = await page(token);
  return answer.status === 200 ? answer : page(JSON.stringify(token));
}

/** The same records, in whatever order. */
export function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  const texts = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  const [left, right] = [texts(one), texts(other)];
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
