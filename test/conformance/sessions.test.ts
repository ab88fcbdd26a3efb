import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SESSION_KEYS } from '../../src/conformance/cases/sessions.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { BASES, call, expectError, opened } from './setup/http.ts';
import {
  exerciseNamed,
  fillSessions,
  type Installation,
  type Organization,
  openInstallation,
} from './setup/installation.ts';
import { addSamples, PUBLISHED_NAMES, type Samples } from './setup/samples.ts';

let it: Installation;
let riverside: Organization;
let samples: Samples;
let empty: Organization;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  samples = await addSamples(riverside);
  empty = await it.organization('empty');
});
afterAll(() => it.end());

const idsOf = (sessions: Session[]) => sessions.map((session) => session['Session ID']);
/** Newest first: the five of the assessment were recorded a minute apart, the one alone the day before. */
const newestFirst = () => [...samples.assessed.toReversed(), samples.alone];

describe.each(BASES)('at %s', (_, base) => {
  const ask = (query = '', continuation?: string, token = riverside.token) =>
    call(`${it.url}${base}/sessions${query}`, {
      token,
      headers: continuation === undefined ? {} : { 'x-continuation-token': continuation },
    });
  const first = async (query = '?limit=2') => (await ask(query)).json;

  test('23. Without parameters and with "" as token: an envelope string and the next token', async () => {
    const answer = await ask('', '""');
    expect(opened(answer)).toEqual(newestFirst());
    expect(Object.keys(answer.json)).toEqual(['statusCode', 'X-Continuation-Token', 'body']);
  });

  test('24. Empty limit and athleteID are as if they were not there', async () => {
    expect((await ask('?limit=&athleteID=', '""')).json).toEqual((await ask('', '""')).json);
  });

  test.each([undefined, '', 'null', '""', '  '])(
    '25. A token header of %o asks for the first page',
    async (continuation) => {
      expect(opened(await ask('', continuation))).toEqual(newestFirst());
    },
  );

  test('26. A token sent back raw brings the next page', async () => {
    const page = await ask('?limit=2', (await first())['X-Continuation-Token']);
    expect(opened(page)).toEqual(newestFirst().slice(2, 4));
  });

  test('27. A token sent back JSON-encoded brings the same page', async () => {
    const page = await ask('?limit=2', JSON.stringify((await first())['X-Continuation-Token']));
    expect(opened(page)).toEqual(newestFirst().slice(2, 4));
  });

  test('28. A token sent back JSON-encoded twice brings the same page', async () => {
    const page = await ask(
      '?limit=2',
      JSON.stringify(JSON.stringify((await first())['X-Continuation-Token'])),
    );
    expect(opened(page)).toEqual(newestFirst().slice(2, 4));
  });

  test('29. The last page has the token null', async () => {
    const last = await ask('?limit=4', (await first('?limit=4'))['X-Continuation-Token']);
    expect(opened(last)).toHaveLength(2);
    expect(last.json).toHaveProperty('X-Continuation-Token', null);
  });

  test('30. "null" in quotes gets an empty page and no restart', async () => {
    const answer = await ask('', '"null"');
    expect(opened(answer)).toEqual([]);
    expect(answer.json).toHaveProperty('X-Continuation-Token', null);
  });

  test('32. limit is the size of a page; 0, negative and no number are refused', async () => {
    expect(opened(await ask('?limit=2'))).toHaveLength(2);
    for (const limit of [6, 7, 1000, 5000, 1_000_000]) {
      const whole = await ask(`?limit=${limit}`);
      expect(opened(whole)).toHaveLength(6);
      expect(whole.json['X-Continuation-Token']).toBe(null);
    }
    for (const limit of ['0', '-1', '1.5', 'ten', 'NaN', 'Infinity', '1e999', '0x10', '2;3', '٣']) {
      expectError(await ask(`?limit=${encodeURIComponent(limit)}`), 400);
    }
    expectError(await ask('?limit=2&limit=3'), 400);
  });

  test('34. athleteID restricts to one athlete; an unknown one has no sessions', async () => {
    const [ada, joerg] = samples.athletes.map((athlete) => athlete.ValorID);
    expect(opened(await ask(`?athleteID=${ada}`))).toEqual(newestFirst().slice(0, 5));
    expect(opened(await ask(`?athleteID=${joerg}`))).toEqual([samples.alone]);
    for (const unknown of ['00000000-0000-0000-0000-000000000000', 'nobody', "' or 1=1 --", '%', '*']) {
      const answer = await ask(`?athleteID=${encodeURIComponent(unknown)}`);
      expect(opened(answer)).toEqual([]);
      expect(answer.json['X-Continuation-Token']).toBe(null);
    }
  });

  test('35. A token with other filters, of another organization or broken is refused', async () => {
    const token: string = (await first())['X-Continuation-Token'];
    const ada = samples.athletes[0]!.ValorID;
    for (const query of [
      `?athleteID=${ada}`,
      '?order=oldest',
      '?from=2026-05-04',
      '?name=Hip%20Hinge%20Test',
    ]) {
      const answer = await ask(query, token);
      expectError(answer, 400);
      expect(answer.json.code).toBe('continuation_token_mismatch');
    }
    expect(opened(await ask('?limit=3', token))).toHaveLength(3);
    for (const broken of [
      token.slice(1),
      `${token}A`,
      token.toLowerCase(),
      'abc',
      '"',
      '{}',
      '"""',
      `"${token}`,
      '"undefined"',
      'None',
    ]) {
      const answer = await ask('?limit=2', broken);
      expectError(answer, 400);
      expect(answer.json.code).toBe('invalid_continuation_token');
    }
    expectError(await ask('?limit=2', token, empty.token), 400);
  });

  test('36. Every session has the eight keys, spelled so', async () => {
    for (const session of opened(await ask())) expect(Object.keys(session)).toEqual(SESSION_KEYS);
  });

  test('37. Date starts with the UTC date of recording', async () => {
    const dates = opened(await ask()).map((session: Session) => session.Date);
    expect(dates).toEqual([
      '2026-05-05T03:54:30.123456Z',
      '2026-05-05T03:53:30.123456Z',
      '2026-05-05T03:52:30.123456Z',
      '2026-05-05T03:51:30.123456Z',
      '2026-05-05T03:50:30.123456Z',
      '2026-05-03T00:00:00.000Z',
    ]);
  });

  test('38. s3Key is a string that is not empty and needs no encoding', async () => {
    for (const { s3Key } of opened(await ask())) expect(s3Key).toMatch(/^[A-Za-z0-9._~-]+$/);
  });

  test('39. Free sessions never appear, whatever the filter', async () => {
    const { 'Session ID': id, 'Athlete ID': athlete, 'Exercise ID': exercise } = samples.free;
    const filters = [
      '',
      `?athleteID=${athlete}`,
      `?exerciseID=${exercise}`,
      '?assessmentID=singleExercise',
      '?name=Hip%20Hinge%20Test',
      '?from=2026-05-01',
      '?order=oldest',
    ];
    for (const filter of filters) expect(idsOf(opened(await ask(filter)))).not.toContain(id);
  });

  test('40. A recording made alone is labelled singleExercise; those of one assessment share its id', async () => {
    const sessions: Session[] = opened(await ask());
    expect(sessions.map((session) => session['Assessment ID'])).toEqual([
      ...Array.from({ length: 5 }, () => samples.assessmentId),
      'singleExercise',
    ]);
  });

  test('41. The published session names come back unchanged', async () => {
    const names = opened(await ask(`?assessmentID=${samples.assessmentId}&order=oldest`)).map(
      (session: Session) => session['Session Name'],
    );
    expect(names).toEqual(PUBLISHED_NAMES);
    for (const name of PUBLISHED_NAMES) {
      const found: Session[] = opened(
        await ask(`?name=${encodeURIComponent(name)}&assessmentID=${samples.assessmentId}`),
      );
      expect(found.map((session) => session['Session Name'])).toEqual([name]);
    }
  });

  test('42. The order is time of recording, then Session ID; newest first unless asked otherwise', async () => {
    const athleteId = samples.athletes[2]!.ValorID;
    const exerciseId = (await exerciseNamed(riverside, 'Hip Hinge Test'))['Exercise ID'];
    const at = Date.UTC(2025, base === '' ? 1 : 2) * 1000;
    // Ten sessions at three times: within one, only the id decides.
    const stored = await fillSessions(it, riverside, { athleteId, exerciseId }, 10, (index) => ({
      recordedAt_us: at + (index % 3),
    }));
    const sorted = stored
      .toSorted((a, b) => a.recordedAt_us - b.recordedAt_us || (a.sessionId < b.sessionId ? -1 : 1))
      .map((session) => session.sessionId);
    const month = `from=2025-0${base === '' ? 2 : 3}-01&to=2025-0${base === '' ? 2 : 3}-28`;
    expect(idsOf(opened(await ask(`?${month}&order=oldest`)))).toEqual(sorted);
    for (let i = 0; i < 3; i++) expect(idsOf(opened(await ask(`?${month}`)))).toEqual(sorted.toReversed());
    for (const session of stored)
      await riverside.call(`/sessions/${session.sessionId}`, { method: 'DELETE' });
  });

  test('43. An organization without sessions has the body "[]"', async () => {
    const answer = await ask('', '""', empty.token);
    expect(answer.json).toEqual({ statusCode: 200, 'X-Continuation-Token': null, body: '[]' });
  });

  test('59. /sessionData answers as /sessions does', async () => {
    const older = (query: string) => call(`${it.url}${base}/sessionData${query}`, { token: riverside.token });
    for (const query of ['', '?limit=2', `?athleteID=${samples.athletes[1]!.ValorID}&order=oldest`]) {
      expect((await older(query)).json).toEqual((await ask(query)).json);
    }
    expectError(await older('?limit=0'), 400);
  });
});
