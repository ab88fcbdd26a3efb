import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Curve, Curves, Report } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { processRecording } from '../../src/motion/process.ts';
import { readRecording } from '../../src/motion/read.ts';
import { computeCurves } from '../../src/motion/report/curves.ts';
import { computeReport } from '../../src/motion/report.ts';
import { GENERAL } from '../../src/server/definition.ts';
import { curvesOf, isSmall } from '../../src/server/reportCurves.ts';
import { toCurves, toReport } from '../../src/server/reportDocument.ts';
import { readSeriesFile, writeSeriesFiles } from '../../src/server/seriesFile.ts';
import { reportKey, seriesKey } from '../../src/server/sessionObjects.ts';
import { getSession } from '../../src/store/sessions.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller, motionFile } from './uploading.ts';

let server: TestServer;
let caller: Caller;
let athleteID: string;
let token: string;
beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
  caller = createCaller(server.url, token);
  athleteID = await caller.athlete();
});
afterAll(() => server.end());

const recorded = async (file = motionFile(), more: Record<string, string> = {}): Promise<Session> =>
  (await caller.upload({ fileName: 'bends.mot', athleteID, ...more }, file)).body;
const reportOf = async (session: Session, more = ''): Promise<Report> =>
  (await caller.call('GET', `/reportData?s3Key=${session.s3Key}&curves=true${more}`)).body;

/** A recording whose curves are made in a thread. */
const long = motionFile({ seconds: 40, rate: 60, bends: 20, names: jointNames() });

function jointNames(): string[] {
  return ['knee_angle', 'hip_flexion', 'hip_adduction', 'ankle_angle'].flatMap((name) => [
    `${name}_r`,
    `${name}_l`,
  ]);
}

/** Curves of the report from the series before it was rounded for storage. */
function unrounded(file: string, report: Report): Curves {
  const series = processRecording(readRecording(Buffer.from(file), { fileName: 'bends.mot' }));
  return toCurves(
    computeCurves(series, {
      repetitions: report.Repetitions.map(({ Start, End }) => ({ start_s: Start, end_s: End })),
      metrics: report.Provenance.Metrics.map(({ Label, Side, Sign, Channel }) => ({
        metric: { label: Label, side: Side, sign: Sign },
        channel: Channel,
        unit: 'deg',
      })),
    }),
  );
}

function expectNear(one: Curves, other: Curves): void {
  for (const table of ['Ang', 'Vel'] as const) {
    expect(Object.keys(one[table])).toEqual(Object.keys(other[table]));
    for (const [label, sides] of Object.entries(one[table])) {
      for (const [side, curve] of Object.entries(sides) as ['L' | 'R', Curve][]) {
        const like = other[table][label]![side]!;
        expect([curve.Unit, curve.Repetitions.length]).toEqual([like.Unit, like.Repetitions.length]);
        const values = [curve.Mean, curve.SD, ...curve.Repetitions].flat();
        const wanted = [like.Mean, like.SD, ...like.Repetitions].flat();
        const scale = Math.max(...wanted.map(Math.abs));
        expect(scale).toBeGreaterThan(0);
        values.forEach((value, place) => {
          expect(Math.abs(value - wanted[place]!)).toBeLessThanOrEqual(1e-8 * scale);
        });
      }
    }
  }
}

test.each([
  ['a short', motionFile()],
  ['a long', long],
])('curves of %s recording are those of its series', async (_, file) => {
  const session = await recorded(file);
  const { Curves, ...report } = await reportOf(session);
  expect(report).toEqual(await caller.report(session));
  expect(Object.keys(Curves!.Ang).length).toBeGreaterThan(1);
  expectNear(Curves!, unrounded(file, report));
});

test('a long report is read with its curves away from the thread that answers', async () => {
  const session = await recorded(long);
  const frames = (await caller.ikData(session)).time!.length;
  expect(isSmall(frames, await caller.report(session))).toBe(false);
});

test('curves are the same in both forms of body, compressed or not, first or asked for again', async () => {
  const session = await recorded();
  const path = `${server.url}/reportData?s3Key=${session.s3Key}&curves=true`;
  const plain = await reportOf(session);
  for (const _ of ['first', 'again']) {
    for (const prefer of ['body=json', 'body=string']) {
      for (const coding of ['gzip', 'identity']) {
        const answer = await fetch(path, {
          headers: { authorization: token, prefer, 'accept-encoding': coding },
        });
        expect(answer.headers.get('content-encoding')).toBe(coding === 'gzip' ? 'gzip' : null);
        expect(answer.headers.get('preference-applied')).toBe(prefer);
        const { statusCode, body } = (await answer.json()) as { statusCode: number; body: string | Report };
        expect(statusCode).toBe(200);
        expect(typeof body === 'string').toBe(prefer === 'body=string');
        expect(typeof body === 'string' ? JSON.parse(body) : body).toEqual(plain);
      }
    }
  }
});

test('curves belong to the report they come with, whatever became of exercise, repetitions and processing', async () => {
  const session = await recorded();
  const id = session['Session ID'];
  const first = await reportOf(session);
  const exercise = await caller.exercise({
    'Exercise Name': 'Upside down',
    PrimaryChannel: 'knee_angle_r',
    Metrics: [{ Label: 'Down', Side: 'R', Channel: 'knee_angle_r', Sign: -1 }] as never,
  });
  await caller.call('PATCH', `/sessions/${id}`, { 'Exercise ID': exercise });
  await caller.call('PATCH', `/sessions/${id}/repetitions`, { Repetitions: [{ Start: 0.5, End: 1.5 }] });
  await caller.call('PATCH', `/sessions/${id}`, { Processing: { Rate: 100, CutOff: 3 } });

  const last = await reportOf(session);
  expect(last.Provenance.ReportVersion).toBe(4);
  expect(Object.keys(last.Curves!.Ang)).toEqual(['Down']);
  const { Mean, SD, Repetitions } = last.Curves!.Ang.Down!.R!;
  expect(Repetitions).toEqual([Mean]);
  expect(Math.max(...SD)).toBe(0);
  const series = await caller.ikData(session);
  // The series of 100 Hz: one point of the curve per frame.
  const turned = series.knee_angle_r!.slice(50, 151).map((value) => -value);
  for (const [place, value] of turned.entries()) expect(Mean[place]).toBeCloseTo(value, 6);

  expect(await reportOf(session, '&version=1')).toEqual(first);
  expect((await reportOf(session, '&version=2')).Curves!.Ang.Down!.R!.Repetitions.length).toBe(3);
});

test('repetitions that hold an excluded frame have no curve, as they enter no average', async () => {
  const file = Buffer.from(motionFile({ seconds: 12, rate: 60, bends: 6 }));
  const whole = processRecording(readRecording(file, { fileName: 'bends.mot' }));
  const series = { ...whole, excluded: [[], [{ first: 260, last: 340 }]] };
  const report = toReport(computeReport(series, GENERAL), { fileName: 'bends.mot', sha256: '' });
  const { Ang } = await curvesOf(readSeriesFile((await writeSeriesFiles(series)).series), report);
  expect(report.Repetitions.length).toBe(6);
  expect(Ang['Knee Flex. (°)']!.R!.Repetitions.length).toBe(6);
  expect(Ang['Hip Flex. (°)']!.R!.Repetitions.length).toBe(5);
});

test('a report is stored without its curves', async () => {
  const session = await recorded(long);
  const { objects: prefix } = (await getSession(server.deps.db, 'main', session['Session ID']))!;
  const { objects } = server.deps;
  const stored = (await objects.get(reportKey('main', prefix, 'report-1')))!;
  expect(JSON.parse(gunzipSync(stored).toString())).toEqual(await caller.report(session));
  const series = (await objects.get(seriesKey('main', prefix, 1)))!;
  expect(stored.length).toBeLessThan(series.length / 4);
});
