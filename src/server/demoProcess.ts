import { text } from 'node:stream/consumers';
import { openObjects } from '../objects/open.ts';
import { openDb } from '../store/open.ts';
import { openAuth } from './auth/auth.ts';
import type { Config } from './config.ts';
import { ensureDemo } from './demo.ts';
import { issuerAt, POOL_ID } from './issuer.ts';

/**
 * Makes the demo organizations in a process of its own, which ends with its work: computing hundreds of recordings takes
 * memory that the server would otherwise hold for as long as it runs. Started with the configuration as its
 * input; what it prints are progress messages, a line each.
 */
const config = JSON.parse(await text(process.stdin)) as Config;
const db = await openDb(config.databaseUrl, 'kinebase serve --demo, making the demo data');
try {
  const objects = await openObjects(config.objectsUrl, config.s3);
  const auth = await openAuth({ db, now: Date.now, issuer: issuerAt(config.publicUrl), poolId: POOL_ID });
  await ensureDemo({ db, objects, auth, now: Date.now }, (message) => console.log(message));
} finally {
  await db.close();
}
