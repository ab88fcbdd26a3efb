// A million sessions through the client, one by one and page by page, in turn with the loop that the documentation of the
// sessions API shows, on the same server: sessions a second, and the memory of each process.
import { fileURLToPath } from 'node:url';
import { deepWithin, sqliteArchive } from './lib/archive.mjs';
import { runAsker } from './lib/asker.mjs';
import { install, place } from './lib/install.mjs';
import { openDoors, startOurs, whileOpen } from './lib/pages.mjs';
import { median, row } from './lib/results.mjs';

const AXIOS = 'axios@1.21.1';
const LIST = fileURLToPath(new URL('./lib/list.mjs', import.meta.url));
const SAMPLE = new URL('./lib/sampleLoop.mjs', import.meta.url);

export const answer = (context) =>
  whileOpen(async (open) => {
    const shape = deepWithin(context.shape);
    const sample = place(install(context, 'axios', [AXIOS]), SAMPLE);
    const data = await sqliteArchive(context, shape);
    const doors = await openDoors(`sqlite:${data}`, shape);
    const { url } = open(await startOurs(data, { doors }));
    const token = doors.tokens.get('org-1');
    // The first pass is that of a server without a copy of the list; in the next the client's own memory is looked at.
    const first = checked(await runAsker(LIST, url, token, 'items'), shape);
    const { live_MB } = checked(await runAsker('--expose-gc', LIST, url, token, 'pages'), shape, first);
    const runs = { items: [], pages: [], sample: [] };
    for (let round = 0; round < context.rounds; round++) {
      runs.items.push(checked(await runAsker(LIST, url, token, 'items'), shape, first));
      runs.sample.push(checked(await runAsker(sample, url, token), shape, first));
      runs.pages.push(checked(await runAsker(LIST, url, token, 'pages'), shape, first));
    }
    const [items, pages, loop] = [runs.items, runs.pages, runs.sample].map(speed);
    const growth = median([...runs.items, ...runs.pages].map(({ rss_MB }) => growthOf(rss_MB)));
    const live = growthOf(live_MB);
    const [ours, theirs] = [[...runs.items, ...runs.pages], runs.sample].map(peak);
    const times = (faster) => `${(faster / loop).toFixed(1)} ×`;
    return {
      rows: [
        row(
          `${shape.sessions.toLocaleString('en')} sessions, one by one`,
          `${thousands(items)} sessions/s`,
          '≥ 150 k sessions/s',
          items >= 150_000,
        ),
        row(
          'the same page by page',
          `${thousands(pages)} sessions/s`,
          '≥ 150 k sessions/s',
          pages >= 150_000,
        ),
        row('one by one, against the documented loop', times(items), '≥ 5 ×', items >= 5 * loop),
        row('page by page, against the documented loop', times(pages), '≥ 5 ×', pages >= 5 * loop),
        row(
          'live memory in the second half of the list, against the first half',
          `${live.toFixed(2)} ×`,
          '≤ 1.1 ×',
          live <= 1.1,
        ),
        row('the same of the resident set', `${growth.toFixed(2)} ×`, '≤ 1.1 ×', growth <= 1.1),
        row(
          'most memory of the process, against the documented loop',
          `${ours.toFixed(0)} of ${theirs.toFixed(0)} MB`,
          'no more',
          ours <= theirs,
        ),
      ],
      notes: [
        `Medians of ${context.rounds} rounds on an embedded store, each way in a process of its own on core 1: ${listed('one by one', runs.items)}; ${listed('page by page', runs.pages)}; ${listed(`the loop with ${AXIOS.replace('@', ' ')}`, runs.sample)}. The first pass, of a server that makes its copy of the list meanwhile: ${thousands(speed([first]))}/s. Live memory: the heap after a collection at every 50,000 sessions, ${Math.max(...live_MB).toFixed(1)} MB at most, page by page; resident set at every 10,000, and against the loop its largest of all rounds.`,
        'The documented loop asks for pages of the default limit (1,000) one after the other, has them compressed, parses each body twice and keeps everything. The client takes pages of 5,000 as plain JSON, not compressed on loopback, asks for the next as soon as the headers of one have come, and keeps two.',
      ],
    };
  });

/** Whatever was read in another way must be the same sessions. */
function checked(run, { sessions }, as = run) {
  if (run.sessions !== sessions || Math.abs(run.duration_s - as.duration_s) > 0.001 * as.duration_s)
    throw new Error(`${run.sessions} of ${sessions} sessions came, ${run.duration_s} s of ${as.duration_s}`);
  return run;
}

const speeds = (runs) => runs.map(({ sessions, seconds }) => sessions / seconds);
const speed = (runs) => median(speeds(runs));
const peak = (runs) => Math.max(...runs.map(({ peak_MB }) => peak_MB));
const thousands = (number) => `${(number / 1000).toFixed(0)} k`;
const listed = (name, runs) => `${name} ${speeds(runs).map(thousands).join(', ')} sessions a second`;

/** The most that was held in the second half, against the first. */
function growthOf(looks) {
  const half = Math.floor(looks.length / 2);
  return Math.max(...looks.slice(half)) / Math.max(...looks.slice(0, half));
}
