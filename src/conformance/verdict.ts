/** What becomes of a case that does not simply pass. */

/** The server breaks the rule: what was asked, what the contract wants, what came. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly request: string;
  readonly expected: string;
  readonly found: string;
  constructor(request: string, expected: string, found: string) {
    super(`${request}: expected ${expected}; found ${found}`);
    this.request = request;
    this.expected = expected;
    this.found = found;
  }
}

/** Nothing can be said here: the account, its data or the options do not give what the case needs. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
  /** It is the server's fault after all, and another case says so: without a sign-in nothing can be listed. */
  readonly blocked: boolean;
  constructor(reason: string, { blocked = false } = {}) {
    super(reason);
    this.blocked = blocked;
  }
}

/** How often two readings are compared before a difference is believed. */
const ATTEMPTS = 5;

/**
 * Others may be recording and deleting while the server is examined. A difference between two readings counts when it is
 * there each time.
 */
export async function unlessPassing(check: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof Broken) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A case about every one of something says nothing where there is none. */
export function someOf<T>(items: readonly T[], what: string): readonly T[] {
  if (items.length === 0) throw new Undecided(`there are no ${what}`);
  return items;
}
