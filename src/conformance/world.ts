import type { Answer, Ask } from './ask.ts';
import { isMembers, type Members } from './expect.ts';
import { claimsOf } from './forged.ts';
import { forgivingList, forgivingValue, type Listing, readListing } from './lenient.ts';
import { type Account, createDoor, type Door, type Tokens, withPassword } from './signIn.ts';
import { Undecided } from './verdict.ts';
import { createWritten, type Written } from './written.ts';

/** The server that is examined, and what is known of the account: each thing found out once, when a case first needs it. */
export interface World {
  /** Both without a slash at the end. */
  readonly base: string;
  readonly signInUrl: string;
  readonly account: Account;
  readonly ask: Ask;
  readonly door: Door;
  /** GET below the base, with a token that opens, and the documented one for the first page of sessions. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** The same as somebody of the other organization; throws Undecided without a second account. */
  getAsOther(path: string): Promise<Answer>;
  /** GET below the base with these headers and no others. */
  bare(path: string, headers: Record<string, string>): Promise<Answer>;
  tokens(): Promise<Tokens>;
  /** The Authorization header that opens. */
  authorization(): Promise<string>;
  /** The part of the user pool's id after `_`. */
  poolName(): Promise<string>;
  roster(): Promise<Members[]>;
  /** Every session, or as many as are read at most. */
  sessions(): Promise<Listing>;
  /** The same, read again. */
  sessionsNow(): Promise<Listing>;
  /** Sessions with their report: some of the left, some of the right, some others. */
  reports(): Promise<Sample[]>;
  /** A few sessions with their series. */
  series(): Promise<Sample[]>;
  /** Adds records of its own; throws Undecided unless that was allowed, after what is known already. */
  written(known?: string): Written;
  /** Answers of 500 and above so far. */
  readonly failures: readonly Answer[];
}

export interface Sample {
  session: Members;
  answer: Answer;
  value: Members;
}

export interface WorldSettings {
  base: string;
  signInUrl: string;
  /** Id of the user pool, where the tokens do not tell. */
  pool: string | null;
  account: Account;
  second: Account | null;
  write: boolean;
  /** Sessions read at most for one listing. */
  most: number;
  ask: Ask;
  /** Goes on after the run was aborted, so that what was begun is known, and can be removed. */
  askAnyway: Ask;
  failures: readonly Answer[];
}

export function createWorld(settings: WorldSettings): World & { cleanUp(): Promise<string[]> } {
  const { base, signInUrl, account, second, ask, most } = settings;
  const door = createDoor(ask, signInUrl);
  const bare = (path: string, headers: Record<string, string>) => ask('GET', `${base}${path}`, { headers });
  const tokens = once(() => signIn(door, account));
  const authorization = once(async () => `Bearer ${await openingToken(bare, tokens)}`);
  const otherAuthorization = once(async () => {
    if (second === null) throw new Undecided('needs --second-username, of another organization');
    return `Bearer ${await openingToken(bare, () => signIn(door, second))}`;
  });
  const get = async (path: string, headers: Record<string, string> = {}) =>
    bare(path, { ...(await usualHeaders(path)), ...headers });
  const usualHeaders = async (path: string) => ({
    authorization: await authorization(),
    ...(/^\/session(s|Data)/.test(path) ? { 'x-continuation-token': '""' } : {}),
  });
  const sessionsNow = async (): Promise<Listing> => {
    const page = (token: string) => get('/sessions', { 'x-continuation-token': token });
    const listing = await readListing(page, 'Session ID', most);
    if (listing === null)
      throw new Undecided('the sessions cannot be listed: see case 23', { blocked: true });
    return listing;
  };
  const sessions = once(sessionsNow);
  const sample = (path: string, choose: (sessions: Members[]) => Members[]) =>
    once(async () => {
      const { items } = await sessions();
      if (items.length === 0) throw new Undecided('the account has no sessions');
      const found: Sample[] = [];
      for (const session of choose(items)) {
        const answer = await get(`${path}?s3Key=${encodeURIComponent(String(session.s3Key))}`);
        const value = answer.status === 200 ? forgivingValue(answer) : undefined;
        if (isMembers(value)) found.push({ session, answer, value });
      }
      return found;
    });
  const written = createWritten(async (method, path, options = {}) =>
    settings.askAnyway(method, `${base}${path}`, {
      ...options,
      headers: { authorization: await authorization(), ...options.headers },
    }),
  );
  return {
    base,
    signInUrl,
    account,
    ask,
    door,
    get,
    getAsOther: async (path) => bare(path, { authorization: await otherAuthorization() }),
    bare,
    tokens,
    authorization,
    poolName: once(async () => poolNameOf(settings.pool, (await tokens()).IdToken)),
    roster: once(async () => forgivingList(await get('/athletes'))),
    sessions,
    sessionsNow,
    reports: sample('/reportData', spread),
    series: sample('/ikData', (items) => evenly(items, 3)),
    written(known = '') {
      if (!settings.write) throw new Undecided(`${known}needs --write`);
      return written;
    },
    failures: settings.failures,
    cleanUp: written.cleanUp,
  };
}

/** Whatever comes of it the first time, a failure too. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null;
  return () => {
    found ??= find();
    return found;
  };
}

async function signIn(door: Door, account: Account): Promise<Tokens> {
  const { json } = await door('InitiateAuth', withPassword(account));
  const result = isMembers(json) && isMembers(json.AuthenticationResult) ? json.AuthenticationResult : {};
  const text = (name: string) => (typeof result[name] === 'string' ? (result[name] as string) : '');
  const tokens = {
    IdToken: text('IdToken'),
    AccessToken: text('AccessToken'),
    RefreshToken: text('RefreshToken'),
  };
  if (tokens.IdToken === '' && tokens.AccessToken === '')
    throw new Undecided(`${account.username} cannot sign in: see case 1`, { blocked: true });
  return tokens;
}

/** Either token must open; a server that refuses one is examined with the other. */
async function openingToken(bare: World['bare'], tokens: () => Promise<Tokens>): Promise<string> {
  const { IdToken, AccessToken } = await tokens();
  for (const token of [IdToken, AccessToken].filter((each) => each !== '')) {
    const { status } = await bare('/athletes', { authorization: `Bearer ${token}` });
    if (status !== 401 && status !== 403) return token;
  }
  throw new Undecided('no token is accepted: see cases 10 and 11', { blocked: true });
}

/** The issuer of a user pool ends in its id, `<region>_<name>`. */
function poolNameOf(stated: string | null, idToken: string): string {
  const { iss } = stated === null ? (claimsOf(idToken) ?? {}) : {};
  const id = stated ?? (typeof iss === 'string' ? (iss.split('/').pop() ?? '') : '');
  const name = /_(.+)$/.exec(id)?.[1];
  if (name === undefined)
    throw new Undecided('needs the id of the user pool (--pool), which the tokens do not name');
  return name;
}

/** Up to twelve: three of the left, three of the right, six others. */
function spread(sessions: Members[]): Members[] {
  const called = (pattern: RegExp) =>
    sessions.filter((session) => pattern.test(String(session['Session Name'])));
  return [
    ...evenly(called(/^Left /), 3),
    ...evenly(called(/^Right /), 3),
    ...evenly(called(/^(?!Left |Right )/), 6),
  ];
}

/** So many of a list, from its first to its last. */
function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * (items.length - 1)) / (count - 1))]!,
  );
}
