// npm run bench            lists the questions
// npm run bench -- page    answers one, and writes the answer to bench/results.json
// npm run bench -- all     answers all of them and rewrites docs/performance.md
// npm run bench -- load --sessions N --organizations M   fills a store for other load tools
import { parseArgs } from 'node:util';
import { keepResult, writePerformancePage } from './lib/results.mjs';

const QUESTIONS = {
  start: 'How long until the server is ready, and how much memory does it hold at rest?',
  page: 'How fast is a page of 100 sessions, beside a bare node:http server that sends the same bytes?',
  upload: 'How long does a ten-minute recording take from upload to stored report?',
  ikdata:
    'How fast are the series of that recording served, beside a bare node:http server that sends the same bytes?',
  motion: 'How fast does a file become a report, and how much memory does that take?',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sessions: { type: 'string' }, organizations: { type: 'string' }, rounds: { type: 'string' } },
});
const [question] = positionals;

if (question === 'load') {
  const { load } = await import('./load.mjs');
  await load({ sessions: count('sessions', 100_000), organizations: count('organizations', 10) });
} else if (question === 'all' || Object.hasOwn(QUESTIONS, question ?? '')) {
  const asked = question === 'all' ? Object.keys(QUESTIONS) : [question];
  for (const name of asked) {
    console.log(`\n${QUESTIONS[name]}`);
    const { answer } = await import(`./${name}.mjs`);
    const result = await answer({ rounds: count('rounds', 7) });
    for (const row of result.rows)
      console.log(
        `  ${row.what.padEnd(62)} ${row.value.padStart(12)}   figure ${row.figure}   ${row.met ? 'met' : 'NOT MET'}`,
      );
    for (const note of result.notes ?? []) console.log(`  ${note}`);
    keepResult(name, QUESTIONS[name], result);
  }
  writePerformancePage();
} else {
  for (const [name, text] of Object.entries(QUESTIONS))
    console.log(`npm run bench -- ${name.padEnd(8)} ${text}`);
  console.log('npm run bench -- all      all of these, and docs/performance.md from the answers');
  console.log(
    'npm run bench -- load     fills the store that KINEBASE_DATABASE_URL names: --sessions N --organizations M',
  );
  if (question !== undefined) process.exitCode = 1;
}

function count(name, otherwise) {
  const value = values[name] === undefined ? otherwise : Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}
