import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAsk } from '../../src/conformance/ask.ts';
import { type Account, createDoor, type Door } from '../../src/conformance/signIn.ts';
import { signInBySrp } from '../../src/conformance/srp.ts';
import { call, opened } from './setup/http.ts';
import { created, type Installation, type Organization, openInstallation } from './setup/installation.ts';
import { POOL_ID } from './setup/signIn.ts';

/** The SRP of `kinebase conformance` against our door, which is tested with the libraries of others. */
const POOL = POOL_ID.split('_')[1]!;
let it: Installation;
let riverside: Organization;
let door: Door;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  const settings = { fetch, timeout_ms: 30_000, signal: new AbortController().signal, heard: () => {} };
  door = createDoor(createAsk(settings), it.url);
});
afterAll(() => it.end());

test('signs in every time, whatever bits its random numbers begin with', async () => {
  for (let i = 0; i < 20; i++) {
    const { IdToken } = await signInBySrp(door, riverside, POOL);
    opened(await call(`${it.url}/athletes`, { token: IdToken }));
  }
});

test('signs in with a password and a name of any letters', async () => {
  const user = { Username: 'Jörg.Łódź@riverside.example', Password: 'Gänse-füße “日本” \\"', Role: 'viewer' };
  await created(riverside.call('/users', { method: 'POST', body: user }));
  const account: Account = { username: user.Username, password: user.Password, clientId: riverside.clientId };
  expect(await signInBySrp(door, account, POOL)).toMatchObject({ TokenType: 'Bearer' });
});

test.each([
  ['a wrong password', { password: 'not this one' }, POOL],
  ['the name of another pool', {}, 'elsewhere'],
  ['somebody who is not there', { username: 'nobody@riverside.example' }, POOL],
])('%s proves nothing', async (_, change, pool) => {
  await expect(signInBySrp(door, { ...riverside, ...change }, pool)).rejects.toThrow(
    /NotAuthorizedException/,
  );
});
