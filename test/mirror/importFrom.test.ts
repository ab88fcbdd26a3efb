import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createClient } from '../../src/sdk/index.ts';
import { startServer } from '../setup/server.ts';
import { databasePlace, type Place } from '../store/engines.ts';
import { type Archive, doorClient, openArchive } from './archive.ts';
import { type Destination, expectFilled, fill, openDestination, writesTo } from './destination.ts';

const ENGINES = [
  { engine: 'SQLite', available: true, place: async () => null },
  { engine: 'PostgreSQL', available: inject('postgresUrl') !== null, place: () => databasePlace() },
];

for (const { engine, available, place: newPlace } of ENGINES) {
  describe.skipIf(!available)(`an organization on ${engine}, from a server of the contract`, () => {
    let archive: Archive;
    let destination: Destination;
    let place: Place | null;
    beforeAll(async () => {
      archive = await openArchive(6, { bare: true });
      const [assessment] = await archive.client.assessments.list().all();
      const [session] = await archive.client.sessions.list().all();
      await archive.client.sessions.patch(session!['Session ID'], {
        'Assessment ID': assessment!['Assessment ID'],
      });
      place = await newPlace();
      destination = await openDestination(place === null ? {} : { DATABASE_URL: place.url });
    });
    afterAll(async () => {
      await archive?.end();
      await destination?.end();
      await place?.remove();
    });

    test('gets every record under its id, and series and reports as they are', async () => {
      const summary = await fill(archive, destination);
      expect(summary.failed).toEqual([]);
      expect(summary).toMatchObject({ complete: true, source: 'contract', left: 0 });
      expect(summary.counts.sessions).toMatchObject({ new: 6, changed: 0, unchanged: 0, failed: 0 });
      expect(summary.counts.athletes).toMatchObject({ new: 2, onlyHere: 0 });
      const bare = doorClient(archive);
      await expectFilled(bare, destination);
      for (const { 'Session ID': id, s3Key } of await bare.sessions.list().all()) {
        const [version, ...others] = await destination.client.sessions.reports(id).all();
        expect(others).toEqual([]);
        expect(version).toMatchObject({ Version: 1, Reason: 'imported', PipelineVersion: 0 });
        const { Flags } = (await destination.client.reportData(s3Key)).Provenance;
        expect(Flags[0]).toBe(`report and series imported from ${archive.door.url}`);
      }
    });

    test('finds nothing to do the second time, and writes nothing', async () => {
      const before = writesTo(destination).length;
      const summary = await fill(archive, destination);
      expect(summary).toMatchObject({ complete: true, failed: [] });
      for (const counts of Object.values(summary.counts))
        expect(counts).toMatchObject({ new: 0, changed: 0 });
      expect(summary.counts.sessions.unchanged).toBe(6);
      const again = await fill(archive, destination, { refresh: true });
      expect(again.counts.sessions).toMatchObject({ new: 0, changed: 0, unchanged: 6 });
      expect(writesTo(destination).length).toBe(before);
    });

    test('follows what was changed and added, and keeps what was deleted', async () => {
      const { client, athletes } = archive;
      const [first, second, third] = await client.sessions.list().all();
      await client.athletes.patch(athletes[0]!, { LastName: 'Stream' });
      await client.sessions.patch(first!['Session ID'], {
        'Session Name': 'Left Hop',
        Date: '2026-04-01T10:00:00Z',
      });
      await client.sessions.delete(second!['Session ID']);
      const [squat] = await client.exercises.list({ name: 'Squat' }).all();
      await client.sessions.patch(third!['Session ID'], { 'Exercise ID': squat!['Exercise ID'] });
      await archive.record(17);
      const planned = await fill(archive, destination, { dryRun: true });
      const summary = await fill(archive, destination);
      expect({ ...summary, dryRun: true }).toEqual(planned);
      expect(summary.counts).toMatchObject({
        athletes: { changed: 1, unchanged: 1 },
        sessions: { new: 1, changed: 2, unchanged: 3, onlyHere: 1 },
      });
      const gone = second!['Session ID'];
      expect(await destination.client.sessions.get(gone)).toEqual({ ...second });
      await destination.client.sessions.delete(gone);
      await expectFilled(doorClient(archive), destination);
    });

    test('what the source computed anew is seen when it is asked for', async () => {
      const { client } = archive;
      const [session] = await client.sessions.list().all();
      const { 'Session ID': id, s3Key } = session!;
      await client.sessions.repetitions(id, { Repetitions: [{ Start: 0.1, Peak: 0.2, End: 0.4 }] });
      expect((await fill(archive, destination)).counts.sessions.changed).toBe(0);
      const summary = await fill(archive, destination, { refresh: true });
      expect(summary.counts.sessions).toMatchObject({ changed: 1, new: 0, failed: 0 });
      await expectFilled(doorClient(archive), destination);
      const bare = await doorClient(archive).reportData(s3Key);
      expect((await destination.client.reportData(s3Key)).WorkoutMetrics).toMatchObject(bare.WorkoutMetrics);
    });
  });
}

for (const { engine, available, place: newPlace } of ENGINES) {
  describe.skipIf(!available)(`an organization on ${engine}, from a Kinebase`, () => {
    let archive: Archive;
    let destination: Destination;
    let place: Place | null;
    beforeAll(async () => {
      archive = await openArchive(5);
      const { client } = archive;
      const sessions = await client.sessions.list().all();
      const id = (n: number) => sessions[n]!['Session ID'];
      await client.sessions.repetitions(id(0), { Repetitions: [{ Start: 0.1, Peak: 0.2, End: 0.4 }] });
      await client.sessions.repetitions(id(1), { Repetitions: [] });
      await client.sessions.patch(id(2), { Processing: { Rate: 100, CutOff: null, MaxGap: 1 } });
      await client.exercises.create({
        'Exercise Name': 'Our own',
        PrimaryChannel: 'knee_angle_r',
        Metrics: [{ Label: 'Bend (°)', Side: 'R', Channel: 'knee_angle_r', Sign: 1, Min: 10, Max: 50 }],
      });
      const [own] = await client.exercises.list({ name: 'Our own' }).all();
      await client.sessions.patch(id(3), { 'Exercise ID': own!['Exercise ID'] });
      await client.channels.put({
        Channel: 'spine_bend',
        Joint: 'trunk',
        Kind: 'flexion',
        Positive: 'forwards',
        Negative: 'backwards',
      });
      place = await newPlace();
      destination = await openDestination(place === null ? {} : { DATABASE_URL: place.url });
    });
    afterAll(async () => {
      await archive?.end();
      await destination?.end();
      await place?.remove();
    });

    /** Beside what every import brings: the recorded files, and the reports to the last member. */
    async function expectSame(): Promise<void> {
      const { client: from } = archive;
      const { client: to } = destination;
      await expectFilled(from, destination);
      for (const { 'Session ID': id, s3Key } of await from.sessions.list().all()) {
        const [theirs, ours] = [await from.sessions.original(id), await to.sessions.original(id)];
        expect(ours.fileName).toBe(theirs.fileName);
        expect(Buffer.from(ours.bytes).equals(Buffer.from(theirs.bytes))).toBe(true);
        const report = await from.reportData(s3Key);
        const kept = await to.reportData(s3Key);
        const { ReportVersion: _, ...Provenance } = report.Provenance;
        expect(kept).toEqual({ ...report, Provenance: expect.objectContaining(Provenance) });
      }
    }

    test('gets originals, repetitions, processing, definitions and the dictionary', async () => {
      const summary = await fill(archive, destination);
      expect(summary.failed).toEqual([]);
      expect(summary).toMatchObject({ complete: true, source: 'kinebase' });
      expect(summary.counts.sessions).toMatchObject({ new: 5 });
      await expectSame();
      const { client } = destination;
      const own = (await client.channels.list().all()).find(({ Channel }) => Channel === 'spine_bend');
      expect(own).toMatchObject({ DefinedBy: 'organization', Positive: 'forwards' });
      for (const { 'Session ID': id } of await client.sessions.list().all())
        expect(await client.sessions.reports(id).all()).toMatchObject([{ Reason: 'recorded' }]);
    });

    test('finds nothing to do the second time, and writes nothing', async () => {
      const before = writesTo(destination).length;
      for (const refresh of [false, true]) {
        const summary = await fill(archive, destination, { refresh });
        expect(summary).toMatchObject({ complete: true, notes: [] });
        for (const counts of Object.values(summary.counts))
          expect(counts).toMatchObject({ new: 0, changed: 0, failed: 0, onlyHere: 0 });
      }
      expect(writesTo(destination).length).toBe(before);
    });

    test('follows edits of reports, and another recording under an id', async () => {
      const { client } = archive;
      const sessions = await client.sessions.list().all();
      const id = (n: number) => sessions[n]!['Session ID'];
      await client.sessions.repetitions(id(0), { Repetitions: null });
      await client.sessions.patch(id(2), { Processing: { Order: 4 } });
      await client.sessions.patch(id(4), { Processing: { Interpolation: 'linear', CutOff: 8 } });
      await client.sessions.delete(id(1));
      await archive.record(40, { sessionID: id(1), frames: 90 });
      const summary = await fill(archive, destination);
      expect(summary.failed).toEqual([]);
      expect(summary.counts.sessions).toMatchObject({ new: 0, changed: 4, unchanged: 1 });
      await expectSame();
      const writes = writesTo(destination).length;
      expect((await fill(archive, destination)).counts.sessions.unchanged).toBe(5);
      expect(writesTo(destination).length).toBe(writes);
    });

    test('follows names that exercises have exchanged', async () => {
      const { client } = archive;
      const [one, other] = await client.exercises.list().all();
      const rename = (exercise: typeof one, name: string) =>
        client.exercises.patch(exercise!['Exercise ID'], { 'Exercise Name': name });
      await rename(one, 'aside');
      await rename(other, one!['Exercise Name']);
      await rename(one, other!['Exercise Name']);
      expect((await fill(archive, destination)).counts.exercises).toMatchObject({ changed: 2, failed: 0 });
      await expectSame();
      expect((await fill(archive, destination)).counts.exercises).toMatchObject({ changed: 0, new: 0 });
    });
  });
}

describe('what was imported', () => {
  test('goes on to a third server as it came', async () => {
    const archive = await openArchive(3, { bare: true });
    const [first, second] = [await openDestination(), await openDestination()];
    try {
      await fill(archive, first);
      const [session] = await first.client.sessions.list().all();
      await first.client.sessions.repetitions(session!['Session ID'], {
        Repetitions: [{ Start: 0.1, Peak: 0.2, End: 0.4 }],
      });
      const on = await fill(first, second);
      expect(on).toMatchObject({ complete: true, counts: { sessions: { new: 3 } } });
      await expectFilled(doorClient(archive), second, { reports: false });
      const again = await fill(first, second);
      expect(again.counts.sessions).toMatchObject({ changed: 1, unchanged: 2 });
      const { s3Key } = session!;
      expect((await second.client.reportData(s3Key)).Repetitions).toEqual(
        (await first.client.reportData(s3Key)).Repetitions,
      );
      const last = await fill(first, second);
      expect(last.counts.sessions).toMatchObject({ changed: 0, unchanged: 3 });
      const [other] = (await first.client.sessions.list().all()).slice(1);
      const bare = await doorClient(archive).reportData(other!.s3Key);
      expect((await second.client.reportData(other!.s3Key)).WorkoutMetrics).toMatchObject(
        bare.WorkoutMetrics,
      );
    } finally {
      await Promise.all([archive.end(), first.end(), second.end()]);
    }
  });

  test('the same organization is no source for itself', async () => {
    const server = await startServer();
    try {
      const client = createClient({ url: server.url, ...server.firstAdministrator! });
      const { importFrom } = await import('../../src/mirror/importFrom.ts');
      await expect(
        importFrom({ from: client, to: client, fromUrl: server.url, toUrl: `${server.url}/` }),
      ).rejects.toThrow(/same organization/);
    } finally {
      await server.end();
    }
  });
});
