// Answers are kept with the machine and the day they were measured on.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const FILE = new URL('../results.json', import.meta.url);

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The value below which that share of the numbers lies. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const row = (what, value, figure, met) => ({ what, value, figure, met });

export function readResults() {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
}

/** `result`: rows, notes, and shares of bare node:http for the chart; or the error that it ended with. */
export function keepResult(name, question, result) {
  const results = readResults();
  results[name] = {
    question,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    commit: commit(),
    ...result,
  };
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
}

function machine() {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

function commit() {
  const git = (...args) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return (
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--', 'src') === '' ? '' : ' with changes')
    );
  } catch {
    return 'no commit';
  }
}
