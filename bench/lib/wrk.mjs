// Load from wrk, on a core of its own. Requests come from a file, one `path TAB name TAB value TAB …` a line, taken in
// random order.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithUs } from './children.mjs';
import { median } from './results.mjs';

export function needWrk() {
  if (spawnSync('sh', ['-c', 'command -v wrk'], { stdio: 'ignore' }).status === 0) return;
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'wrk'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (spawnSync('sh', ['-c', 'command -v wrk'], { stdio: 'ignore' }).status === 0) return;
  }
  throw new Error('this question needs the load generator wrk (Debian package wrk)');
}

let scripts;
let prepared = 0;

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-wrk-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A load to be repeated. `requests`: [{ path, headers }]. */
export function prepareLoad(url, requests, { connections = 32 } = {}) {
  scripts ??= temporaryFolder();
  const script = join(scripts, `${++prepared}.lua`);
  const list = join(scripts, `${prepared}`);
  const line = ({ path, headers = {} }) => [path, ...Object.entries(headers).flat()].join('\t');
  writeFileSync(list, `${requests.map(line).join('\n')}\n`);
  writeFileSync(script, lua(list));
  return { url, script, list, connections, first: requests[0] };
}

/** Requests per second over `seconds`; throws when an answer was not 2xx. */
export async function rate({ url, script, connections, first }, seconds = 2) {
  const args = [
    '-c',
    '1',
    'wrk',
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    '30s',
    '-s',
    script,
    url,
  ];
  const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  endWithUs(child, 'SIGTERM');
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await once(child, 'exit');
  if (/Non-2xx/.test(out)) throw new Error(`not every answer was good:\n${out}`);
  const found = /Requests\/sec:\s+([\d.]+)/.exec(out);
  if (found === null) throw new Error(`wrk does not say how fast ${url} is:\n${out}`);
  await untilIdle(url, first);
  return Number(found[1]);
}

/**
 * wrk leaves without waiting for its last answers. A slow server would go on with them, on the core that whoever is measured
 * next needs: one more answer comes when those are done.
 */
async function untilIdle(url, { path, headers }) {
  await (await fetch(`${url}${path}`, { headers })).arrayBuffer();
}

// wrk knows its host, and so formats a whole request, only once init runs.
const lua = (list) => `
local requests = {}
init = function()
  for line in io.lines(${JSON.stringify(list)}) do
    local fields = {}
    for field in line:gmatch("[^\\t]+") do fields[#fields + 1] = field end
    local headers = {}
    for i = 2, #fields, 2 do headers[fields[i]] = fields[i + 1] end
    requests[#requests + 1] = wrk.format("GET", fields[1], headers)
  end
  math.randomseed(os.time())
end
request = function() return requests[math.random(#requests)] end
`;

/**
 * Rates of several loads ({ name: load }) in alternating rounds, so that whatever else the machine does meets all of them.
 * A first round, not counted, warms up.
 */
export async function alternate(rounds, loads) {
  const rates = Object.fromEntries(Object.keys(loads).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, load] of Object.entries(loads)) {
      const value = await rate(load);
      if (round > 0) rates[name].push(value);
    }
  }
  return rates;
}

/** The median over the rounds of how one rate stood to another. */
export const ratio = (ours, other) => median(ours.map((value, round) => value / other[round]));
