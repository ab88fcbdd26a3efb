// A page of 100 sessions by a random cursor over HTTP with an RS256 token: as it runs, with finished pages kept, and with
// the page cache off, so that the store is asked each time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get, signIn } from './lib/client.mjs';
import { startBare, startKinebase } from './lib/processes.mjs';
import { median } from './lib/results.mjs';
import { alternate, needWrk, rate } from './lib/wrk.mjs';
import { BENCH, load } from './load.mjs';

const SESSIONS = 100_000;
const ORGANIZATIONS = 5;

export async function answer({ rounds }) {
  needWrk();
  const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
  const stops = [];
  try {
    await load({
      sessions: SESSIONS,
      organizations: ORGANIZATIONS,
      databaseUrl: `sqlite:${data}`,
      log: () => {},
    });
    const server = await startKinebase(data);
    stops.push(server.stop);
    const requests = [];
    let sample;
    for (let number = 1; number <= ORGANIZATIONS; number++) {
      const token = await signIn(server.url, `bench@org-${number}.example`, BENCH.password, BENCH.clientId);
      let cursor = '';
      do {
        const headers = { authorization: `Bearer ${token}`, 'x-continuation-token': cursor };
        requests.push({ path: '/sessions?limit=100', headers });
        sample = Buffer.from(
          await (
            await get(`${server.url}/sessions?limit=100`, token, {
              ...headers,
              'accept-encoding': 'identity',
            })
          ).arrayBuffer(),
        );
        cursor = JSON.parse(sample)['X-Continuation-Token'];
      } while (cursor !== null);
    }
    const file = join(data, 'page.json');
    writeFileSync(file, sample);
    const bare = await startBare(file);
    stops.push(bare.stop);
    const bareRate = () => rate(bare.url, [{ path: '/' }]);
    const kept = await alternate(rounds, () => rate(server.url, requests), bareRate);
    await stops.shift()();
    const asking = await startKinebase(data, { env: { KINEBASE_PAGE_CACHE_MB: '0' } });
    stops.push(asking.stop);
    const asked = await alternate(rounds, () => rate(asking.url, requests), bareRate);
    const share = ({ one, other }) => median(one.map((ours, round) => ours / other[round]));
    const size = `page of 100 (${Math.round(sample.length / 1000)} kB), random cursor`;
    const row = (what, ratio, figure, met) => ({
      what,
      value: `${(100 * ratio).toFixed(0)} % of bare`,
      figure,
      met,
    });
    return {
      rows: [
        row(`${size}, as it runs`, share(kept), '≥ 15 %', share(kept) >= 0.15),
        row(
          `${size}, page cache off: the store asked each time`,
          share(asked),
          '≥ 15 %',
          share(asked) >= 0.15,
        ),
      ],
      notes: [
        `${requests.length} cursors over ${SESSIONS} sessions; medians of ${rounds} rounds: ${median(kept.one).toFixed(0)} pages/s as it runs beside ${median(kept.other).toFixed(0)} of node:http, ${median(asked.one).toFixed(0)} with the page cache off beside ${median(asked.other).toFixed(0)}.`,
      ],
    };
  } finally {
    for (const stop of stops) await stop();
    rmSync(data, { recursive: true, force: true });
  }
}
