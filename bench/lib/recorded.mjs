// A server in a folder of its own with the ten-minute recording in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFirstAdministrator } from '../../dist/server/auth/administration.js';
import { addLibrary } from '../../dist/server/definition.js';
import { signIn } from './client.mjs';
import { openStore } from './store.mjs';

/** A data folder with an administrator in it, and how to sign in. */
export async function prepareFolder() {
  const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
  const { db, auth } = await openStore(`sqlite:${data}`);
  const account = await ensureFirstAdministrator(auth);
  await addLibrary(db, account.organization, Date.now());
  await db.close();
  return { data, account, remove: () => rmSync(data, { recursive: true, force: true }) };
}

export async function prepareAthlete(url, account) {
  const token = await signIn(url, account.username, account.password, account.clientId);
  const response = await fetch(`${url}/athletes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, prefer: 'body=json' },
    body: JSON.stringify({ FirstName: 'Ten', LastName: 'Minutes' }),
  });
  return { token, athleteId: (await response.json()).body.ValorID };
}

/** Sends the recording; answers the session. */
export async function upload(url, token, athleteId, bytes) {
  const response = await fetch(`${url}/sessions?fileName=ten-minutes.mot&athleteID=${athleteId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, prefer: 'body=json' },
    body: bytes,
  });
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()).body;
}
