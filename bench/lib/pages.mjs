// Servers that answer pages of sessions, ready to be loaded, with all that must be let go of afterwards.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBare, startKinebase } from './processes.mjs';
import { openDoors, ourRequest, samplePage } from './requests.mjs';

/** Runs `work` and then lets go of what it opened, last first. `open(thing)`: anything with a `stop`. */
export async function whileOpen(work) {
  const things = [];
  const open = (thing) => {
    things.push(thing);
    return thing;
  };
  try {
    return await work(open);
  } finally {
    for (const thing of things.reverse()) await thing.stop();
  }
}

/**
 * Our server on a database, on core 0, beside what is needed to ask it for pages. `caches` false: it keeps neither pages nor
 * copies of lists and asks the store each time.
 */
export async function startOurs(data, { databaseUrl, caches = true, doors, nodeOptions }) {
  const server = await startKinebase(data, {
    nodeOptions,
    env: {
      // Nobody else is told that it goes away.
      KINEBASE_DRAIN_SECONDS: '0',
      ...(databaseUrl && { KINEBASE_DATABASE_URL: databaseUrl }),
      ...(!caches && { KINEBASE_PAGE_CACHE_MB: '0', KINEBASE_LISTS_MB: '0' }),
    },
  });
  return {
    ...server,
    requests: (places) => places.map((place) => ourRequest(doors, place)),
    sample: (place) => samplePage(server.url, ourRequest(doors, place)),
  };
}

export { openDoors };

/** The limit: bare node:http with the bytes of that page. */
export function startBareWith(folder, page) {
  const file = join(folder, 'page.json');
  writeFileSync(file, page);
  return startBare(file);
}
