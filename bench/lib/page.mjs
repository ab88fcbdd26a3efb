// docs/performance.md and its chart: what stands between the markers is written from the results, the rest by people.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { drawChart } from './chart.mjs';
import { readResults } from './results.mjs';

const PAGE = new URL('../../docs/performance.md', import.meta.url);
const CHART = new URL('../../docs/performance/pages.svg', import.meta.url);
const BEGIN = '<!-- written by npm run bench: begin -->';
const END = '<!-- written by npm run bench: end -->';

export function writePerformancePage(order) {
  const results = readResults();
  const text = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/performance.md has lost its markers ${BEGIN} and ${END}`);
  const parts = [BEGIN, ...chart(results)];
  for (const name of order) if (results[name]) parts.push(...section(name, results[name]));
  writeFileSync(PAGE, `${text.slice(0, begin)}${parts.join('\n')}\n${text.slice(end)}`);
}

function chart(results) {
  const shares = Object.values(results).flatMap((result) => result.shares ?? []);
  if (shares.length === 0) return [];
  const dots = [
    { name: 'bare node:http, same bytes', share: 1 },
    ...shares.sort((a, b) => b.share - a.share),
  ];
  mkdirSync(new URL('.', CHART), { recursive: true });
  writeFileSync(
    CHART,
    drawChart(dots, {
      title: 'A page of 100 sessions: requests a second',
      axis: 'share of what bare node:http reaches with the same bytes, logarithmic',
    }),
  );
  return ['', '![Requests a second as shares of bare node:http](performance/pages.svg)'];
}

function section(name, { question, date, machine, commit, failed, rows = [], notes = [] }) {
  const head = ['', `## ${question}`, '', `\`npm run bench -- ${name}\`, ${date}, ${machine}, at ${commit}`];
  if (failed !== undefined) return [...head, '', `**Failed**: ${failed.split('\n')[0]}`];
  const table = [
    '',
    '| measure | measured | figure | |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ what, value, figure, met }) => `| ${what} | ${value} | ${figure} | ${met ? 'met' : '**not met**'} |`,
    ),
  ];
  return [...head, ...(rows.length > 0 ? table : []), ...notes.flatMap((note) => ['', note])];
}
