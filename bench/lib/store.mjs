// A store, and what signs in to it, opened as the server opens them.
import { openAuth } from '../../dist/server/auth/auth.js';
import { issuerAt, POOL_ID } from '../../dist/server/issuer.js';
import { openDb } from '../../dist/store/open.js';

export async function openStore(databaseUrl) {
  const db = await openDb(databaseUrl, 'kinebase bench');
  const auth = await openAuth({ db, now: Date.now, issuer: issuerAt(null), poolId: POOL_ID });
  return { db, auth };
}
