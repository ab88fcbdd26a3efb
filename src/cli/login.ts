import type { Command } from 'commander';
import { createClient, isKinebaseError, signIn, signOut } from '../sdk/index.ts';
import { askPassword, askText } from './ask.ts';
import { ASKED_AGAIN, DEFAULT_CLIENT, DEFAULT_URL } from './connect.ts';
import { readLogin, writeLogin } from './loginFile.ts';
import { out } from './print.ts';

/** `kinebase login URL`: signs in and keeps the refresh token, for the commands after it. */
export function define(command: Command): void {
  command
    .argument('[url]', `server (KINEBASE_URL, else ${DEFAULT_URL})`)
    .option('--username <name>', 'account (KINEBASE_USERNAME); asked for when absent')
    .option('--client <id>', 'client id (KINEBASE_CLIENT); asked for when absent')
    .addHelpText(
      'after',
      '\nThe password is asked for, or read from KINEBASE_PASSWORD. It is not stored; `kinebase logout` forgets the rest.',
    )
    .action(run);
}

async function run(stated: string | undefined, flags: { username?: string; client?: string }): Promise<void> {
  const { KINEBASE_URL, KINEBASE_USERNAME, KINEBASE_CLIENT, KINEBASE_PASSWORD } = process.env;
  const url = stated ?? (KINEBASE_URL || DEFAULT_URL);
  const before = await readLogin().catch(() => null);
  const username =
    flags.username ??
    (KINEBASE_USERNAME || (await askText('Username', before?.username ?? '', 'give --username')));
  const clientId =
    flags.client ??
    (KINEBASE_CLIENT || (await askText('Client id', before?.clientId ?? DEFAULT_CLIENT, 'give --client')));
  const password = KINEBASE_PASSWORD || (await askPassword('Password', 'set KINEBASE_PASSWORD'));
  const { refreshToken } = await signIn({ url, retries: ASKED_AGAIN, username, password, clientId });
  if (refreshToken === null)
    throw new Error(
      'the server gave no refresh token, so there is nothing to keep; use --username with each command',
    );
  await writeLogin({ url, username, clientId, refreshToken });
  if (before !== null) await signOut(before).catch(() => {});
  const organization = await createClient({ url, refreshToken, clientId }).organization().catch(onlyKinebase);
  out(`Signed in as ${username}${organization === null ? '' : ` of ${organization.Name}`}`);
}

/** Other servers of the contract do not name the organization. */
function onlyKinebase(error: unknown): null {
  if (isKinebaseError(error)) return null;
  throw error;
}
