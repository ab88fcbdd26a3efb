import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreError } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization, getOrganization } from '../../src/store/organizations.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinebase-folder-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await killed(child);
  await rm(folder, { recursive: true, force: true });
});

/** Starts a program of test/store/children on the folder; its lines come one by one. */
function start(name: string, ...args: string[]) {
  const script = fileURLToPath(new URL(`./children/${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [script, folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return { child, lines, errors: () => errors };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

test('a second process on a data folder is refused, and told who has it', async () => {
  const { child, lines } = start('hold');
  await once(lines, 'line');
  const error = await refusal(openDb(`sqlite:${folder}`, 'kinebase serve'));
  expect(error.code).toBe('store_in_use');
  expect(error.message).toContain(folder);
  expect(error.message).toContain(`hold.mjs (process ${child.pid}`);
  expect(error.message).toContain('--data');
});

test('a second opening in the same process is refused as well, and the first goes on working', async () => {
  const db = await openDb(`sqlite:${folder}`, 'first');
  try {
    const error = await refusal(openDb(`sqlite:${folder}`, 'second'));
    expect(error.code).toBe('store_in_use');
    expect(error.message).toContain(`first (process ${process.pid}`);
    // The refused one must not have loosened the lock.
    const { child, errors } = start('hold');
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(errors()).toContain('store_in_use');
    expect(await createOrganization(db, 'one', 'One', 0)).toBe(true);
  } finally {
    await db.close();
  }
});

test('of two processes that start at once on a new folder one gets it', async () => {
  const both = [start('hold'), start('hold')];
  const outcomes = await Promise.all(
    both.map(({ child, lines }) =>
      Promise.race([once(lines, 'line').then(() => 'open'), once(child, 'close').then(() => 'refused')]),
    ),
  );
  expect(outcomes.sort()).toEqual(['open', 'refused']);
});

test('the lock of a process that was killed is taken over at once', async () => {
  const { child, lines } = start('hold');
  await once(lines, 'line');
  await killed(child);
  const db = await openDb(`sqlite:${folder}`, 'successor');
  const owner = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'));
  expect(owner).toMatchObject({ pid: process.pid, command: 'successor' });
  await db.close();
});

test('a folder that was closed opens again, whatever stands in owner.json', async () => {
  const db = await openDb(`sqlite:${folder}`);
  await createOrganization(db, 'one', 'One', 0);
  await db.close();
  await writeFile(join(folder, 'owner.json'), '{"pid":1,"command":');
  const again = await openDb(`sqlite:${folder}`);
  expect(await getOrganization(again, 'one')).toMatchObject({ Name: 'One' });
  await writeFile(join(folder, 'owner.json'), 'nonsense');
  expect((await refusal(openDb(`sqlite:${folder}`))).message).toContain('another process');
  await again.close();
});

test('killed in the middle of writes, again and again: nothing acknowledged is lost, the database is whole', async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const { child, lines, errors } = start('insert', String(round * 100_000));
    const ended = once(lines, 'close');
    // Killed after a number of lines that nobody chose, while three more writes are under way.
    let left = 1 + Math.floor(Math.random() * 150);
    lines.on('line', (id) => {
      acknowledged.add(id);
      if (--left === 0) child.kill('SIGKILL');
    });
    await ended;
    expect(errors()).toBe('');

    const db = await openDb(`sqlite:${folder}`);
    const [check] = await db.query('pragma integrity_check');
    expect(check).toEqual({ integrity_check: 'ok' });
    expect(await db.query('pragma foreign_key_check')).toEqual([]);
    const rows = await db.query<{ session_id: string; version: number }>(
      'select session_id, version from sessions where org_id = $1 order by version limit 1000000',
      ['one'],
    );
    const there = new Set(rows.map((row) => row.session_id));
    expect([...acknowledged].filter((id) => !there.has(id))).toEqual([]);
    // At most what was under way beyond that, and the organization's version stands at the last change.
    expect(there.size - acknowledged.size).toBeLessThanOrEqual(3 * (round + 1));
    expect((await getOrganization(db, 'one'))!.Version).toBeGreaterThanOrEqual(rows.at(-1)!.version);
    await db.close();
  }
});
