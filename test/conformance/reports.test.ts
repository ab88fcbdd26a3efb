import axios from 'axios';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetricTable, Report } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { getSession } from '../../src/store/sessions.ts';
import { BASES, call, expectError, opened } from './setup/http.ts';
import {
  addAthlete,
  fillSessions,
  type Installation,
  type Organization,
  openInstallation,
} from './setup/installation.ts';
import { HAS_REQUESTS, python } from './setup/programs.ts';
import { addSamples, PUBLISHED_NAMES, type Samples } from './setup/samples.ts';

let it: Installation;
let riverside: Organization;
let northside: Organization;
let samples: Samples;
/** The recording of the first sample again under keys that need encoding in a URL. */
const ODD_KEYS = [
  'org-1/Ada St. John/2026-05-04/Hip Hinge Test.json',
  'a+b c&d=e%2Ff?g#h',
  "Größe (°)/“Łódź”;,@:$!*'",
];
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  northside = await it.organization('northside');
  samples = await addSamples(riverside);
  const stored = (await getSession(it.server.deps.db, riverside.id, samples.assessed[0]!['Session ID']))!;
  await fillSessions(it, riverside, stored, ODD_KEYS.length, (index) => ({
    kind: 'free',
    s3Key: ODD_KEYS[index]!,
    objects: stored.objects,
  }));
});
afterAll(() => it.end());

/** Every metric and side of a table with its statistics. */
const rowsOf = (table: MetricTable) =>
  Object.entries(table).flatMap(([label, sides]) =>
    Object.entries(sides).map(([side, statistics]) => ({ label, side, statistics })),
  );

describe.each(BASES)('at %s', (_, base) => {
  const ask = (query: string, token = riverside.token) =>
    call(`${it.url}${base}/reportData${query}`, { token });
  const reportOf = async ({ s3Key }: Session): Promise<Report> => opened(await ask(`?s3Key=${s3Key}`));

  test('44. With Authorization and a key alone: an envelope string with WorkoutMetrics.Ang', async () => {
    const report = await reportOf(samples.alone);
    expect(Object.keys(report.WorkoutMetrics)).toEqual(['Ang', 'Vel', 'Acc', 'Dec']);
    expect(Object.keys(report.WorkoutMetrics.Ang)).toEqual([
      'Hip ER (°)',
      'Hip Ext. (°)',
      'Hip Flex. (°)',
      'Hip IR (°)',
      'Knee Flex. (°)',
      'Shin Angle (°)',
      'Torso Ext. (°)',
    ]);
  });

  test('45. Keys are taken percent-encoded, with + for a space, and as a browser sends them', async () => {
    const expected = await reportOf(samples.assessed[0]!);
    for (const key of ODD_KEYS) {
      const spellings = [encodeURIComponent(key), new URLSearchParams({ k: key }).toString().slice(2)];
      for (const spelling of spellings) expect(opened(await ask(`?s3Key=${spelling}`))).toEqual(expected);
      const options = { headers: { Authorization: `Bearer ${riverside.token}` }, params: { s3Key: key } };
      expect(JSON.parse((await axios.get(`${it.url}${base}/reportData`, options)).data.body)).toEqual(
        expected,
      );
    }
    // What a browser leaves as it is in a query: slashes, and dots; a space it encodes.
    expect(opened(await ask(`?s3Key=${ODD_KEYS[0]}`))).toEqual(expected);
    expect(samples.alone.s3Key).toBe(encodeURIComponent(samples.alone.s3Key));
  });

  test.skipIf(!HAS_REQUESTS)("Python's requests encodes any key so that it is found", async () => {
    const settings = { REPORT_URL: `${it.url}${base}/reportData`, TOKEN: riverside.token };
    const reports = await python('reports_by_key', { ...settings, KEYS: JSON.stringify(ODD_KEYS) });
    const expected = await reportOf(samples.assessed[0]!);
    expect(reports).toEqual(ODD_KEYS.map(() => expected));
  });

  test('46. Every side of every metric has a number AvgMax, and a Score of 0, 0.5, 1 or null', async () => {
    for (const session of [...samples.assessed, samples.alone]) {
      const { Ang, Vel, Acc, Dec } = (await reportOf(session)).WorkoutMetrics;
      for (const { label, side, statistics } of [Ang, Vel, Acc, Dec].flatMap(rowsOf)) {
        expect(['L', 'R', 'F', 'B']).toContain(side);
        for (const name of ['AvgMax', 'FullMax', 'Avg'] as const)
          expect(statistics[name], label).toBeTypeOf('number');
        expect([0, 0.5, 1, null]).toContain(statistics.Score);
      }
      expect(rowsOf(Ang).some(({ statistics }) => statistics.Score !== null)).toBe(true);
    }
  });

  test('47. Labels keep the degree sign, in UTF-8', async () => {
    const response = await fetch(`${it.url}${base}/reportData?s3Key=${samples.assessed[0]!.s3Key}`, {
      headers: { authorization: `Bearer ${riverside.token}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.includes(Buffer.from('Ankle DF (\u00b0)', 'utf8'))).toBe(true);
  });

  test.each(PUBLISHED_NAMES)('48. The report of %s has a metric on the side of its name', async (name) => {
    const session = samples.assessed.find((session) => session['Session Name'] === name)!;
    const sides = rowsOf((await reportOf(session)).WorkoutMetrics.Ang).map(({ side }) => side);
    if (name.startsWith('Left')) expect(new Set(sides)).toEqual(new Set(['L']));
    else if (name.startsWith('Right')) expect(new Set(sides)).toEqual(new Set(['R']));
    else expect(sides).toEqual(expect.arrayContaining(['L', 'R']));
  });

  test('49. An unknown key is a 404, not an empty report', async () => {
    for (const key of [
      'unknown',
      'null',
      'undefined',
      'None',
      samples.alone.s3Key.toLowerCase(),
      '../../secrets',
      '%25',
    ]) {
      expectError(await ask(`?s3Key=${key}`), 404);
    }
  });

  test('50. A missing s3Key is a 400', async () => {
    for (const query of ['', '?', '?s3Key', '?s3Key=']) {
      const answer = await ask(query);
      expectError(answer, 400);
      expect(answer.json.code).toBe('missing_parameter');
    }
    expectError(await ask('?s3key=x'), 400);
    expectError(await ask('?s3Key=x&s3Key=y'), 400);
  });

  test('51. A key of another organization answers as an unknown one', async () => {
    const [known, unknown] = [
      await ask(`?s3Key=${samples.alone.s3Key}`, northside.token),
      await ask('?s3Key=unknown', northside.token),
    ];
    expectError(known, 404);
    expect(known.json).toEqual(unknown.json);
  });

  test('52. Five reports each of fifty athletes, one after the other, are all answered', async () => {
    const team = await it.organization(base === '' ? 'team' : 'team-production');
    const own = await addSamples(team);
    const recordings = await Promise.all(
      own.assessed.map((session) => getSession(it.server.deps.db, team.id, session['Session ID'])),
    );
    for (let i = 0; i < 50; i++) {
      const { ValorID: athleteId } = await addAthlete(team, 'Athlete', String(i));
      // Every athlete has the five recordings, under keys of their own.
      for (const recording of recordings) {
        const { exerciseId, name, objects } = recording!;
        await fillSessions(it, team, { athleteId, exerciseId }, 1, () => ({ name, objects }));
      }
    }
    const token = { token: team.token };
    const athletes = opened(await call(`${it.url}${base}/athletes`, token));
    const sessions: Session[] = opened(await call(`${it.url}${base}/sessions`, token));
    const statuses = new Map<number, number>();
    for (const { ValorID, LastName } of athletes) {
      if (!/^\d+$/.test(LastName)) continue;
      for (const { s3Key } of sessions.filter((session) => session['Athlete ID'] === ValorID)) {
        const { status } = await call(`${it.url}${base}/reportData?s3Key=${s3Key}`, token);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect([...statuses]).toEqual([[200, 250]]);
  });
});
