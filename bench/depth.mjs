// Whether a page costs the same however deep it lies: page 10,000 of one organization against its page 1, the store asked
// each time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deepWithin, postgresArchive, sqliteArchive } from './lib/archive.mjs';
import { timeOf } from './lib/generator.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';

const LIMIT = 100;

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { cache, shape } = context;
    const deep = deepWithin(shape);
    const embedded = await compare(context, 'embedded store', await sqliteArchive(context, deep), deep);
    const postgres = open(await startPostgres(cache));
    const archive = await postgresArchive(context, postgres, deep);
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    open({ stop: () => rmSync(data, { recursive: true, force: true }) });
    const remote = await compare(context, 'PostgreSQL', data, deep, postgres.url(archive.database));
    return { rows: [embedded.row, remote.row], notes: [embedded.note, remote.note] };
  });

async function compare({ rounds }, store, data, deep, databaseUrl) {
  const doors = await openDoors(databaseUrl ?? `sqlite:${data}`, deep);
  const server = await startOurs(data, { databaseUrl, doors, caches: false });
  try {
    const deepest = deep.sessions / LIMIT;
    const at = (page) => ({
      organization: 'org-1',
      recordedAt_us: timeOf(deep.sessions - (page - 1) * LIMIT - 1, deep.sessions),
      sessionId: 'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF',
    });
    await server.sample(at(deepest));
    const rates = await alternate(rounds, {
      first: prepareLoad(server.url, server.requests([{ organization: 'org-1' }])),
      deep: prepareLoad(server.url, server.requests([at(deepest)])),
    });
    const times = ratio(rates.first, rates.deep);
    const page = deepest.toLocaleString('en');
    return {
      row: row(
        `${store}: page ${page} against page 1`,
        `${times.toFixed(2)} × the time`,
        '≤ 1.1 ×',
        times <= 1.1,
      ),
      note: `${store}: page 1 ${median(rates.first).toFixed(0)} a second, page ${page} ${median(rates.deep).toFixed(0)}.`,
    };
  } finally {
    await server.stop();
  }
}
