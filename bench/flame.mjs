// Where the time of a page goes: profiles of the server under a full load of pages at random places, on either store, with
// the page cache off.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresArchive, sqliteArchive } from './lib/archive.mjs';
import { drawFlame, fold } from './lib/flame.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { randomPlaces } from './lib/requests.mjs';
import { needWrk, prepareLoad, rate } from './lib/wrk.mjs';

const PICTURES = new URL('../docs/performance/', import.meta.url);
const SECONDS = 6;

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { shape, cache } = context;
    const embedded = await profile(open, shape, {
      store: 'embedded store',
      picture: 'flame.svg',
      data: await sqliteArchive(context, shape),
    });
    const postgres = open(await startPostgres(cache));
    const { database } = await postgresArchive(context, postgres, shape);
    const remote = await profile(open, shape, {
      store: 'PostgreSQL',
      picture: 'flame-postgres.svg',
      data: temporary(open),
      databaseUrl: postgres.url(database),
    });
    const explanation =
      'Width is time on the processor of the main thread, what is called stands on what calls it; idle time is left out.';
    return { rows: [], notes: [explanation, ...embedded, ...remote] };
  });

async function profile(open, shape, { store, picture, data, databaseUrl }) {
  const doors = await openDoors(databaseUrl ?? `sqlite:${data}`, shape);
  const folder = temporary(open);
  const server = await startOurs(data, {
    databaseUrl,
    doors,
    caches: false,
    nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
  });
  const load = prepareLoad(server.url, server.requests(randomPlaces(shape)));
  const { perSecond, from_ms, to_ms } = await underLoad(server, load).finally(() => server.stop());
  const root = fold(mainThread(folder), { from_ms, to_ms });
  mkdirSync(PICTURES, { recursive: true });
  const title = `Pages of 100 sessions at random places, ${store}, page cache off, ${new Date().toISOString().slice(0, 10)}`;
  writeFileSync(new URL(picture, PICTURES), drawFlame(root, title));
  return [
    `![Flame graph of the server answering pages, ${store}](performance/${picture})`,
    `${store}: ${shares(root)}; ${perSecond.toFixed(0)} pages a second while it was profiled.`,
  ];
}

function temporary(open) {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-profile-'));
  open({ stop: () => rmSync(folder, { recursive: true, force: true }) });
  return folder;
}

/** When the load was on, by the clock that starts with the process, as the profile does. */
async function underLoad(server, load) {
  await rate(load);
  const from_ms = performance.now() - server.started_ms;
  const perSecond = await rate(load, SECONDS);
  return { perSecond, from_ms, to_ms: performance.now() - server.started_ms };
}

/** Each thread writes a profile of its own; the main one was busy longest. */
function mainThread(folder) {
  const profiles = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return profiles.sort((a, b) => fold(b).time - fold(a).time)[0];
}

const KINDS = {
  own: 'our own code',
  dependency: 'packages',
  node: 'Node',
  native: 'native code',
  collector: 'garbage collection',
};

/** Time in a kind of code itself, without what it calls. */
function shares(root) {
  const own = {};
  const visit = (node) => {
    let inside = node.time;
    for (const child of node.children.values()) {
      inside -= child.time;
      visit(child);
    }
    own[node.kind] = (own[node.kind] ?? 0) + inside;
  };
  visit(root);
  return Object.entries(KINDS)
    .map(([kind, name]) => `${name} ${((100 * (own[kind] ?? 0)) / root.time).toFixed(0)} %`)
    .join(', ');
}
