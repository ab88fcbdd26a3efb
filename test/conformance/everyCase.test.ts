import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASES } from '../../src/conformance/cases/index.ts';
import { type Outcome, runConformance } from '../../src/conformance/run.ts';
import { createAthlete } from '../../src/store/athletes.ts';
import { deleteSession, getSession } from '../../src/store/sessions.ts';
import { BASES, opened } from './setup/http.ts';
import {
  addAthlete,
  fillSessions,
  type Installation,
  type Organization,
  openInstallation,
} from './setup/installation.ts';
import { addSamples } from './setup/samples.ts';
import { startWrongServer } from './setup/wrongServer.ts';

/** `kinebase conformance` against our own server. */
const NUMBERS = Array.from({ length: 61 }, (_, index) => index + 1);

let it: Installation;
/** So many athletes and sessions that every case has what it needs. */
let large: Organization;
let small: Organization;
let empty: Organization;
beforeAll(async () => {
  it = await openInstallation();
  large = await it.organization('large');
  small = await it.organization('small');
  empty = await it.organization('empty');
  await addSamples(small, 120);
  const { assessed } = await addSamples(large, 120);
  const stored = (await getSession(it.server.deps.db, large.id, assessed[0]!['Session ID']))!;
  const { exerciseId, name, objects, duration_s } = stored;
  const { ValorID: athleteId } = await addAthlete(large, 'Busy', 'Bee');
  await fillSessions(it, large, { athleteId, exerciseId }, 10_000, () => ({ name, objects, duration_s }));
  for (let i = 0; i < 1000; i++) {
    const athlete = {
      ValorID: crypto.randomUUID().toUpperCase(),
      FirstName: `Athlete ${i}`,
      LastName: 'Large',
      ExternalID: null,
    };
    await createAthlete(it.server.deps.db, large.id, athlete, 0);
  }
});
afterAll(() => it.end());

test('there are cases 1 to 61, in order, each with a title of its own', () => {
  expect(CASES.map(({ number }) => number)).toEqual(NUMBERS);
  expect(new Set(CASES.map(({ title }) => title)).size).toBe(61);
});

const reasons = (outcomes: Outcome[], status: Outcome['status']) =>
  Object.fromEntries(
    outcomes
      .filter((each) => each.status === status)
      .map(({ number, reason, expected, found }) => [
        number,
        reason ?? `expected ${expected}; found ${found}`,
      ]),
  );

describe.each(BASES)('at %s', (_, base) => {
  const url = () => `${it.url}${base}`;

  test('with enough data, a second account and leave to write, every case is judged, and passes', async () => {
    const before = await contentOf(large);
    const heard: number[] = [];
    const settings = { url: url(), account: large, second: small, write: true };
    const { outcomes, leftBehind, aborted } = await runConformance(settings, ({ number }) =>
      heard.push(number),
    );
    expect(outcomes.map(({ number }) => number)).toEqual(NUMBERS);
    expect(heard.toSorted((a, b) => a - b)).toEqual(NUMBERS);
    expect(reasons(outcomes, 'failed')).toEqual({});
    expect(reasons(outcomes, 'skipped')).toEqual({ 17: 'nothing that was asked made the server fail' });
    expect({ leftBehind, aborted }).toEqual({ leftBehind: [], aborted: false });
    expect(await contentOf(large)).toEqual(before);
  });

  test('with one account and few data it changes nothing, and says what it could not judge', async () => {
    const before = await contentOf(small);
    const { outcomes } = await runConformance({ url: `${url()}/`, account: small });
    expect(outcomes.map(({ number }) => number)).toEqual(NUMBERS);
    expect(reasons(outcomes, 'failed')).toEqual({});
    expect(reasons(outcomes, 'skipped')).toEqual({
      17: 'nothing that was asked made the server fail',
      22: 'the organization has 3 athletes',
      31: 'every session came once; while others are added: needs --write',
      33: 'the account has 6 sessions',
      39: 'needs --write',
      51: 'needs --second-username, of another organization',
      55: 'needs --write',
      56: 'needs --second-username, of another organization',
    });
    expect(await contentOf(small)).toEqual(before);
  });

  test('an organization without anything fails no case', async () => {
    const { outcomes } = await runConformance({ url: url(), account: empty });
    expect(reasons(outcomes, 'failed')).toEqual({});
    const skipped = reasons(outcomes, 'skipped');
    expect(skipped).toMatchObject({ 19: 'there are no athletes', 36: 'there are no sessions' });
    expect(Object.values(skipped).filter((reason) => reason.includes('see case'))).toEqual([]);
  });
});

test('a failure in JSON is what case 17 wants to see', async () => {
  const body = Buffer.from('{"message":"The log explains it.","code":"internal"}');
  const failing = await startWrongServer(it.url, {
    ask: ({ query }) =>
      query.get('s3Key')?.includes('passwd')
        ? { status: 500, headers: { 'content-type': 'application/json' }, body }
        : undefined,
  });
  const { outcomes } = await runConformance({ url: failing.url, account: small, only: new Set([17]) });
  await failing.close();
  expect(outcomes).toMatchObject([{ number: 17, status: 'passed' }]);
});

test('sign-in and data may be at different places, and the pool be named', async () => {
  const elsewhere = {
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"message":"no"}'),
  };
  const data = await startWrongServer(it.url, {
    ask: ({ method }) => (method === 'POST' ? elsewhere : undefined),
  });
  const door = await startWrongServer(it.url, {
    ask: ({ method }) => (method === 'GET' ? elsewhere : undefined),
  });
  const settings = { url: data.url, signInUrl: door.url, account: small, only: new Set([1, 7, 16, 18, 26]) };
  const right = await runConformance({ ...settings, pool: 'local_kinebase' });
  const wrong = await runConformance({ ...settings, pool: 'local_other' });
  await data.close();
  await door.close();
  expect(right.outcomes.map(({ status }) => status)).toEqual([
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
  ]);
  expect(wrong.outcomes.filter(({ status }) => status === 'failed').map(({ number }) => number)).toEqual([7]);
});

test('what is asked for alone is run alone, without what it does not need', async () => {
  const asked: string[] = [];
  const counting: typeof fetch = (input, init) => {
    asked.push(new URL(String(input)).pathname);
    return fetch(input, init);
  };
  const settings = { url: it.url, account: small, only: new Set([5, 1]), fetch: counting };
  const { outcomes } = await runConformance(settings);
  expect(outcomes.map(({ number, status }) => [number, status])).toEqual([
    [1, 'passed'],
    [5, 'passed'],
  ]);
  // Whether somebody is there and lets the account in, and then the two.
  expect(asked).toEqual(['/athletes', '/', '/', '/']);
});

test.each([1, 2, 3, 4])(
  'a session recorded and one removed before the list is read for time %i in a case confuse none',
  async (time) => {
    const { 'Session ID': id } = opened(await small.call('/sessions'))[0];
    const stored = (await getSession(it.server.deps.db, small.id, id))!;
    const common = { athleteId: stored.athleteId, exerciseId: stored.exerciseId };
    let last: string | null = null;
    const exchange = async () => {
      const before = last;
      const recordedAt_us = Date.now() * 1000;
      const alike = {
        name: stored.name,
        objects: stored.objects,
        duration_s: stored.duration_s,
        recordedAt_us,
      };
      last = (await fillSessions(it, small, common, 1, () => alike))[0]!.sessionId;
      if (before !== null) await deleteSession(it.server.deps.db, small.id, before, recordedAt_us);
    };
    let lists = 0;
    const changing: typeof fetch = async (input, init) => {
      if (/\/session(s|Data)\b/.test(String(input)) && init?.method === 'GET' && ++lists === time)
        await exchange();
      return fetch(input, init);
    };
    const only = new Set(NUMBERS.filter((number) => number >= 14 && number !== 52));
    const settings = { url: it.url, account: small, write: true, only, fetch: changing };
    const { outcomes } = await runConformance(settings, () => {
      lists = 0;
    });
    expect(last).not.toBe(null);
    await deleteSession(it.server.deps.db, small.id, last!, Date.now() * 1000);
    expect(reasons(outcomes, 'failed')).toEqual({});
  },
);

test('an interrupted run removes what it added, and says so', async () => {
  const before = await contentOf(small);
  const ended = new AbortController();
  const ending: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (init?.method === 'POST' && String(input).includes('/sessions?')) ended.abort();
    return answer;
  };
  const settings = { url: it.url, account: small, write: true, fetch: ending, signal: ended.signal };
  const { outcomes, leftBehind, aborted } = await runConformance({ ...settings, only: new Set([1, 39, 55]) });
  expect(outcomes.map(({ number }) => number)).toEqual([1]);
  expect({ leftBehind, aborted }).toEqual({ leftBehind: [], aborted: true });
  expect(await contentOf(small)).toEqual(before);
});

test.each([
  ['nobody there', 'http://127.0.0.1:1', {}, /nobody answers at http:\/\/127.0.0.1:1: /],
  ['a wrong password', null, { password: 'wrong' }, /cannot sign in: .*NotAuthorizedException/],
  ['an unknown client id', null, { clientId: 'nobody' }, /cannot sign in: .*ResourceNotFoundException/],
])('%s is said at once', async (_, url, change, message) => {
  const account = { ...small, ...change };
  await expect(runConformance({ url: url ?? it.url, account })).rejects.toThrow(message);
});

/** What an organization holds, as its lists show it. */
async function contentOf({ call }: Organization) {
  const athletes: unknown[] = opened(await call('/athletes'));
  const assessments: unknown[] = opened(await call('/assessments'));
  const sessions: unknown[] = opened(await call('/sessions?limit=5000'));
  return { athletes: athletes.length, assessments, sessions };
}
