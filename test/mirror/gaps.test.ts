import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { namedGaps } from '../../src/mirror/gaps.ts';
import { createBudget } from '../../src/mirror/limit.ts';
import { writeStorage } from '../../src/motion/write/write-sto.ts';
import { duckdb } from '../tables/readers.ts';
import { type Archive, newFolder, openArchive, sync } from './archive.ts';

let archive: Archive;
beforeAll(async () => {
  archive = await openArchive(0);
});
afterAll(() => archive.end());

/** A knee and a hip of which `missing` says when there is nothing. */
function recording(frames: number, missing: (frame: number) => boolean): Uint8Array {
  const time = Float64Array.from({ length: frames }, (_, frame) => frame / 60);
  const channels = ['knee_angle_r', 'hip, "left"', 'pelvis_tilt'].map((name, place) => ({
    name,
    unit: 'deg',
    values: time.map((at, frame) => (place < 2 && missing(frame) ? Number.NaN : 30 * Math.sin(at + place))),
  }));
  return writeStorage({ time, channels }, 'gaps');
}

test.each([
  ['named in the report', 900, (frame: number) => frame > 300 && frame < 600, {}, false],
  ['too many to be named', 9000, (frame: number) => frame % 16 > 12, { maxGap: 0.01 }, true],
])(
  'gaps %s are missing values in files, as in those of the server',
  async (_, frames, missing, processing, many) => {
    const session = await archive.client.sessions.record(recording(frames, missing), {
      fileName: 'gaps.mot',
      athleteID: archive.athletes[0]!,
      ...processing,
    });
    const { Provenance } = await archive.client.reportData(session.s3Key);
    expect(Provenance.ExcludedSegments.length >= 1000).toBe(many);
    const { bytes } = await archive.client.ikDataFile(session.s3Key, { format: 'parquet' });
    const theirs = join(newFolder(), 'series.parquet');
    writeFileSync(theirs, bytes);
    const columns = `"knee_angle_r", "hip, ""left""", "hip, ""left""_vel", "pelvis_tilt_acc"`;
    const expected = (await duckdb(`select ${columns} from '${theirs}'`)).rows;
    expect(expected.filter(([knee]) => knee === null).length).toBeGreaterThan(50);
    // Columns come as columns, and as JSON where that is wanted too: whichever way, it is the same.
    for (const more of [[], ['json' as const]]) {
      const folder = newFolder();
      archive.door.asked.length = 0;
      const summary = await sync(archive, folder, { formats: ['parquet', 'csv', 'mot', ...more] });
      expect(summary).toMatchObject({ complete: true, failed: [] });
      const asked = archive.door.asked.filter(({ path }) => path === '/ikData');
      expect(asked.some(({ query }) => query.get('format') === 'arrow')).toBe(more.length === 0);
      const file = (kind: string, ending: string) =>
        join(folder, kind, session.Date.slice(0, 7), `${session['Session ID']}.${ending}`);
      expect((await duckdb(`select ${columns} from '${file('series', 'parquet')}'`)).rows).toEqual(expected);
      expect((await duckdb(`select ${columns} from '${file('series', 'csv')}'`)).rows).toEqual(expected);
      const long = await duckdb(
        `select value, velocity from '${file('series-long', 'parquet')}' where channel = 'hip, "left"' order by time_s`,
      );
      expect(long.rows).toEqual(expected.map(([, value, velocity]) => [value, velocity]));
    }
  },
);

test('a server that answers JSON whatever is asked for is read as such', async () => {
  const folder = newFolder();
  const sessions = await archive.client.sessions.list().all();
  const [few, many] = sessions.sort((one, other) => Number(one.Duration) - Number(other.Duration));
  archive.door.misbehave(async ({ path, query, headers }) => {
    if (path !== '/ikData' || query.get('format') === null) return undefined;
    const url = `${archive.door.url}/ikData?s3Key=${query.get('s3Key')}`;
    const answer = await fetch(url, { headers: { authorization: headers.authorization! } });
    const body = Buffer.from(await answer.arrayBuffer());
    return { kind: 'answer', answer: { headers: { 'content-type': 'application/json' }, body } };
  });
  onTestFinished(() => archive.door.behave());
  const summary = await sync(archive, folder, { formats: ['parquet'] });
  // Gaps that the report does not name stand in no JSON: better no series than one that hides them.
  expect(summary.failed).toMatchObject([{ kind: 'series', id: many!['Session ID'], code: 'not_offered' }]);
  const { time } = await archive.client.ikData(few!.s3Key);
  const file = `series/${few!.Date.slice(0, 7)}/${few!['Session ID']}.parquet`;
  const { rows } = await duckdb(`select time_s from '${join(folder, file)}'`);
  expect(rows.map(([at]) => at)).toEqual(time);
});

test('a gap reaches from its first frame to its last', () => {
  const time = Array.from({ length: 10 }, (_, frame) => Math.round((frame / 60) * 1e10) / 1e10);
  const gaps = namedGaps({ time }, [{ Channel: 'knee', Start: 2 / 60, End: 4 / 60 }]);
  expect([...gaps]).toEqual(['knee', 'knee_vel', 'knee_acc'].map((name) => [name, [[2, 5]]]));
});

test('what takes much waits for room, and what is larger than all of it goes alone', async () => {
  const budget = createBudget(10);
  const order: string[] = [];
  let held = 0;
  const work = (name: string, amount: number) =>
    budget(amount, async () => {
      held += amount;
      expect(held <= 10 || held === amount).toBe(true);
      order.push(name);
      await new Promise(setImmediate);
      held -= amount;
    });
  await Promise.all([work('a', 4), work('b', 5), work('huge', 50), work('c', 1), work('d', 9)]);
  expect(order).toEqual(['a', 'b', 'huge', 'c', 'd']);
});
