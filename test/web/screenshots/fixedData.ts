import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjects } from '../../../src/objects/open.ts';
import { createClient, createKey, createUser } from '../../../src/server/auth/administration.ts';
import { openAuth } from '../../../src/server/auth/auth.ts';
import { readConfig } from '../../../src/server/config.ts';
import { DEMO, ensureDemo } from '../../../src/server/demo.ts';
import { issuerAt, POOL_ID } from '../../../src/server/issuer.ts';
import { openDb } from '../../../src/store/open.ts';
import { createWebhook } from '../../../src/store/webhooks.ts';

/** When the pictures are taken: the demo's six months end here, and pages take it for now. */
export const NOW = Date.parse('2026-05-18T09:30:00Z');
const organization = DEMO[0]!.id;

/** A data folder as it is after six months of use, the same to the last digit whenever it is made. */
export async function makeFixedData(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'kinebase-screenshots-'));
  const config = readConfig({}, { DATA: data, DEMO: 'true' });
  let clock = NOW;
  const now = () => clock;
  const daysAgo = (days: number) => {
    clock = NOW - days * 86_400_000;
  };
  const db = await openDb(config.databaseUrl, 'screenshots');
  try {
    const objects = await openObjects(config.objectsUrl, config.s3);
    const auth = await openAuth({ db, now, issuer: issuerAt(config.publicUrl), poolId: POOL_ID });
    await ensureDemo({ db, objects, auth, now }, () => {});
    daysAgo(60);
    await createUser(auth, organization, { Username: 'physio@riverside.example', Role: 'coach' });
    await createUser(auth, organization, { Username: 'parents@riverside.example', Role: 'viewer' });
    await createClient(auth, organization, { Name: 'Tablets in the hall', ClientID: 'riverside-tablets' });
    await createKey(auth, organization, {
      Name: 'Nightly export',
      Scopes: ['read'],
      Expires: '2027-05-18T00:00:00Z',
    });
    daysAgo(20);
    await createKey(auth, organization, { Name: 'Motion lab', Scopes: ['read', 'record'] });
    const webhook = {
      webhookId: 'webhook-1',
      name: 'Training diary',
      url: 'https://diary.example.org/kinebase',
      kinds: ['session', 'report'] as const,
      secret: 'whsec_none',
    };
    await createWebhook(db, organization, { ...webhook, kinds: [...webhook.kinds] }, 50, NOW * 1000);
  } finally {
    await db.close();
  }
  return data;
}
