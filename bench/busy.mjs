// Whether the server still answers at once while it exports, computes uploads and serves pages as fast as it can: /health,
// asked 100 times a second in an open loop, embedded store.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { drain, EXPORT_PATH } from './export.mjs';
import { sqliteArchive } from './lib/archive.mjs';
import { latencies } from './lib/openLoop.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { upload } from './lib/recorded.mjs';
import { tenMinutes } from './lib/recording.mjs';
import { randomPlaces } from './lib/requests.mjs';
import { row } from './lib/results.mjs';
import { needWrk, prepareLoad, rate } from './lib/wrk.mjs';

const SECONDS = 10;
const ASKED_PER_SECOND = 100;

export const answer = (context) =>
  whileOpen(async (open) => {
    needWrk();
    const { shape, cache } = context;
    const data = await sqliteArchive(context, shape);
    // The uploads stay in a store of their own kind: the archive must be the same for the next question.
    const copy = open(await copyOf(data, cache));
    const doors = await openDoors(`sqlite:${copy.data}`, shape);
    const server = open(await startOurs(copy.data, { doors }));
    const token = doors.tokens.get('org-1');
    const athleteId = await firstAthlete(server.url, token);
    const recording = tenMinutes();
    const pages = prepareLoad(server.url, server.requests(randomPlaces(shape)));
    const health = prepareLoad(server.url, [{ path: '/health' }]);
    await drain(`${server.url}${EXPORT_PATH}`, token);
    const quiet = await latencies(health, { perSecond: ASKED_PER_SECOND, seconds: 3, connections: 8 });
    let busy = true;
    const done = { exports: 0, uploads: 0 };
    const again = async (name, work) => {
      while (busy) {
        await work();
        done[name]++;
      }
    };
    const others = Promise.all([
      rate(pages, SECONDS + 3),
      again('exports', () => drain(`${server.url}${EXPORT_PATH}`, token)),
      again('uploads', () => upload(server.url, token, athleteId, recording)),
    ]);
    others.catch(() => {});
    const loaded = await latencies(health, {
      perSecond: ASKED_PER_SECOND,
      seconds: SECONDS,
      connections: 64,
    }).finally(() => {
      busy = false;
    });
    const [pagesPerSecond] = await others;
    const ms = (value) => `${value.toFixed(1)} ms`;
    return {
      rows: [
        row(
          '/health, 99th percentile, during exports, uploads and a full load of pages',
          ms(loaded.p99_ms),
          '≤ 20 ms',
          loaded.p99_ms <= 20,
        ),
      ],
      notes: [
        `Meanwhile ${done.exports} exports, ${done.uploads} uploads of ten minutes (computed and stored), ${pagesPerSecond.toFixed(0)} pages a second; the server with its computing thread has one core. Median ${ms(loaded.median_ms)}; with nothing else to do ${ms(quiet.median_ms)}, 99th percentile ${ms(quiet.p99_ms)}.`,
      ],
    };
  });

async function firstAthlete(url, token) {
  const response = await fetch(`${url}/athletes`, {
    headers: { authorization: `Bearer ${token}`, prefer: 'body=json' },
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()).body[0].ValorID;
}

async function copyOf(data, cache) {
  const copy = await mkdtemp(join(cache, 'busy-'));
  await cp(data, copy, { recursive: true });
  return { data: copy, stop: () => rm(copy, { recursive: true, force: true }) };
}
