import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASES } from '../../src/conformance/cases/index.ts';
import { type RunSettings, runConformance } from '../../src/conformance/run.ts';
import { FAULTS } from './setup/faults.ts';
import { created, type Installation, type Organization, openInstallation } from './setup/installation.ts';
import { addSamples } from './setup/samples.ts';
import { type Hooks, startWrongServer } from './setup/wrongServer.ts';

/** Servers that break one rule each, and `kinebase conformance`, which must find just that. */
let it: Installation;
let riverside: Organization;
let northside: Organization;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  northside = await it.organization('northside');
  // Short recordings: their series go through the proxy some thousand times.
  await addSamples(riverside, 120);
});
afterAll(() => it.end());

/** A user of its own for each: every run has one failed sign-in, and those are slowed down. */
let users = 0;
async function newUser() {
  const user = {
    Username: `examiner-${users++}@riverside.example`,
    Password: 'examiner-movement',
    Role: 'coach',
  };
  await created(riverside.call('/users', { method: 'POST', body: user }));
  return { username: user.Username, password: user.Password, clientId: riverside.clientId };
}

/** Twenty sign-ins and 250 reports say nothing about most faults, and take most of the time. */
const LONG = [13, 52];

async function failing(hooks: Hooks, settings: Partial<RunSettings> = {}, long: number[] = []) {
  const wrong = await startWrongServer(it.url, hooks);
  try {
    const numbers = CASES.map(({ number }) => number);
    const only = new Set(numbers.filter((number) => !LONG.includes(number) || long.includes(number)));
    const account = await newUser();
    const { outcomes, leftBehind } = await runConformance({
      url: wrong.url,
      account,
      second: northside,
      only,
      ...settings,
    });
    expect(leftBehind).toEqual([]);
    return outcomes.filter(({ status }) => status === 'failed');
  } finally {
    await wrong.close();
  }
}

test('a proxy that changes nothing fails nothing', async () => {
  expect(await failing({}, { write: true }, LONG)).toEqual([]);
});

test('every case but one is failed by some server: 22 would take ten seconds', () => {
  const failed = new Set(FAULTS.flatMap(({ fails }) => fails));
  expect(CASES.map(({ number }) => number).filter((number) => !failed.has(number))).toEqual([22]);
});

describe('a server that', () => {
  test.each(FAULTS)('$what fails $fails', async ({ fails, write, hooks }) => {
    const failed = await failing(hooks(), write === undefined ? {} : { write }, fails);
    const found = failed.map(({ number }) => number);
    expect(
      found,
      failed
        .map(
          ({ number, request, expected, found }) =>
            `${number}: ${request}: expected ${expected}; found ${found}`,
        )
        .join('\n'),
    ).toEqual(fails);
  });
});
