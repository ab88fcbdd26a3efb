import { type Answer, type Ask, createAsk } from './ask.ts';
import type { Case } from './case.ts';
import { CASES } from './cases/index.ts';
import { isMembers } from './expect.ts';
import { type Account, createDoor, exceptionName, withPassword } from './signIn.ts';
import { Broken, Undecided } from './verdict.ts';
import { createWorld, type World } from './world.ts';

export interface RunSettings {
  /** Base URL of the data, with the stage where there is one. */
  url: string;
  /** Where to sign in, when not at `url`. */
  signInUrl?: string | undefined;
  /** Id of the user pool, `<region>_<name>`; found in the tokens when absent. */
  pool?: string | undefined;
  account: Account;
  /** Somebody of another organization. */
  second?: Account | undefined;
  /** Whether records may be added; they are removed again. */
  write?: boolean | undefined;
  /** Numbers of the cases; all when absent. */
  only?: ReadonlySet<number> | undefined;
  /** Sessions read at most for one listing; 20,000 when absent. */
  most?: number | undefined;
  fetch?: typeof fetch | undefined;
  signal?: AbortSignal | undefined;
}

export interface Outcome {
  number: number;
  title: string;
  status: 'passed' | 'failed' | 'skipped';
  duration_ms: number;
  /** Of a skipped case. */
  reason?: string;
  /** Nothing could be said because of something that another case judges. */
  blocked?: true;
  /** Of a failed one: what was asked, what the contract wants, what came. */
  request?: string;
  expected?: string;
  found?: string;
}

export interface Conclusion {
  /** Of 61, or of those that were chosen. */
  outcomes: Outcome[];
  /** Records of ours that could not be removed. */
  leftBehind: string[];
  /** The run was ended from outside; the rest was not asked. */
  aborted: boolean;
}

/** Nobody answers at all, or nobody is let in: then there is nothing to examine. */
export class NoEntry extends Error {
  override readonly name = 'NoEntry';
}

/** Runs the cases one after the other; each outcome is handed on as soon as it is known. */
export async function runConformance(
  settings: RunSettings,
  heard: (outcome: Outcome) => void = () => {},
): Promise<Conclusion> {
  const { signal = new AbortController().signal, most = 20_000, only } = settings;
  const base = settings.url.replace(/\/+$/, '');
  const failures: Answer[] = [];
  const asking = {
    fetch: settings.fetch ?? fetch,
    timeout_ms: 30_000,
    heard: (answer: Answer) => void (answer.status >= 500 && failures.push(answer)),
  };
  const ask = createAsk({ ...asking, signal });
  const signInUrl = (settings.signInUrl ?? base).replace(/\/+$/, '');
  const accounts = [settings.account, ...(settings.second === undefined ? [] : [settings.second])];
  for (const account of accounts) await enter(ask, base, signInUrl, account);
  const world = createWorld({
    base,
    signInUrl,
    pool: settings.pool ?? null,
    account: settings.account,
    second: settings.second ?? null,
    write: settings.write ?? false,
    most,
    ask,
    askAnyway: createAsk({ ...asking, signal: new AbortController().signal }),
    failures,
  });
  const outcomes = new Map<number, Outcome>();
  const leftBehind: string[] = [];
  for (const each of inOrder(CASES.filter(({ number }) => only === undefined || only.has(number)))) {
    if (signal.aborted) break;
    try {
      const outcome = await judge(each, world);
      outcomes.set(each.number, outcome);
      heard(outcome);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      leftBehind.push(...(await world.cleanUp()));
    }
  }
  return {
    outcomes: [...outcomes.values()].sort((one, other) => one.number - other.number),
    leftBehind,
    aborted: signal.aborted,
  };
}

/** A mistyped address or password is said at once, instead of in sixty cases. */
async function enter(ask: Ask, base: string, signInUrl: string, account: Account): Promise<void> {
  const reached = async <T>(url: string, work: Promise<T>): Promise<T> =>
    work.catch((error) => {
      throw error instanceof Broken ? new NoEntry(`nobody answers at ${url}: ${error.found}`) : error;
    });
  await reached(base, ask('GET', `${base}/athletes`));
  const { json } = await reached(
    signInUrl,
    createDoor(ask, signInUrl)('InitiateAuth', withPassword(account)),
  );
  const { __type: type, message } = isMembers(json) ? json : {};
  if (typeof type === 'string' && MISTYPED.includes(exceptionName(type)))
    throw new NoEntry(`${account.username} cannot sign in: ${message} (${exceptionName(type)})`);
}

const MISTYPED = ['NotAuthorizedException', 'UserNotFoundException', 'ResourceNotFoundException'];

/** Case 17 looks at every failure that the others met with, so it comes last. */
function inOrder(cases: readonly Case[]): readonly Case[] {
  const last = cases.filter(({ number }) => number === 17);
  return [...cases.filter((each) => !last.includes(each)), ...last];
}

async function judge({ number, title, check }: Case, world: World): Promise<Outcome> {
  const begun = performance.now();
  const outcome = (rest: Pick<Outcome, 'status'> & Partial<Outcome>): Outcome => ({
    number,
    title,
    duration_ms: Math.round(performance.now() - begun),
    ...rest,
  });
  try {
    await check(world);
    return outcome({ status: 'passed' });
  } catch (error) {
    if (error instanceof Broken) {
      const { request, expected, found } = error;
      return outcome({ status: 'failed', request, expected, found });
    }
    if (error instanceof Undecided)
      return outcome({
        status: 'skipped',
        reason: error.message,
        ...(error.blocked ? { blocked: true } : {}),
      });
    throw error;
  }
}
