import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Statistics } from '../../src/contract/reports.ts';
import { REFERENCE_NAMES, type Reference } from '../motion/reference-data.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller } from './uploading.ts';

const shared = inject('shared');
/** The files whose times are not regular; all others are, and their spline is defined. */
const IRREGULAR = new Set(['imu_fullbody_irregular']);

function expectNear(actual: number, expected: number, allowed: number, what: string): void {
  if (!(Math.abs(actual - expected) <= allowed))
    expect.fail(`${what}: ${actual} instead of ${expected}, allowed ${allowed}`);
}

const magnitude = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.skipIf(shared === null)(
  'real recordings over HTTP against values computed by an independent program',
  () => {
    let server: TestServer;
    let caller: Caller;
    let athleteID: string;
    beforeAll(async () => {
      server = await startServer();
      const { username, password, clientId } = server.firstAdministrator!;
      caller = createCaller(
        server.url,
        `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`,
      );
      athleteID = await caller.athlete();
    });
    afterAll(() => server?.end());

    test.each(REFERENCE_NAMES)('%s', async (name) => {
      const reference: Reference = JSON.parse(
        readFileSync(join(shared!, 'data/reference', `${name}.json`), 'utf8'),
      );
      const bytes = readFileSync(join(shared!, 'data/motion', reference.file));
      const columns = Object.entries(reference.columnsReference);
      const exerciseID = await caller.exercise({
        'Exercise Name': name,
        PrimaryChannel: reference.primary,
        Polarity: reference.polarity,
        Metrics: columns.map(([Channel]) => ({ Label: Channel, Side: 'R', Channel, Sign: 1 })),
      });
      const { status, body: session } = await caller.upload(
        { fileName: basename(reference.file), athleteID, exerciseID },
        bytes,
      );
      expect(status, JSON.stringify(session)).toBe(201);

      const interpolation = IRREGULAR.has(name) ? 'linear' : 'cubic';
      const tolerance = IRREGULAR.has(name) ? 1e-3 : 1e-6;
      const series = await caller.ikData(session);
      const report = await caller.report(session);
      const { time } = series;
      expect(Object.keys(series).length).toBe(1 + 3 * (reference.columns - 1));
      expect(report.Provenance).toMatchObject({
        SourceFile: basename(reference.file),
        SourceRows: reference.rows,
        InDegrees: reference.inDegrees,
        Interpolation: interpolation,
        PrimaryChannel: reference.primary,
        PrimaryChosenBy: 'exercise',
        Polarity: reference.polarity,
        MissingChannels: [],
      });

      const repetitions = reference[`repetitions_${interpolation}`];
      const frame = (seconds: number) => {
        const index = seconds * 60;
        expectNear(index, Math.round(index), 1e-6, 'a time that is a frame');
        return Math.round(index);
      };
      expect(report.Repetitions.length).toBe(repetitions.count);
      expect(report.Repetitions.map(({ Peak }) => frame(Peak))).toEqual(repetitions.peaks);
      const starts = report.Repetitions.map(({ Start }) => frame(Start));
      const ends = report.Repetitions.map(({ End }) => frame(End));
      expect(starts).toEqual(repetitions.boundaries.slice(0, -1));
      expect(ends).toEqual(repetitions.boundaries.slice(1));
      if (reference.humanReps !== null) expect(report.Repetitions.length).toBe(reference.humanReps);
      const primary = magnitude(series[reference.primary]!);
      expectNear(
        report.Provenance.ProminenceThreshold!,
        repetitions.prominenceThreshold,
        tolerance * primary,
        'threshold',
      );

      for (const [label, column] of columns) {
        const expected = column[interpolation];
        expect(time!.length).toBe(column.n60);
        expect(time![column.n60 - 1]).toBeCloseTo((column.n60 - 1) / 60, 9);
        const signals = {
          filtered: series[label]!,
          velocity: series[`${label}_vel`]!,
          acceleration: series[`${label}_acc`]!,
        };
        const scales = Object.fromEntries(
          Object.entries(signals).map(([signal, values]) => [signal, tolerance * magnitude(values)]),
        );
        for (const [signal, values] of Object.entries(signals)) {
          expect(values.length).toBe(column.n60);
          expected.probeIndex.forEach((k, i) => {
            expectNear(
              values[k]!,
              expected.probe[signal as keyof typeof signals][i]!,
              scales[signal]!,
              `${label} ${signal}[${k}]`,
            );
          });
        }

        const { Ang, Vel, Acc, Dec } = Object.fromEntries(
          Object.entries(report.WorkoutMetrics).map(([table, metrics]) => [table, metrics[label]!.R!]),
        ) as Record<'Ang' | 'Vel' | 'Acc' | 'Dec', Statistics>;
        const { session: whole, report: means } = expected;
        expectNear(Ang.FullMax!, whole.max, scales.filtered!, `${label} Ang.FullMax`);
        expectNear(Ang.AvgMax, means.AvgMax ?? whole.max, scales.filtered!, `${label} Ang.AvgMax`);
        expectNear(Ang.Avg!, means.AverageInReps ?? means.Average!, scales.filtered!, `${label} Ang.Avg`);
        expectNear(Vel.FullMax!, whole.maxAbsVelocity, scales.velocity!, `${label} Vel.FullMax`);
        expectNear(
          Vel.AvgMax,
          means.AvgMaxAbsVelocity ?? whole.maxAbsVelocity,
          scales.velocity!,
          `${label} Vel.AvgMax`,
        );
        expectNear(Acc.FullMax!, whole.maxAcceleration, scales.acceleration!, `${label} Acc.FullMax`);
        expectNear(
          Acc.AvgMax,
          means.AvgMaxAcceleration ?? whole.maxAcceleration,
          scales.acceleration!,
          `${label} Acc.AvgMax`,
        );
        expectNear(Dec.FullMax!, whole.maxDeceleration, scales.acceleration!, `${label} Dec.FullMax`);
        expectNear(
          Dec.AvgMax,
          means.AvgMaxDeceleration ?? whole.maxDeceleration,
          scales.acceleration!,
          `${label} Dec.AvgMax`,
        );
      }

      expect((await caller.original(session)).equals(bytes)).toBe(true);
      // The same file zipped is the same recording.
      const zipped = await caller.upload(
        { fileName: `${basename(reference.file)}.gz`, athleteID, exerciseID, kind: 'free' },
        gzipSync(bytes),
      );
      expect(zipped.status).toBe(201);
      expect((await caller.report(zipped.body)).WorkoutMetrics).toEqual(report.WorkoutMetrics);
    });

    test('all twenty files of ik and the four UI-PRMD tables are among them', () => {
      const files = REFERENCE_NAMES.map(
        (name) =>
          JSON.parse(readFileSync(join(shared!, 'data/reference', `${name}.json`), 'utf8')).file as string,
      );
      expect(files.filter((file) => file.startsWith('ik/')).length).toBe(20);
      expect(files.filter((file) => file.startsWith('csv/uiprmd')).length).toBe(4);
    });
  },
);
