import type { Command } from 'commander';
import { type ConnectionOptions, createClient, type KinebaseClient } from '../sdk/index.ts';
import { askPassword } from './ask.ts';
import { UsageError } from './explain.ts';
import { SERVER_OPTIONS, underHeading } from './help.ts';
import { readLogin } from './loginFile.ts';

/** How a command reaches its server and who asks, the same for all of them. */
export interface Connection {
  url?: string;
  username?: string;
  client?: string;
  key?: string;
  /** Where to sign in, when not at the server. */
  signInUrl?: string;
}

/** A person waits: once more, and then the fault is better known than waited out. */
export const ASKED_AGAIN = 1;

export const DEFAULT_URL = 'http://127.0.0.1:4750';
/** Client id of a fresh installation, open to all its organizations. */
export const DEFAULT_CLIENT = 'kinebase';

export function withConnection(command: Command): Command {
  return underHeading(command, SERVER_OPTIONS, (headed) =>
    headed
      .option('--url <url>', 'server (KINEBASE_URL; else that of kinebase login)')
      .option('--username <name>', 'account (KINEBASE_USERNAME), with its password in KINEBASE_PASSWORD')
      .option('--client <id>', `client id (KINEBASE_CLIENT; else ${DEFAULT_CLIENT})`)
      .option(
        '--key <key>',
        'API key (better in KINEBASE_KEY, where other users of this machine cannot see it)',
      ),
  );
}

/** A server, and whose account it is asked with. */
export interface Connected {
  client: KinebaseClient;
  url: string;
  /** Name of the account; null with an API key. */
  account: string | null;
}

/** What is said on the command line wins over the environment, and both over the stored sign-in. */
export async function connect(flags: Connection, retries = ASKED_AGAIN): Promise<KinebaseClient> {
  return (await connectNamed(flags, { retries })).client;
}

/** `prefix`: of the settings in the environment; `password`: one that was asked for already. */
export async function connectNamed(
  flags: Connection,
  {
    prefix = 'KINEBASE',
    password: known,
    ...options
  }: Pick<ConnectionOptions, 'retries' | 'fetch'> & { prefix?: string; password?: string },
): Promise<Connected> {
  const setting = (name: string): string | undefined => process.env[`${prefix}_${name}`] || undefined;
  const stated = flags.url ?? setting('URL');
  const url = stated ?? DEFAULT_URL;
  const signInUrl = flags.signInUrl === undefined ? {} : { signInUrl: flags.signInUrl };
  const byPassword = async (username: string): Promise<Connected> => {
    const password =
      known ??
      setting('PASSWORD') ??
      (await askPassword(`Password of ${username}`, `set ${prefix}_PASSWORD`));
    const clientId = flags.client ?? setting('CLIENT') ?? DEFAULT_CLIENT;
    const client = createClient({ ...options, url, ...signInUrl, username, password, clientId });
    return { client, url, account: username };
  };
  const byKey = (apiKey: string): Connected => ({
    client: createClient({ ...options, url, apiKey }),
    url,
    account: null,
  });
  if (flags.key !== undefined) return byKey(flags.key);
  if (flags.username !== undefined) return byPassword(flags.username);
  const [key, user] = [setting('KEY'), setting('USERNAME')];
  if (key !== undefined) return byKey(key);
  if (user !== undefined) return byPassword(user);
  const login = await readLogin();
  // A stored sign-in never goes to another server than the one it is from.
  if (login === null || (stated !== undefined && !sameServer(stated, login.url))) {
    const ways = `${prefix === 'KINEBASE' ? '' : `${prefix}_USERNAME or `}${prefix}_KEY`;
    throw new UsageError(`you are not signed in to ${url}; run \`kinebase login ${url}\`, or set ${ways}`);
  }
  const { refreshToken, clientId, username } = login;
  const client = createClient({ ...options, url: login.url, ...signInUrl, refreshToken, clientId });
  return { client, url: login.url, account: username };
}

const sameServer = (one: string, other: string): boolean =>
  one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
