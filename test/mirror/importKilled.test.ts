import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Archive, doorClient, openArchive } from './archive.ts';
import { type Destination, expectFilled, fill, openDestination } from './destination.ts';

const CHILD = new URL('./children/importAndDie.mjs', import.meta.url).pathname;
const SESSIONS = 8;
let bare: Archive;
let full: Archive;
beforeAll(async () => {
  bare = await openArchive(SESSIONS, { bare: true });
  full = await openArchive(SESSIONS);
});
afterAll(async () => {
  await bare.end();
  await full.end();
});

async function importUntilKilled(
  { door, account }: Archive,
  { server, account: own }: Destination,
  death: { dieAt: number; when: string; parallel: number },
): Promise<{ signal: string | null; stdout: string }> {
  const input = { from: { url: door.url, account }, to: { url: server.url, account: own }, ...death };
  const child = spawn(process.execPath, [CHILD, JSON.stringify(input)]);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.pipe(process.stderr);
  const [, signal] = await once(child, 'close');
  return { signal, stdout };
}

/** Nothing half-written: what is listed has its series, its report and its original. */
async function expectWhole({ client }: Destination): Promise<void> {
  for (const { 'Session ID': id, s3Key } of await client.sessions.list().all()) {
    expect((await client.ikData(s3Key)).time.length).toBeGreaterThan(0);
    expect((await client.reportData(s3Key)).WorkoutMetrics.Ang).not.toEqual({});
    expect((await client.sessions.original(id)).bytes.length).toBeGreaterThan(0);
  }
}

test('killed at any moment, as often as it likes, the next import finishes it', {
  timeout: 300_000,
}, async () => {
  let killed = 0;
  const deaths = fc.array(
    fc.record({
      // Of 203 exercises that give way to others, and of the sessions behind them.
      dieAt: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 600, max: 625 })),
      when: fc.constantFrom('before', 'during', 'after'),
      parallel: fc.constantFrom(1, 4),
    }),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(fc.boolean(), deaths, async (isBare, deaths) => {
      const archive = isBare ? bare : full;
      const destination = await openDestination();
      try {
        for (const death of deaths) {
          const { signal, stdout } = await importUntilKilled(archive, destination, death);
          if (signal === null) expect(JSON.parse(stdout).complete).toBe(true);
          else {
            expect(signal).toBe('SIGKILL');
            killed++;
          }
          await expectWhole(destination);
        }
        const summary = await fill(archive, destination);
        expect(summary).toMatchObject({ complete: true, failed: [] });
        await expectFilled(doorClient(archive), destination);
        const again = await fill(archive, destination);
        for (const counts of Object.values(again.counts))
          expect(counts).toMatchObject({ new: 0, changed: 0, failed: 0 });
      } finally {
        await destination.end();
      }
    }),
    { numRuns: 8 },
  );
  expect(killed).toBeGreaterThan(0);
});
