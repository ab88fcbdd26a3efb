import { type Fetch, globalFetch, type Wait, waitForReal } from './runtime.ts';

/** How a client reaches its server; everything but the URL may be left out. */
export interface ConnectionOptions {
  /** Base URL, with or without `/production` and a slash at the end. */
  url: string;
  /** Where to sign in, if not at `url`: the regional Cognito endpoint of a vendor's service. */
  signInUrl?: string;
  /** Another `fetch`: through a proxy, or straight into a server's handler. */
  fetch?: Fetch;
  /** Longest time for one attempt, answer included; 60,000 when absent, ten times that for a recording. */
  timeout_ms?: number;
  /** How often a safe call is tried again after a passing fault; 4 when absent. */
  retries?: number;
  /** Milliseconds since 1970 UTC. */
  now?: () => number;
  /** How to wait between attempts. */
  wait?: Wait;
  /** From 0 up to 1, for spreading attempts. */
  random?: () => number;
}

/** The options with every default in place. */
export interface Settings {
  readonly url: string;
  readonly signInUrl: string;
  readonly fetch: Fetch;
  readonly timeout_ms: number;
  readonly retries: number;
  readonly now: () => number;
  readonly wait: Wait;
  readonly random: () => number;
}

/** Throws TypeError for what no server could be reached with. */
export function readSettings(options: ConnectionOptions): Settings {
  const { timeout_ms = 60_000, retries = 4 } = options;
  if (!(timeout_ms > 0)) throw new TypeError(`timeout_ms must be above 0, not ${timeout_ms}`);
  if (!(retries >= 0)) throw new TypeError(`retries must be 0 or more, not ${retries}`);
  const url = baseUrl('url', options.url);
  return {
    url,
    signInUrl: options.signInUrl === undefined ? url : baseUrl('signInUrl', options.signInUrl),
    fetch: options.fetch ?? globalFetch,
    timeout_ms,
    retries,
    now: options.now ?? Date.now,
    wait: options.wait ?? waitForReal,
    random: options.random ?? Math.random,
  };
}

/** Without a slash at the end. People paste URLs with blanks and quotes around them. */
function baseUrl(name: string, text: string): string {
  const trimmed = String(text)
    .trim()
    .replace(/^["']|["']$/g, '');
  const refuse = (why: string) => new TypeError(`${name} ${why}, not ${JSON.stringify(text)}`);
  if (!/^https?:\/\/[^/]/i.test(trimmed) || !URL.canParse(trimmed))
    throw refuse('must begin with http:// or https://');
  const { username, password, search, hash } = new URL(trimmed);
  if (username !== '' || password !== '')
    throw new TypeError(`${name} must hold no user name and no password: sign in with username and password`);
  if (search !== '' || hash !== '' || /[?#]$/.test(trimmed)) throw refuse('must end before its ? or #');
  return trimmed.replace(/\/+$/, '');
}
