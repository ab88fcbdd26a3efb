import axios from 'axios';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IkData } from '../../src/contract/series.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { BASES, call, expectError, opened } from './setup/http.ts';
import {
  addAthlete,
  type Installation,
  movementFile,
  type Organization,
  openInstallation,
  recordFile,
  recordMovement,
} from './setup/installation.ts';

let it: Installation;
let riverside: Organization;
let northside: Organization;
let movement: Session;
let odd: Session;
/** Names as a camera system of somebody else might have them. */
const ODD_NAMES = [
  'waist_rotation',
  'Left Knee Flexion (°)',
  'hüfte/links',
  'CAPS',
  'a.b-c d',
  '右膝',
  '__proto__',
  'constructor',
];
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  northside = await it.organization('northside');
  const { ValorID: athleteID } = await addAthlete(riverside, 'Ada', 'Lovelace');
  movement = await recordMovement(riverside, 'Hip Hinge Test', { athleteID });
  odd = await recordFile(riverside, oddFile(), { fileName: 'odd.sto', athleteID });
});
afterAll(() => it.end());

/** 2.5 s at 100 Hz of one sine per channel, beginning at 4 s. */
function oddFile(): Buffer {
  const rows = Array.from({ length: 251 }, (_, row) => [
    4 + row / 100,
    ...ODD_NAMES.map((_, place) => 10 * Math.sin(row / 20 + place)),
  ]);
  const lines = [
    'odd',
    'inDegrees=yes',
    'endheader',
    ['time', ...ODD_NAMES].join('\t'),
    ...rows.map((row) => row.join('\t')),
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

const withDerivatives = (names: readonly string[]) => [
  'time',
  ...names.flatMap((name) => [name, `${name}_vel`, `${name}_acc`]),
];
/** The column labels of a storage file. */
const labelsOf = (file: Buffer) => file.toString('utf8').split('endheader\n')[1]!.split('\n')[0]!.split('\t');

describe.each(BASES)('at %s', (_, base) => {
  const ask = (query: string, headers: Record<string, string> = {}, token = riverside.token) =>
    call(`${it.url}${base}/ikData${query}`, { token, headers });
  const seriesOf = async ({ s3Key }: Session): Promise<IkData> => opened(await ask(`?s3Key=${s3Key}`));

  test('53. The body holds time and, for each metric, its values, velocity and acceleration', async () => {
    const series = await seriesOf(movement);
    const [, ...metrics] = labelsOf(movementFile('Hip Hinge Test'));
    expect(metrics).toContain('hip_flexion_r');
    expect(Object.keys(series)).toEqual(withDerivatives(metrics));
    for (const values of Object.values(series))
      for (const value of values) expect(value).toBeTypeOf('number');
  });

  test('54. All arrays are equally long; time runs from 0 in steps of 1/60 s to Duration', async () => {
    for (const session of [movement, odd]) {
      const series = await seriesOf(session);
      const { time } = series;
      expect(new Set(Object.values(series).map((values) => values.length))).toEqual(new Set([time.length]));
      expect(time[0]).toBe(0);
      for (const [i, at] of time.entries()) expect(at).toBeCloseTo(i / 60, 9);
      expect(Math.abs(time.at(-1)! - session.Duration)).toBeLessThanOrEqual(1 / 60);
    }
    expect(odd.Duration).toBeCloseTo(2.5, 6);
  });

  test('55. Series have the names they were recorded with: none is dropped or changed', async () => {
    expect(Object.keys(await seriesOf(odd))).toEqual(withDerivatives(ODD_NAMES));
  });

  test('56. Unknown, missing and foreign keys answer as those of reports do', async () => {
    expectError(await ask('?s3Key=unknown'), 404);
    for (const query of ['', '?s3Key=']) expectError(await ask(query), 400);
    const foreign = await ask(`?s3Key=${movement.s3Key}`, {}, northside.token);
    expectError(foreign, 404);
    expect(foreign.json).toEqual((await ask('?s3Key=unknown', {}, northside.token)).json);
  });

  test('the series are the same in every coding and form that a client may accept', async () => {
    const expected = await seriesOf(movement);
    for (const coding of [
      'identity',
      'gzip',
      'br',
      'gzip, deflate, br',
      'deflate',
      '*',
      'gzip;q=0, identity',
    ]) {
      const headers = { 'accept-encoding': coding };
      expect(opened(await ask(`?s3Key=${movement.s3Key}`, headers))).toEqual(expected);
      const parsed = await ask(`?s3Key=${movement.s3Key}`, { ...headers, prefer: 'body=json' });
      expect(parsed.json).toEqual({ statusCode: 200, body: expected });
    }
    const options = {
      headers: { Authorization: `Bearer ${riverside.token}` },
      params: { s3Key: movement.s3Key },
    };
    expect(JSON.parse((await axios.get(`${it.url}${base}/ikData`, options)).data.body)).toEqual(expected);
  });
});
