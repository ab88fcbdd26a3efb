// npm run bench            lists the questions
// npm run bench -- page    answers one, keeps the answer in bench/results.json and rewrites docs/performance.md
// npm run bench -- all     answers all of them, each on its own: one that fails says so and the others go on
// npm run bench -- archive --sessions N   builds the archives ahead of time
// npm run bench -- load --sessions N --organizations M   fills a store for other load tools
import { parseArgs } from 'node:util';
import { ORGANIZATIONS, SESSIONS } from './lib/archive.mjs';
import { writePerformancePage } from './lib/page.mjs';
import { cacheFolder } from './lib/place.mjs';
import { keepResult } from './lib/results.mjs';

const QUESTIONS = {
  page: 'How fast is a page of 100 sessions from the embedded store, beside bare node:http with the same bytes?',
  postgres:
    'How fast is that page from PostgreSQL, beside `select 1` through the same driver and beside a hand-rolled service?',
  peers: 'How fast is that page beside Parse Server and Directus?',
  depth: 'Does a page cost the same however deep it lies?',
  size: 'Does a page cost the same in an archive of ten times the size?',
  half: 'How late is the latest page in a hundred at half of the peak rate?',
  export: 'How fast are a million sessions exported, and in how much memory?',
  listing:
    'How fast is a million sessions read through the client, and in how much memory, beside the loop that the API documents?',
  sync: 'How fast is an account of 10,000 sessions mirrored?',
  busy: 'Does the server answer at once while it exports, computes and serves pages?',
  document:
    'How fast are the series of one recording served, beside JSON.stringify and beside a static file?',
  ingest: 'How many recordings a second are uploaded, computed and stored?',
  bulk: 'How fast does the bulk loader write?',
  flame: 'Where does the time of a page go?',
  start: 'How long until the server is ready, and how much memory does it hold at rest?',
  upload: 'How long does a ten-minute recording take from upload to stored report?',
  ikdata:
    'How fast are the series of that recording served, beside a bare node:http server that sends the same bytes?',
  motion: 'How fast does a file become a report, and how much memory does that take?',
  web: 'How does the web app load, scroll through 100,000 sessions, and open and pan ten minutes?',
};
/** Only when asked for by name: it builds an archive of twenty gigabytes on either store, and takes half an hour. */
const APART = ['size'];
const STORES = ['embedded', 'postgres'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sessions: { type: 'string' },
    organizations: { type: 'string' },
    rounds: { type: 'string' },
    cache: { type: 'string' },
    recordings: { type: 'string' },
    store: { type: 'string' },
  },
});

const unknown = positionals.filter(
  (name) => !['all', 'load', 'archive', ...Object.keys(QUESTIONS)].includes(name),
);
if (positionals.length === 0 || unknown.length > 0) {
  help();
  if (unknown.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'load') {
  const { load } = await import('./load.mjs');
  await load({ sessions: count('sessions', 100_000), organizations: count('organizations', 10) });
} else {
  const context = {
    rounds: count('rounds', 5),
    shape: { sessions: count('sessions', SESSIONS), organizations: count('organizations', ORGANIZATIONS) },
    cache: cacheFolder(values.cache),
    recordings: values.recordings,
    stores: STORES.filter((name) => (values.store ?? name) === name),
    log: (text) => console.log(`  ${text}`),
  };
  if (positionals[0] === 'archive') await (await import('./archive.mjs')).build(context);
  else
    await answerAll(
      positionals.includes('all')
        ? Object.keys(QUESTIONS).filter((name) => !APART.includes(name))
        : positionals,
      context,
    );
}

async function answerAll(names, context) {
  for (const name of names) {
    console.log(`\n${QUESTIONS[name]}`);
    const started = performance.now();
    try {
      const { answer } = await import(`./${name}.mjs`);
      const result = await answer(context);
      report(result);
      keepResult(name, QUESTIONS[name], result);
    } catch (error) {
      console.log(`  failed: ${error.stack}`);
      keepResult(name, QUESTIONS[name], { failed: error.message.slice(0, 500) });
      process.exitCode = 1;
    }
    console.log(`  (${((performance.now() - started) / 1000).toFixed(0)} s)`);
    writePerformancePage(Object.keys(QUESTIONS));
  }
}

function report({ rows, notes = [] }) {
  for (const { what, value, figure, met } of rows)
    console.log(`  ${what.padEnd(78)} ${value.padStart(14)}   figure ${figure}   ${met ? 'met' : 'NOT MET'}`);
  for (const note of notes) console.log(`  ${note}`);
}

function help() {
  for (const [name, text] of Object.entries(QUESTIONS))
    console.log(`npm run bench -- ${name.padEnd(8)} ${text}`);
  console.log(`npm run bench -- all      all of these but ${APART.join(' and ')}
npm run bench -- archive  builds the archives that they read, ahead of time
npm run bench -- load     fills the store that KINEBASE_DATABASE_URL names: --sessions N --organizations M

--sessions N    sessions in the archives (${SESSIONS}), in ${ORGANIZATIONS} organizations (--organizations M)
--store S       of size: embedded or postgres only
--recordings F  of ingest: a folder of recordings to send, instead of generated ones
--rounds N      alternating rounds of two seconds (5)
--cache FOLDER  where archives and other programs are kept between runs (kinebase-bench in the temporary folder)`);
}

function count(name, otherwise) {
  const value = values[name] === undefined ? otherwise : Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}
