// Where the time of a page goes: a profile of the server under a full load of pages at random places, embedded store, with
// the page cache off.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteArchive } from './lib/archive.mjs';
import { drawFlame, fold } from './lib/flame.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { randomPlaces } from './lib/requests.mjs';
import { needWrk, prepareLoad, rate } from './lib/wrk.mjs';

const PICTURE = new URL('../docs/performance/flame.svg', import.meta.url);
const SECONDS = 6;

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { shape } = context;
    const data = await sqliteArchive(context, shape);
    const doors = await openDoors(`sqlite:${data}`, shape);
    const folder = mkdtempSync(join(tmpdir(), 'kinebase-profile-'));
    open({ stop: () => rmSync(folder, { recursive: true, force: true }) });
    const server = await startOurs(data, {
      doors,
      cache_MB: 0,
      nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
    });
    const load = prepareLoad(server.url, server.requests(randomPlaces(shape)));
    const { perSecond, from_ms, to_ms } = await underLoad(server, load).finally(() => server.stop());
    const root = fold(mainThread(folder), { from_ms, to_ms });
    mkdirSync(new URL('.', PICTURE), { recursive: true });
    const title = `Pages of 100 sessions at random places, embedded store: time of the main thread, ${new Date().toISOString().slice(0, 10)}`;
    writeFileSync(PICTURE, drawFlame(root, title));
    return {
      rows: [],
      notes: [
        `![Flame graph of the server answering pages](performance/flame.svg)`,
        `Width is time on the processor, what calls is below what is called; idle time is left out. Of it: ${shares(root)}. ${perSecond.toFixed(0)} pages a second while it was profiled.`,
      ],
    };
  });

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
  const names = {
    own: 'our own code',
    dependency: 'packages',
    node: 'Node',
    native: 'native code',
    collector: 'garbage collection',
  };
  return Object.entries(names)
    .map(([kind, name]) => `${name} ${((100 * (own[kind] ?? 0)) / root.time).toFixed(0)} %`)
    .join(', ');
}
