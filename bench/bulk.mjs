// Rows a second through the bulk loader, 2,000 sessions a transaction, into an empty store; people, exercises and the making of
// the rows not counted. The embedded store has one writer; PostgreSQL is sent several organizations at a time.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { median, row } from './lib/results.mjs';
import { load } from './load.mjs';

const MOST = 50_000;
const ORGANIZATIONS = 6;
const AT_A_TIME = { 'embedded store': 1, PostgreSQL: 3 };

export const answer = (context) =>
  whileOpen(async (open) => {
    const { cache, rounds } = context;
    const sessions = Math.min(MOST, context.shape.sessions);
    const postgres = open(await startPostgres(cache));
    const stores = {
      'embedded store': async (fill) => {
        const folder = mkdtempSync(join(cache, 'bulk-'));
        try {
          return await fill(`sqlite:${folder}`);
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
      PostgreSQL: async (fill) => {
        await postgres.administer('drop database if exists bulk with (force)');
        await postgres.administer('create database bulk owner kinebase');
        try {
          return await fill(postgres.url('bulk'));
        } finally {
          await postgres.administer('drop database bulk with (force)');
        }
      },
    };
    const rows = [];
    const notes = [];
    for (const [name, inEmpty] of Object.entries(stores)) {
      const speeds = [];
      for (let round = 0; round < Math.min(3, rounds); round++) {
        const { seconds } = await inEmpty((databaseUrl) =>
          load({
            sessions,
            organizations: ORGANIZATIONS,
            parallel: AT_A_TIME[name],
            ahead: true,
            databaseUrl,
            log: () => {},
          }),
        );
        speeds.push(sessions / seconds);
      }
      const speed = median(speeds);
      rows.push(
        row(
          `${name}: metadata rows through the bulk loader${AT_A_TIME[name] === 1 ? '' : `, ${AT_A_TIME[name]} organizations at a time`}`,
          `${(speed / 1000).toFixed(1)} k rows/s`,
          '≥ 20 k rows/s',
          speed >= 20_000,
        ),
      );
      notes.push(
        `${name}: ${speeds.map((one) => one.toFixed(0)).join(', ')} rows a second, ${sessions} sessions each time.`,
      );
    }
    return { rows, notes };
  });
