// A server in a folder of its own with recordings in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exerciseLibrary } from '../../dist/motion/exercises/index.js';
import { generateMovement } from '../../dist/motion/generator/index.js';
import { writeStorage } from '../../dist/motion/write/write-sto.js';
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

/** Sends a recording, `{ name, bytes }`; answers the status and what was said. */
export async function send(url, token, athleteId, { name, bytes }) {
  const query = new URLSearchParams({ fileName: name, athleteID: athleteId });
  const response = await fetch(`${url}/sessions?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, prefer: 'body=json' },
    body: bytes,
  });
  return { status: response.status, text: await response.text() };
}

/** Sends the recording of ten minutes, or another; answers the session. */
export async function upload(url, token, athleteId, bytes, name = 'ten-minutes.mot') {
  const { status, text } = await send(url, token, athleteId, { name, bytes });
  if (status !== 201) throw new Error(text);
  return JSON.parse(text).body;
}

/** Movement of a dozen exercises, as long as people record. */
export const generatedRecordings = () =>
  exerciseLibrary.slice(0, 12).map((exercise, index) => {
    const movement = generateMovement(exercise, { seed: index + 1, rate_hz: 60 });
    return { name: `${index}.mot`, bytes: Buffer.from(writeStorage(movement, exercise.name)) };
  });
