// The same page from PostgreSQL, beside `select 1` through the same server and driver, and beside a hand-rolled service on
// the same database. Backends may use both cores, for everybody.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresArchive } from './lib/archive.mjs';
import { openDoors, startBareWith, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { startProgram } from './lib/processes.mjs';
import { firstPlaces, lastPlaces, randomPlaces, samplePage } from './lib/requests.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';
import { NAME, startExpress } from './peers/express.mjs';

const FLOOR = fileURLToPath(new URL('./lib/floor.mjs', import.meta.url));

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { rounds, shape, cache } = context;
    const postgres = open(await startPostgres(cache));
    const archive = await postgresArchive(context, postgres, shape);
    const databaseUrl = postgres.url(archive.database);
    const doors = await openDoors(databaseUrl, shape);
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    open({ stop: () => rmSync(data, { recursive: true, force: true }) });
    const ours = open(await startOurs(data, { databaseUrl, doors }));
    const asking = open(await startOurs(data, { databaseUrl, doors, caches: false }));
    const [random, first, last] = [randomPlaces(shape), firstPlaces(shape), lastPlaces(shape)];
    const page = await ours.sample(random[0]);
    const bare = open(await startBareWith(cache, page));
    const floor = open(await startProgram([FLOOR, databaseUrl, join(cache, 'page.json')]));
    const express = open(await startExpress(context, postgres, archive));
    const paged = (places) => prepareLoad(express.url, places.map(express.request));
    for (const place of [first[0], random[0], last[0]])
      await samplePage(express.url, express.request(place), express.count);
    const headers = [...doors.tokens.values()].map((token) => ({ authorization: `Bearer ${token}` }));
    const one = (path) =>
      prepareLoad(
        floor.url,
        headers.map((one) => ({ path, headers: one })),
      );
    const rates = await alternate(rounds, {
      bare: prepareLoad(bare.url, [{ path: '/' }]),
      random: prepareLoad(ours.url, ours.requests(random)),
      kept: prepareLoad(ours.url, ours.requests(first)),
      asked: prepareLoad(asking.url, asking.requests(random)),
      floorSmall: one('/small'),
      floorPage: one('/page'),
      expressFirst: paged(first),
      expressRandom: paged(random),
      expressLast: paged(last),
    });
    const share = (name) => ratio(rates[name], rates.bare);
    const times = (name) => ratio(rates.random, rates[name]);
    const against = (name, what, least) =>
      row(
        `PostgreSQL, random place, against ${NAME} at ${what}`,
        `${times(name).toFixed(1)} ×`,
        `≥ ${least} ×`,
        times(name) >= least,
      );
    const ofFloor = ratio(rates.random, rates.floorSmall);
    return {
      rows: [
        against('expressFirst', 'page 1', 4),
        against('expressRandom', 'a random page', 35),
        against('expressLast', 'the last page', 60),
        row(
          'PostgreSQL, random place, share of `select 1` through our server and driver',
          percent(ofFloor),
          '≥ 50 %',
          ofFloor >= 0.5,
        ),
        row(
          'PostgreSQL, page not changed since last asked for, share of bare node:http',
          percent(share('kept')),
          '≥ 40 %',
          share('kept') >= 0.4,
        ),
      ],
      notes: [
        `Requests a second, medians of ${rounds} rounds: bare node:http ${perSecond(rates.bare)}; ours at random places ${perSecond(rates.random)} (with the store asked each time ${perSecond(rates.asked)}), not changed ${perSecond(rates.kept)}; \`select 1\` with a small answer ${perSecond(rates.floorSmall)}, with an answer as large as the page ${perSecond(rates.floorPage)} (of which ours is ${percent(ratio(rates.random, rates.floorPage))}); ${NAME} at page 1 ${perSecond(rates.expressFirst)}, at random pages ${perSecond(rates.expressRandom)}, at the last ${perSecond(rates.expressLast)}.`,
      ],
      shares: [
        { name: 'Kinebase, PostgreSQL, page not changed', share: share('kept'), ours: true },
        { name: 'Kinebase, PostgreSQL, random place', share: share('random'), ours: true },
        { name: 'select 1, our server and driver', share: share('floorSmall') },
        { name: 'express + knex, page 1', share: share('expressFirst') },
        { name: 'express + knex, random page', share: share('expressRandom') },
        { name: 'express + knex, last page', share: share('expressLast') },
      ],
    };
  });

const percent = (value) => `${(100 * value).toFixed(0)} %`;
const perSecond = (rates) => median(rates).toFixed(0);
