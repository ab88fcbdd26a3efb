/** Small archives on the real server, and what a mirror of one has to be. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { parseJournal } from '../../src/mirror/journal.ts';
import type { SyncOptions } from '../../src/mirror/options.ts';
import { apply, emptyState, filesOf, type MirrorState } from '../../src/mirror/state.ts';
import { syncMirror } from '../../src/mirror/sync.ts';
import { writeStorage } from '../../src/motion/write/write-sto.ts';
import {
  type ConnectionOptions,
  createClient,
  type KinebaseClient,
  type Session,
} from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Door, openDoor } from './door.ts';

/** Two thirds of a second of a knee and a hip; every seed moves them otherwise. */
export function recording(seed: number, frames = 40): Uint8Array {
  const time = Float64Array.from({ length: frames }, (_, frame) => frame / 60);
  const wave = (size: number) => time.map((at) => size * Math.sin(6 * at + seed) + seed / 7);
  const channels = [
    { name: 'knee_angle_r', unit: 'deg', values: wave(40) },
    { name: 'hip_flexion_l', unit: 'deg', values: wave(20) },
    { name: 'pelvis_tx', unit: 'm', values: wave(0.2) },
  ];
  return writeStorage({ time, channels }, `seed ${seed}`);
}

export interface Archive {
  server: TestServer;
  /** In front of the server. */
  door: Door;
  /** To the server itself, for edits. */
  client: KinebaseClient;
  account: { username: string; password: string; clientId: string };
  athletes: string[];
  record(
    seed: number,
    more?: { sessionID?: string; date?: string; athlete?: number; frames?: number },
  ): Promise<Session>;
  end(): Promise<void>;
}

/** A server with two athletes, an assessment, and as many sessions as asked for. */
export async function openArchive(sessions: number, { bare = false } = {}): Promise<Archive> {
  const server = await startServer();
  const account = server.firstAdministrator!;
  const client = createClient({ url: server.url, ...account });
  const door = await openDoor(server.url, { bare });
  const athletes: string[] = [];
  for (const FirstName of ['Ada', 'Grace'])
    athletes.push((await client.athletes.create({ FirstName, LastName: 'Brook' })).ValorID);
  await client.assessments.create({ 'Assessment Name': 'Screening', 'Athlete ID': athletes[0]! });
  const record: Archive['record'] = (seed, { athlete = seed % 2, date, sessionID, frames } = {}) =>
    client.sessions.record(recording(seed, frames), {
      fileName: `take ${seed}.mot`,
      athleteID: athletes[athlete]!,
      date: date ?? `2026-0${1 + (seed % 4)}-1${seed % 10}T08:00:00Z`,
      ...(sessionID === undefined ? {} : { sessionID }),
    });
  for (let seed = 0; seed < sessions; seed++) await record(seed);
  return {
    server,
    door,
    client,
    account,
    athletes,
    record,
    async end() {
      await door.close();
      await server.end();
    },
  };
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-mirror-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Time limits are waited for as they are; pauses between attempts are not. */
export const withoutPauses: NonNullable<ConnectionOptions['wait']> = (duration_ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, duration_ms >= 30_000 ? duration_ms : 0);
    timer.unref?.();
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** A client by way of the door, whose pauses take no time. */
export const doorClient = (
  { door, account }: Pick<Archive, 'door' | 'account'>,
  retries = 2,
): KinebaseClient =>
  createClient({
    url: door.url,
    ...account,
    retries,
    wait: withoutPauses,
  });

export const sync = (archive: Archive, folder: string, options: Partial<SyncOptions> = {}) =>
  syncMirror({
    client: doorClient(archive),
    url: archive.door.url,
    account: archive.account.username,
    folder,
    ...options,
  });

/** The state that a mirror's journal tells. */
export function stateOf(folder: string): MirrorState {
  const { journal } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const { entries, damaged } = parseJournal(readFileSync(join(folder, journal)));
  expect(damaged).toBe(false);
  const state = emptyState();
  for (const entry of entries) apply(state, entry);
  return state;
}

/** Every file of a mirror has its checksum, and there are no others. */
export function expectSound(folder: string): MirrorState {
  const state = stateOf(folder);
  const named = [...filesOf(state)];
  for (const { path, sha256, bytes } of named) {
    const content = readFileSync(join(folder, path));
    expect([path, content.length, digest(content)]).toEqual([path, bytes, sha256]);
  }
  expect(visibleFiles(folder)).toEqual(named.map(({ path }) => path).sort());
  expect(readdirSync(join(folder, '.kinebase/incoming'))).toEqual([]);
  return state;
}

/** What people and programs find in a mirror. */
export const visibleFiles = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('.kinebase/') && path !== 'manifest.json')
    .sort();

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const byId = (records: readonly object[], member: string) =>
  [...records].sort((a, b) => (Reflect.get(a, member) < Reflect.get(b, member) ? -1 : 1));

/** A mirror in JSON holds what the server answers, record by record. `client` asks as the mirror's sync did. */
export async function expectEqual(
  folder: string,
  client: KinebaseClient,
  { originals = true } = {},
): Promise<void> {
  expectSound(folder);
  const sessions = await client.sessions.list().all();
  const lists = {
    sessions: [sessions, 'Session ID'],
    athletes: [await client.athletes.list().all(), 'ValorID'],
    exercises: [await client.exercises.list().all(), 'Exercise ID'],
    assessments: [await client.assessments.list().all(), 'Assessment ID'],
  } as const;
  for (const [name, [records, member]] of Object.entries(lists))
    expect(byId(readJson(join(folder, `${name}.json`)), member)).toEqual(byId(records, member));
  const expected = [];
  for (const session of sessions) {
    const { s3Key, Date: date, 'Session ID': id } = session;
    const month = date.slice(0, 7);
    expected.push(`series/${month}/${id}.json`, `reports/${month}/${id}.json`);
    expect(readJson(join(folder, `series/${month}/${id}.json`))).toEqual(await client.ikData(s3Key));
    expect(readJson(join(folder, `reports/${month}/${id}.json`))).toEqual(await client.reportData(s3Key));
    if (!originals) continue;
    const original = await client.sessions.original(id);
    const path = `originals/${month}/${id}/${original.fileName}`;
    expected.push(path);
    expect(digest(readFileSync(join(folder, path)))).toBe(digest(original.bytes));
  }
  const months = new Set(sessions.map(({ Date: date }) => date.slice(0, 7)));
  expect(visibleFiles(folder)).toEqual(
    [
      ...Object.keys(lists).map((name) => `${name}.json`),
      ...[...months].map((month) => `reports/${month}.json`),
      ...expected,
    ].sort(),
  );
  for (const month of months) {
    const rows = readJson(join(folder, `reports/${month}.json`)) as { 'Session ID': string; Date: string }[];
    const named = new Set(rows.map((row) => row['Session ID']));
    expect([...named].sort()).toEqual(
      sessions
        .filter(({ Date: date }) => date.startsWith(month))
        .map((session) => session['Session ID'])
        .sort(),
    );
  }
  expect(existsSync(join(folder, '.kinebase/lock'))).toBe(true);
}
