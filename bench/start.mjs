// Ready: from starting the process to its ready line. Memory at rest: resident size ten seconds later.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startKinebaseUnpinned } from './lib/processes.mjs';
import { median } from './lib/results.mjs';

const REST_MS = 10_000;

export async function answer({ rounds }) {
  const first = [];
  const firstMemory = [];
  const again = [];
  const memory = [];
  for (let round = 0; round < Math.min(3, rounds); round++) {
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    try {
      const fresh = await startKinebaseUnpinned(data, '--demo');
      first.push(fresh.ready_ms);
      await wait(REST_MS);
      firstMemory.push(fresh.memory_MB());
      await fresh.stop();
      for (let repeat = 0; repeat < 3; repeat++) {
        const server = await startKinebaseUnpinned(data, '--demo');
        again.push(server.ready_ms);
        if (repeat === 0) {
          await wait(REST_MS);
          memory.push(server.memory_MB());
        }
        await server.stop();
      }
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  }
  const row = (what, value, unit, figure, most) => ({
    what,
    value: `${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`,
    figure,
    met: value <= most,
  });
  return {
    rows: [
      row('ready, data folder exists', median(again) / 1000, 's', '≤ 2 s', 2),
      row('ready, first start with demo data', median(first) / 1000, 's', '≤ 12 s', 12),
      row('resident memory at rest', median(memory), 'MB', '≤ 150 MB', 150),
      row('resident memory at rest after the first start', median(firstMemory), 'MB', '≤ 150 MB', 150),
    ],
  };
}
