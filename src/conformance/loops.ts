import type { Answer } from './ask.ts';
import { parsed } from './ask.ts';
import { isMembers, type Members, must } from './expect.ts';
import { createPatience } from './lenient.ts';
import { described } from './words.ts';

/** The documented loops over all sessions, with their own handling of the token: it is JSON-encoded before it is compared. */

export interface Loop {
  name: string;
  /** What becomes of a member in the program's language. */
  encode(token: unknown): string | undefined;
}

export const PYTHON: Loop = {
  name: 'Python',
  // A member that is missing is None, and None is null in JSON.
  encode: (token) => (token === 'null' ? token : JSON.stringify(token ?? null)),
};

export const NODE: Loop = {
  name: 'Node',
  // A member that is missing stays undefined, which is never the text null.
  encode: (token) => (token === 'null' ? token : JSON.stringify(token)),
};

/** Runs a loop. A header that it sends a second time brings it round again, for ever; so may ever new ones. */
export async function runLoop(
  { encode }: Loop,
  page: (token: string) => Promise<Answer>,
): Promise<Members[]> {
  const sessions: Members[] = [];
  const sent = new Set<string | undefined>();
  const goesOn = createPatience('Session ID');
  let continuation: string | undefined = '""';
  while (continuation !== 'null') {
    // An undefined header is not sent, which asks for the first page.
    const answer = await page(continuation ?? '""');
    must(!sent.has(continuation), answer, 'a loop that ends', 'a token that it followed before');
    sent.add(continuation);
    must(answer.status === 200, answer, 'HTTP 200', `HTTP ${answer.status}`);
    const { body, 'X-Continuation-Token': token }: Members = isMembers(answer.json) ? answer.json : {};
    const items = typeof body === 'string' ? parsed(body) : undefined;
    must(Array.isArray(items), answer, 'a body that parses to an array', described(body));
    must(goesOn(items), answer, 'a loop that ends', 'the same sessions again and again');
    sessions.push(...items);
    continuation = encode(token);
    must(
      continuation !== undefined,
      answer,
      'the member X-Continuation-Token, without which it never ends',
      'none',
    );
  }
  return sessions;
}
