// Whether a page costs the same in ten times the archive: random places in both, the store asked each time. `--store
// embedded` leaves PostgreSQL out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresArchive, sqliteArchive } from './lib/archive.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { randomPlaces } from './lib/requests.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { shape, stores } = context;
    const shapes = { small: shape, large: { ...shape, sessions: 10 * shape.sessions } };
    const results = [];
    if (stores.includes('embedded')) {
      const data = (one) => sqliteArchive(context, one);
      results.push(
        await compare(context, 'embedded store', shapes, async (one) => ({ data: await data(one) })),
      );
    }
    if (stores.includes('postgres')) {
      const postgres = open(await startPostgres(context.cache));
      const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
      open({ stop: () => rmSync(data, { recursive: true, force: true }) });
      results.push(
        await compare(context, 'PostgreSQL', shapes, async (one) => ({
          data,
          databaseUrl: postgres.url((await postgresArchive(context, postgres, one)).database),
        })),
      );
    }
    return { rows: results.map(({ row }) => row), notes: results.map(({ note }) => note) };
  });

const compare = ({ rounds }, store, shapes, archive) =>
  whileOpen(async (open) => {
    const loads = {};
    for (const [name, shape] of Object.entries(shapes)) {
      const { data, databaseUrl } = await archive(shape);
      const doors = await openDoors(databaseUrl ?? `sqlite:${data}`, shape);
      const server = open(await startOurs(data, { databaseUrl, doors, caches: false }));
      loads[name] = prepareLoad(server.url, server.requests(randomPlaces(shape)));
    }
    const rates = await alternate(rounds, loads);
    const times = ratio(rates.small, rates.large);
    const sizes = `${millions(shapes.large)} against ${millions(shapes.small)} million sessions`;
    return {
      row: row(`${store}: ${sizes}`, `${times.toFixed(2)} × the time`, '≤ 1.2 ×', times <= 1.2),
      note: `${store}: ${median(rates.small).toFixed(0)} pages a second from the smaller archive, ${median(rates.large).toFixed(0)} from the larger.`,
    };
  });

const millions = ({ sessions }) => String(sessions / 1e6);
