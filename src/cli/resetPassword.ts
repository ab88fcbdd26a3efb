import { UsageError } from './explain.ts';
import { out } from './print.ts';
import { refuseMissingStore } from './storeFolder.ts';

/**
 * `kinebase user reset-password NAME --data DIR`: for whoever owns the store, without a server and without the old
 * password. Needs the data folder for itself, so a running server has to be stopped first.
 */
export async function resetPassword(username: string, options: { data?: string }): Promise<void> {
  const { readConfig } = await import('../server/config.ts');
  const { openDb } = await import('../store/open.ts');
  const { findAccount } = await import('../store/users.ts');
  const { openAuth } = await import('../server/auth/auth.ts');
  const { makeUpPassword } = await import('../server/auth/credentials.ts');
  const { patchUser } = await import('../server/auth/administration.ts');
  const { issuerAt, POOL_ID } = await import('../server/issuer.ts');
  const config = readConfig(process.env, { DATA: options.data });
  refuseMissingStore(config.databaseUrl);
  const db = await openDb(config.databaseUrl, 'kinebase user reset-password');
  try {
    const account = await findAccount(db, username);
    if (account === null) throw new UsageError(`there is no user ${JSON.stringify(username)} in this store`);
    const auth = await openAuth({ db, now: Date.now, issuer: issuerAt(config.publicUrl), poolId: POOL_ID });
    const password = makeUpPassword();
    await patchUser(auth, account.organization, account.UserID, { Password: password }, { operator: true });
    out(
      `Password  ${password}\nThe password is shown this once; every sign-in of ${account.Username} has ended.`,
    );
  } finally {
    await db.close();
  }
}
