// The same page of 100 beside Parse Server and Directus, on one PostgreSQL with the same rows, each at random places by its
// own means. They are installed into the cache folder on first use.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresArchive } from './lib/archive.mjs';
import { openDoors, startBareWith, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { randomPlaces, samplePage } from './lib/requests.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';
import * as directus from './peers/directus.mjs';
import * as parse from './peers/parse.mjs';

const PEERS = [
  { name: parse.NAME, start: parse.startParse, least: 12 },
  { name: directus.NAME, start: directus.startDirectus, least: 8 },
];

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { rounds, shape, cache, log } = context;
    const postgres = open(await startPostgres(cache));
    const archive = await postgresArchive(context, postgres, shape);
    const databaseUrl = postgres.url(archive.database);
    const doors = await openDoors(databaseUrl, shape);
    const places = randomPlaces(shape);
    const loads = {};
    const missing = [];
    for (const { name, start } of PEERS) {
      try {
        const peer = open(await start(context, postgres, archive));
        await samplePage(peer.url, peer.request(places[0]), peer.count);
        loads[name] = prepareLoad(peer.url, places.map(peer.request));
      } catch (error) {
        log(`${name}: ${error.message}`);
        missing.push(name);
      }
    }
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    open({ stop: () => rmSync(data, { recursive: true, force: true }) });
    const ours = open(await startOurs(data, { databaseUrl, doors }));
    const bare = open(await startBareWith(cache, await ours.sample(places[0])));
    const rates = await alternate(rounds, {
      bare: prepareLoad(bare.url, [{ path: '/' }]),
      ours: prepareLoad(ours.url, ours.requests(places)),
      ...loads,
    });
    const perSecond = (name) => median(rates[name]).toFixed(0);
    const measured = PEERS.filter(({ name }) => loads[name] !== undefined);
    return {
      rows: PEERS.map(({ name, least }) => {
        const what = `PostgreSQL, random place, against ${name}`;
        if (missing.includes(name)) return row(what, 'not measured', `≥ ${least} ×`, false);
        const times = ratio(rates.ours, rates[name]);
        return row(what, `${times.toFixed(1)} ×`, `≥ ${least} ×`, times >= least);
      }),
      notes: [
        `Requests a second, medians of ${rounds} rounds: ${['bare', 'ours', ...measured.map(({ name }) => name)].map((name) => `${name} ${perSecond(name)}`).join('; ')}. Each peer has an index for the question and is asked for sessions older than a random time; Parse Server checks the session of a signed-in user, Directus the token of an administrator, with no permissions to apply.`,
      ],
      shares: measured.map(({ name }) => ({
        name: `${name}, random place`,
        share: ratio(rates[name], rates.bare),
      })),
    };
  });
