// A million sessions of one organization as NDJSON over HTTP: rows a second, and the most memory the server held meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deepWithin, postgresArchive, sqliteArchive } from './lib/archive.mjs';
import { runAsker } from './lib/asker.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { median, row } from './lib/results.mjs';

const DRAIN = fileURLToPath(new URL('./lib/drain.mjs', import.meta.url));
/** Where the sessions of an organization are exported. */
export const EXPORT_PATH = '/export';

export const answer = (context) =>
  whileOpen(async (open) => {
    const { cache, shape } = context;
    const deep = deepWithin(shape);
    const embedded = await measure(context, 'embedded store', await sqliteArchive(context, deep), deep);
    const postgres = open(await startPostgres(cache));
    const { database } = await postgresArchive(context, postgres, deep);
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    open({ stop: () => rmSync(data, { recursive: true, force: true }) });
    const remote = await measure(context, 'PostgreSQL', data, deep, postgres.url(database));
    return { rows: [...embedded.rows, ...remote.rows], notes: [embedded.note, remote.note] };
  });

async function measure({ rounds }, store, data, deep, databaseUrl) {
  const doors = await openDoors(databaseUrl ?? `sqlite:${data}`, deep);
  const server = await startOurs(data, { databaseUrl, doors });
  try {
    const speeds = [];
    for (let round = 0; round < Math.min(3, rounds); round++) {
      const { lines, seconds } = await drain(`${server.url}${EXPORT_PATH}`, doors.tokens.get('org-1'));
      if (lines < deep.sessions) throw new Error(`${store}: only ${lines} of ${deep.sessions} sessions came`);
      speeds.push(lines / seconds);
    }
    const speed = median(speeds);
    const memory = server.peakMemory_MB();
    return {
      rows: [
        row(
          `${store}: export of ${deep.sessions.toLocaleString('en')} sessions`,
          `${(speed / 1000).toFixed(0)} k rows/s`,
          '≥ 300 k rows/s',
          speed >= 300_000,
        ),
        row(
          `${store}: most memory held during the exports`,
          `${memory.toFixed(0)} MB`,
          '≤ 250 MB',
          memory <= 250,
        ),
      ],
      note: `${store}: rows a second in ${speeds.length} exports: ${speeds.map((one) => one.toFixed(0)).join(', ')}. Memory: largest resident set of the server process since its start.`,
    };
  } finally {
    await server.stop();
  }
}

/** Reads an answer to its end, on core 1. */
export const drain = (url, token) => runAsker(DRAIN, url, token);
