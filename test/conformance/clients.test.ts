/** Clients that are deployed against the public service, each as a small loop that does what it does on the wire. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/contract/reports.ts';
import { BASES, opened } from './setup/http.ts';
import {
  fillSessions,
  type Installation,
  type Organization,
  openInstallation,
} from './setup/installation.ts';
import { HAS_BOTO3, HAS_REQUESTS, python } from './setup/programs.ts';
import { addSamples, type Samples } from './setup/samples.ts';

let it: Installation;
let riverside: Organization;
let samples: Samples;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  samples = await addSamples(riverside);
  // Sessions of somebody else, so that the capped loops need all of their pages.
  const { 'Exercise ID': exerciseId, 'Athlete ID': athleteId } = samples.alone;
  await fillSessions(it, riverside, { exerciseId, athleteId }, 2500, () => ({ name: 'Squat' }));
});
afterAll(() => it.end());

describe.each(BASES)('at %s', (_, base) => {
  const settings = () => ({
    TOKEN_URL: it.url,
    CLIENT_ID: riverside.clientId,
    KB_USERNAME: riverside.username,
    KB_PASSWORD: riverside.password,
    BASE_URL: `${it.url}${base}`,
  });
  const reports = () =>
    Promise.all(
      samples.assessed.map(
        async (session): Promise<Report> =>
          opened(await riverside.call(`/reportData?s3Key=${session.s3Key}`)),
      ),
    );

  test.skipIf(!HAS_BOTO3)('the boto3 script prints the roster', async () => {
    const printed = await python('roster_script', {
      ...settings(),
      AWS_ENDPOINT_URL: `${it.url}${base}`,
      HOST: it.url,
    });
    expect(printed.statusCode).toBe(200);
    expect(JSON.parse(printed.body)).toHaveLength(3);
  });

  test.skipIf(!HAS_REQUESTS)('the first dashboard lists the sessions of one athlete', async () => {
    for (const LIMIT of ['', '2', '5']) {
      const rows = await python('first_dashboard', { ...settings(), LIMIT, ATHLETE: 'Ada St. John' });
      expect(rows).toEqual(samples.assessed.toReversed());
    }
  });

  test.skipIf(!HAS_REQUESTS)(
    'the second dashboard shows metric, side, value and score of five tests',
    async () => {
      const rows = await python('dashboard', {
        ...settings(),
        BASE_URL: `${it.url}${base}/`,
        ATHLETE: 'Ada St. John',
        DAY: '2026-05-05',
      });
      const expected = (await reports()).flatMap((report, index) =>
        Object.entries(report.WorkoutMetrics.Ang).flatMap(([metric, sides]) =>
          Object.entries(sides).map(([side, { AvgMax, Score }]) => [
            samples.assessed[index]!['Session Name'],
            metric,
            side,
            AvgMax,
            Score,
          ]),
        ),
      );
      expect(rows).toEqual(expected);
    },
  );

  test.skipIf(!HAS_REQUESTS).each(['3', '10'])(
    'the functions find everything within %s pages and agree on the score',
    async (MOST_PAGES) => {
      const scores = (await reports())
        .flatMap((report) => Object.values(report.WorkoutMetrics.Ang))
        .flatMap((sides) => Object.values(sides).map(({ Score }) => Score))
        .filter((score) => score !== null);
      const mean = (scores.reduce<number>((sum, score) => sum + score, 0) / scores.length) * 100;
      for (const slash of ['', '/']) {
        const found = await python('functions', {
          ...settings(),
          BASE_URL: `${it.url}${base}${slash}`,
          MOST_PAGES,
          ATHLETE_ID: samples.athletes[0]!.ValorID,
        });
        expect(found.sessions).toBe(2506);
        expect(found.ids.toSorted()).toEqual(samples.athletes.map((athlete) => athlete.ValorID).toSorted());
        expect(found.mean).toBeCloseTo(mean, 9);
      }
    },
  );
});
