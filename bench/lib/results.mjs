// Answers are kept with the machine and the day they were measured on.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const FILE = new URL('../results.json', import.meta.url);
const PAGE = new URL('../../docs/performance.md', import.meta.url);

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

export function keepResult(name, question, { rows, notes = [] }) {
  const results = read();
  results[name] = {
    question,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    commit: commit(),
    rows,
    notes,
  };
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
}

export function writePerformancePage() {
  const parts = [
    '# Performance',
    '',
    'Every figure is measured by `npm run bench -- QUESTION` and kept in `bench/results.json` with machine and day; this page is written by `npm run bench -- all`.',
    'Rates depend on the machine and on its day; the ratios inside one run are what counts. Server and load run on a core each, in alternating rounds of two seconds, medians.',
  ];
  for (const [name, { question, date, machine: on, commit: at, rows, notes }] of Object.entries(read())) {
    parts.push(
      '',
      `## ${question}`,
      '',
      `\`npm run bench -- ${name}\`, ${date}, ${on}, at ${at}`,
      '',
      '| measure | measured | figure | |',
      '| --- | --- | --- | --- |',
    );
    for (const { what, value, figure, met } of rows)
      parts.push(`| ${what} | ${value} | ${figure} | ${met ? 'met' : '**not met**'} |`);
    for (const note of notes) parts.push('', note);
  }
  writeFileSync(PAGE, `${parts.join('\n')}\n`);
}

const read = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

function machine() {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'no commit';
  }
}
