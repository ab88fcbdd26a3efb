import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/motion/generator/random.ts';
import { until } from '../cli/kinebase.ts';
import { type Archive, doorClient, expectEqual, newFolder, openArchive, sync } from './archive.ts';
import type { Misdeed } from './door.ts';

/**
 * Whatever happens at the server between syncs, whatever becomes of its answers, and wherever a sync is killed: the next one
 * that is left alone makes the mirror equal to the server, and after it there is nothing to do.
 */

const CHILD = new URL('./children/syncAndDie.mjs', import.meta.url).pathname;
const KILLED_AT = ['any', 'write', 'append', 'rename', 'remove', 'flushFolder', 'makeFolder'] as const;

type Step =
  | { do: 'record' | 'rename' | 'move' | 'delete' | 'reprocess' | 'repetitions' | 'athlete'; at: number }
  | { do: 'sync' }
  | { do: 'faulty'; seed: number }
  | { do: 'die'; name: (typeof KILLED_AT)[number]; count: number; when: 'before' | 'middle' | 'after' }
  | { do: 'kill'; after_ms: number };

const at = fc.nat(1000);
const edit = fc.record({
  do: fc.constantFrom('record', 'record', 'rename', 'move', 'delete', 'athlete', 'reprocess', 'repetitions'),
  at,
}) as fc.Arbitrary<Step>;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: edit },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('faulty' as const), seed: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      name: fc.constantFrom(...KILLED_AT),
      count: fc.integer({ min: 1, max: 40 }),
      when: fc.constantFrom('before' as const, 'middle' as const, 'after' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), after_ms: fc.nat(250) }) },
);

let ours: Archive;
let bare: Archive;
beforeAll(async () => {
  ours = await openArchive(6);
  bare = await openArchive(6, { bare: true });
});
afterAll(async () => {
  await ours.end();
  await bare.end();
});

let seed = 100;
/** Sessions of an archive stay few, so that a history is soon compared. */
const MOST = 12;

async function happen(archive: Archive, folder: string, step: Step): Promise<void> {
  const { client, door } = archive;
  const sessions = (await client.sessions.list()).items;
  const chosen = 'at' in step ? sessions[step.at % sessions.length] : undefined;
  const id = chosen?.['Session ID'] ?? '';
  switch (step.do) {
    case 'record':
      if (sessions.length < MOST) await archive.record(seed++);
      return;
    case 'rename':
      if (chosen) await client.sessions.patch(id, { 'Session Name': `Take ${step.at}` });
      return;
    case 'move':
      if (chosen)
        await client.sessions.patch(id, {
          Date: `2025-${String(1 + (step.at % 12)).padStart(2, '0')}-05T10:00:00Z`,
        });
      return;
    case 'delete':
      if (sessions.length > 2) await client.sessions.delete(id);
      return;
    // What is computed again under the same key cannot be seen without a feed.
    case 'reprocess':
      if (chosen && archive === ours)
        await client.sessions.patch(id, { Processing: { CutOff: 3 + (step.at % 20) / 10 } });
      return;
    case 'repetitions':
      if (chosen && archive === ours)
        await client.sessions.repetitions(id, {
          Repetitions: [{ Start: 0, End: 0.2 + (step.at % 20) / 100 }],
        });
      return;
    case 'athlete':
      await client.athletes.patch(archive.athletes[step.at % 2]!, { FirstName: `Ada ${step.at}` });
      return;
    case 'sync':
      await sync(archive, folder, { formats: ['json'] });
      return;
    case 'faulty': {
      const random = createRandom(step.seed);
      door.misbehave(() => misdeedOf(random.next()));
      await sync(archive, folder, { formats: ['json'] }).catch(() => {});
      door.behave();
      return;
    }
    case 'die': {
      const { name, count, when } = step;
      const child = start(archive, folder, { dieAt: { name, count }, when });
      await once(child, 'close');
      return;
    }
    case 'kill': {
      const child = start(archive, folder, { dieAt: { name: 'none', count: 0 }, when: 'before' });
      await until(child, /begun/);
      await wait(step.after_ms);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    }
  }
}

function start(archive: Archive, folder: string, how: object) {
  const { door, account } = archive;
  const options = { url: door.url, account, folder, formats: ['json'], parallel: 3, ...how };
  return spawn(process.execPath, [CHILD, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function misdeedOf(draw: number): Misdeed | undefined {
  if (draw < 0.06) return { kind: 'cut' };
  if (draw < 0.12) return { kind: 'truncate', bytes: Math.floor(draw * 2000) };
  if (draw < 0.16) return { kind: 'lie', bytes: draw < 0.14 ? 40 : -40 };
  if (draw < 0.22)
    return { kind: 'answer', answer: { status: 503, body: Buffer.from('{"message":"busy"}') } };
  if (draw < 0.25) return { kind: 'answer', answer: { body: Buffer.from('{"statusCode":200,"body":{}}') } };
  if (draw < 0.28)
    return { kind: 'answer', answer: { status: 401, body: Buffer.from('{"message":"expired"}') } };
  return undefined;
}

describe.each([
  ['Kinebase', () => ours, true],
  ['a server with lists only', () => bare, false],
] as const)('of %s', (_, archive, originals) => {
  test(
    'the mirror is equal to the server after any history',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
          const folder = newFolder();
          for (const each of steps) await happen(archive(), folder, each);
          const last = await sync(archive(), folder, { formats: ['json'] });
          expect(last).toMatchObject({ complete: true, failed: [], left: 0 });
          await expectEqual(folder, doorClient(archive()), { originals });
          expect((await sync(archive(), folder)).files).toMatchObject({ written: 0, removed: 0 });
        }),
        { numRuns: Number(process.env.MIRROR_HISTORIES ?? 12), endOnFailure: true },
      );
    },
    15 * 60_000,
  );
});
