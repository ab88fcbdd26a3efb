import type { Command } from 'commander';
import { createClient, type KinebaseClient } from '../sdk/index.ts';
import { askPassword } from './ask.ts';
import { UsageError } from './explain.ts';
import { readLogin } from './loginFile.ts';

/** How a command reaches its server and who asks, the same for all of them. */
export interface Connection {
  url?: string;
  username?: string;
  client?: string;
  key?: string;
}

/** A person waits: once more, and then the fault is better known than waited out. */
export const ASKED_AGAIN = 1;

export const DEFAULT_URL = 'http://127.0.0.1:4750';
/** Client id of a fresh installation, open to all its organizations. */
export const DEFAULT_CLIENT = 'kinebase';

export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'server (KINEBASE_URL; else that of kinebase login)')
    .option('--username <name>', 'account (KINEBASE_USERNAME), with its password in KINEBASE_PASSWORD')
    .option('--client <id>', `client id (KINEBASE_CLIENT; else ${DEFAULT_CLIENT})`)
    .option(
      '--key <key>',
      'API key (better in KINEBASE_KEY, where other users of this machine cannot see it)',
    );
}

/** What is said on the command line wins over the environment, and both over the stored sign-in. */
export async function connect(flags: Connection, retries = ASKED_AGAIN): Promise<KinebaseClient> {
  const { KINEBASE_URL, KINEBASE_USERNAME, KINEBASE_CLIENT, KINEBASE_PASSWORD, KINEBASE_KEY } = process.env;
  const stated = flags.url ?? (KINEBASE_URL || undefined);
  const url = stated ?? DEFAULT_URL;
  const byPassword = async (username: string) => {
    const password =
      KINEBASE_PASSWORD || (await askPassword(`Password of ${username}`, 'set KINEBASE_PASSWORD'));
    return createClient({
      url,
      retries,
      username,
      password,
      clientId: flags.client ?? (KINEBASE_CLIENT || DEFAULT_CLIENT),
    });
  };
  if (flags.key !== undefined) return createClient({ url, retries, apiKey: flags.key });
  if (flags.username !== undefined) return byPassword(flags.username);
  if (KINEBASE_KEY) return createClient({ url, retries, apiKey: KINEBASE_KEY });
  if (KINEBASE_USERNAME) return byPassword(KINEBASE_USERNAME);
  const login = await readLogin();
  // A stored sign-in never goes to another server than the one it is from.
  if (login === null || (stated !== undefined && !sameServer(stated, login.url))) {
    throw new UsageError(
      `you are not signed in to ${url}; run \`kinebase login ${url}\`, or set KINEBASE_KEY`,
    );
  }
  return createClient({
    url: login.url,
    retries,
    refreshToken: login.refreshToken,
    clientId: login.clientId,
  });
}

const sameServer = (one: string, other: string): boolean =>
  one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
