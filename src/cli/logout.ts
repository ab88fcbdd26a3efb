import type { Command } from 'commander';
import { signOut } from '../sdk/index.ts';
import { readLogin, removeLogin } from './loginFile.ts';
import { note, out } from './print.ts';

/** `kinebase logout`: ends the stored sign-in on the server, and forgets it here whatever the server says. */
export function define(command: Command): void {
  command.action(async () => {
    const login = await readLogin().catch(() => null);
    await removeLogin();
    if (login === null) return out('You were not signed in');
    await signOut({ ...login, retries: 0 }).catch((error: Error) =>
      note(`The server could not be told: ${error.message}`),
    );
    out(`Signed out ${login.username}`);
  });
}
