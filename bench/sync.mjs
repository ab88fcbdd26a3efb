// An account of 10,000 sessions mirrored on loopback: `kinebase sync` into an empty folder, in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getSession, insertSessions } from '../dist/store/sessions.js';
import { endWithUs } from './lib/children.mjs';
import { seeded, timeOf, uuidOf } from './lib/generator.mjs';
import { whileOpen } from './lib/pages.mjs';
import { startKinebase } from './lib/processes.mjs';
import { generatedRecordings, prepareAthlete, prepareFolder, upload } from './lib/recorded.mjs';
import { row } from './lib/results.mjs';
import { openStore } from './lib/store.mjs';

const SESSIONS = 10_000;
const CLI = fileURLToPath(new URL('../bin/kinebase.js', import.meta.url));

export const answer = ({ shape, log }) =>
  whileOpen(async (open) => {
    const sessions = Math.min(SESSIONS, shape.sessions);
    const { data, account, remove } = await prepareFolder();
    open({ stop: remove });
    log(`recording ${sessions} sessions`);
    await record(data, account, sessions);
    const { url } = open(await startKinebase(data));
    const { seconds, files } = await mirror(url, account, sessions);
    const rate = sessions / seconds;
    return {
      rows: [
        row(
          `${sessions.toLocaleString('en')} sessions with series, reports and recorded files, as Parquet`,
          `${rate.toFixed(0)} sessions/s`,
          '≥ 300 sessions/s',
          rate >= 300,
        ),
      ],
      notes: [
        `From the start of the command to its end, server on core 0, mirror on core 1, everything flushed to disk: ${files.written.toLocaleString('en')} files, ${(files.written_bytes / 1e9).toFixed(1)} GB, ${(files.written_bytes / sessions / 1e6).toFixed(1)} MB a session: 300 a second would be ${((300 * files.written_bytes) / sessions / 1e6).toFixed(0)} MB/s. The sessions are a dozen generated recordings of 14 to 17 s with 60 frames a second, each in the store as many times as needed.`,
      ],
    };
  });

/** A dozen recordings are sent and computed; the other sessions are rows that name the same objects. */
async function record(data, account, sessions) {
  const server = await startKinebase(data);
  const ids = [];
  try {
    const { token, athleteId } = await prepareAthlete(server.url, account);
    for (const { name, bytes } of generatedRecordings())
      ids.push((await upload(server.url, token, athleteId, bytes, name))['Session ID']);
  } finally {
    await server.stop();
  }
  const { db } = await openStore(`sqlite:${data}`);
  try {
    const recorded = await Promise.all(ids.map((id) => getSession(db, account.organization, id)));
    const random = seeded(1);
    const copies = Array.from({ length: sessions - ids.length }, (_, index) => {
      const recordedAt_us = timeOf(index, sessions);
      const sessionId = uuidOf(recordedAt_us, random);
      return { ...recorded[index % recorded.length], sessionId, recordedAt_us, s3Key: `ik-${sessionId}` };
    });
    await insertSessions(db, account.organization, copies, Date.now() * 1000);
  } finally {
    await db.close();
  }
}

/** Into an empty folder, on core 1. */
async function mirror(url, { username, password, clientId }, sessions) {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-mirror-'));
  try {
    const started = performance.now();
    const child = spawn(
      'taskset',
      [
        '-c',
        '1',
        process.execPath,
        CLI,
        'sync',
        folder,
        '--url',
        url,
        '--username',
        username,
        '--client',
        clientId,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, KINEBASE_PASSWORD: password } },
    );
    endWithUs(child, 'SIGTERM');
    let last = '';
    const keep = (chunk) => {
      last = (last + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const [code] = await once(child, 'close');
    const seconds = (performance.now() - started) / 1000;
    if (code !== 0) throw new Error(`kinebase sync ended with ${code}: ${last.slice(-500)}`);
    const { counts, files } = JSON.parse(last.trim().split('\n').at(-1));
    if (counts.series.new !== sessions || counts.reports.new !== sessions)
      throw new Error(`${counts.series.new} series and ${counts.reports.new} reports of ${sessions} came`);
    return { seconds, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
