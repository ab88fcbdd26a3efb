// Reads every session through the client and keeps none: node list.mjs URL TOKEN items|pages. Prints
// { sessions, duration_s, seconds, peak_MB, rss_MB, live_MB }: the last two at equal steps of the list; what is live is
// known where the collector may be called (--expose-gc).
import { memoryUsage, resourceUsage } from 'node:process';
import { createClient } from '../../dist/sdk/index.js';

/** Sessions between two looks at the memory, and between two collections. */
const STEP = 10_000;
const COLLECTED = 50_000;

const [url, token, way] = process.argv.slice(2);
const { sessions: calls } = createClient({ url, token });
const rss_MB = [];
const live_MB = [];
const ids = new Set();
let sessions = 0;
let duration_s = 0;
const take = (session) => {
  duration_s += session.Duration;
  if (++sessions % STEP !== 0) return;
  ids.add(session['Session ID']);
  rss_MB.push(memoryUsage.rss() / 2 ** 20);
  if (globalThis.gc === undefined || sessions % COLLECTED !== 0) return;
  globalThis.gc();
  live_MB.push(memoryUsage().heapUsed / 2 ** 20);
};
const started = performance.now();
if (way === 'items') for await (const session of calls.list()) take(session);
else for await (const { items } of calls.list().pages()) for (const session of items) take(session);
const seconds = (performance.now() - started) / 1000;
if (ids.size !== rss_MB.length) throw new Error('a session came twice');
const peak_MB = resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ sessions, duration_s, seconds, peak_MB, rss_MB, live_MB }));
