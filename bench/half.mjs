// How long a page takes when the server is asked for half of what it can give: requests leave at a fixed rate, at random
// places, and wait for nobody.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresArchive, sqliteArchive } from './lib/archive.mjs';
import { latencies } from './lib/openLoop.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { randomPlaces } from './lib/requests.mjs';
import { median, row } from './lib/results.mjs';
import { needWrk, prepareLoad, rate } from './lib/wrk.mjs';

const SECONDS = 5;
/** Until the server has copies of all the lists: while it makes them it is slower, and less even. */
const WARM_UP_SECONDS = 20;

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { cache, shape } = context;
    const embedded = await ask(context, 'embedded store', await sqliteArchive(context, shape));
    const postgres = open(await startPostgres(cache));
    const { database } = await postgresArchive(context, postgres, shape);
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    open({ stop: () => rmSync(data, { recursive: true, force: true }) });
    const remote = await ask(context, 'PostgreSQL', data, postgres.url(database));
    return { rows: [embedded.row, remote.row], notes: [embedded.note, remote.note] };
  });

async function ask({ rounds, shape }, store, data, databaseUrl) {
  const doors = await openDoors(databaseUrl ?? `sqlite:${data}`, shape);
  const server = await startOurs(data, { databaseUrl, doors });
  try {
    const load = prepareLoad(server.url, server.requests(randomPlaces(shape)));
    await rate(load, WARM_UP_SECONDS);
    const peaks = [];
    for (let round = 0; round < 3; round++) peaks.push(await rate(load));
    const perSecond = Math.round(median(peaks) / 2);
    const found = [];
    for (let round = 0; round < Math.min(3, rounds); round++)
      found.push(await latencies(load, { perSecond, seconds: SECONDS }));
    const middle = median(found.map(({ median_ms }) => median_ms));
    const late = median(found.map(({ p99_ms }) => p99_ms));
    const times = median(found.map(({ median_ms, p99_ms }) => p99_ms / median_ms));
    return {
      row: row(
        `${store}: 99th percentile at half of the peak rate, against the median`,
        `${times.toFixed(1)} ×`,
        '≤ 5 ×',
        times <= 5,
      ),
      note: `${store}: ${perSecond} pages a second asked for in an open loop (peak ${median(peaks).toFixed(0)}); median ${middle.toFixed(2)} ms, 99th percentile ${late.toFixed(2)} ms; medians of ${found.length} runs of ${SECONDS} s.`,
    };
  } finally {
    await server.stop();
  }
}
