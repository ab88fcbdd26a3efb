// Load from wrk, on a core of its own. Requests come from a file, one `METHOD-less path TAB header: value TAB …` a line,
// taken in random order.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** Requests per second over `seconds`; throws when an answer was not 2xx. `requests`: [{ path, headers }]. */
export async function rate(url, requests, { seconds = 2, connections = 32 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-wrk-'));
  const script = join(folder, 'requests.lua');
  writeFileSync(script, lua(requests));
  const command = [
    'taskset',
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
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await once(child, 'exit');
  if (/Non-2xx/.test(out)) throw new Error(`not every answer was good:\n${out}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]);
}

// wrk knows its host, and so formats a whole request, only once init runs.
const lua = (requests) => `
local requests = {}
init = function()
${requests
  .map(
    ({ path, headers = {} }) =>
      `  requests[#requests + 1] = wrk.format("GET", ${quote(path)}, {${Object.entries(headers)
        .map(([name, value]) => `[${quote(name)}]=${quote(value)}`)
        .join(', ')}})`,
  )
  .join('\n')}
  math.randomseed(os.time())
end
request = function() return requests[math.random(#requests)] end
`;

const quote = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Rates of two servers in alternating rounds, so that whatever else the machine does meets both. */
export async function alternate(rounds, one, other) {
  const rates = { one: [], other: [] };
  await one();
  await other();
  for (let round = 0; round < rounds; round++) {
    rates.one.push(await one());
    rates.other.push(await other());
  }
  return rates;
}
