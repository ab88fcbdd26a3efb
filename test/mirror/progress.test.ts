import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Progress } from '../../src/mirror/run.ts';
import { type Archive, newFolder, openArchive, sync } from './archive.ts';
import { type Destination, fill, openDestination } from './destination.ts';

const SESSIONS = 6;
let archive: Archive;
let bare: Archive;
let destination: Destination;
beforeAll(async () => {
  archive = await openArchive(SESSIONS);
  bare = await openArchive(SESSIONS, { bare: true });
  destination = await openDestination();
});
afterAll(async () => {
  await archive.end();
  await bare.end();
  await destination.end();
});

/** Everything that is told of how far a run is, and by phase the last of it, in the order in which they came. */
function listen() {
  const told: Progress[] = [];
  return {
    onProgress: (progress: Progress) => void told.push({ ...progress }),
    told,
    phases: () => [...new Map(told.map((each) => [each.phase, each]))].map(([, last]) => last),
  };
}

/** How many records the lists of a server have. */
const listed = async ({ client }: Archive): Promise<number> => {
  const lists = [client.athletes, client.assessments, client.exercises, client.sessions];
  const lengths = await Promise.all(lists.map(async (list) => (await list.list().all()).length));
  return lengths.reduce((sum, length) => sum + length, 0);
};

test('counts the records of the lists while they are read, and then sessions and tables', async () => {
  const { onProgress, told, phases } = listen();
  await sync(bare, newFolder(), { formats: ['json'], onProgress });
  const records = await listed(bare);
  expect(phases()).toMatchObject([
    { phase: 'reading', done: records, total: records, open: true },
    { phase: 'sessions', done: SESSIONS, total: SESSIONS, open: false },
    { phase: 'tables', open: false },
  ]);
  const counts = told.filter(({ phase }) => phase === 'reading').map(({ done }) => done);
  // List by list.
  expect(new Set(counts).size).toBe(5);
});

test('counts the sessions of the change feed apart from what it reads', async () => {
  const { onProgress, phases } = listen();
  await sync(archive, newFolder(), { formats: ['json'], onProgress });
  expect(phases()).toMatchObject([
    { phase: 'reading', open: true },
    { phase: 'sessions', done: SESSIONS, total: SESSIONS, open: false },
    { phase: 'tables' },
  ]);
});

test('counts a session that is tried again', async () => {
  const { onProgress, phases } = listen();
  let times = 0;
  archive.door.misbehave(({ path }) =>
    // Three attempts fail, which a second try at the end makes good.
    path === '/ikData' && times++ < 3 ? { kind: 'answer', answer: { status: 503 } } : undefined,
  );
  const summary = await sync(archive, newFolder(), { formats: ['json'], parallel: 1, onProgress });
  archive.door.behave();
  expect(summary).toMatchObject({ complete: true, failed: [] });
  expect(phases()[1]).toMatchObject({ phase: 'sessions', done: SESSIONS + 1, total: SESSIONS + 1 });
});

test('an import counts what it reads at both servers', async () => {
  const { onProgress, told, phases } = listen();
  await fill(bare, destination, { onProgress });
  const [reading, sessions] = phases();
  expect(reading).toMatchObject({ phase: 'reading', open: true });
  expect(reading!.done).toBeGreaterThan(await listed(bare));
  expect(
    new Set(told.filter(({ phase }) => phase === 'reading').map(({ done }) => done)).size,
  ).toBeGreaterThan(5);
  expect(sessions).toMatchObject({ phase: 'sessions', done: SESSIONS, total: SESSIONS });
});
