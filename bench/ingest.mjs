// Recordings uploaded, computed and stored durably, four at a time, on both cores. `--recordings FOLDER`: files to send, each
// in turn; without it, generated movement of the same length.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileOpen } from './lib/pages.mjs';
import { startKinebaseUnpinned } from './lib/processes.mjs';
import { generatedRecordings, prepareAthlete, prepareFolder, send as sendTo } from './lib/recorded.mjs';
import { median, row } from './lib/results.mjs';

const IN_FLIGHT = 4;
const SECONDS = 6;

export const answer = ({ recordings, rounds }) =>
  whileOpen(async (open) => {
    const files = recordings === undefined ? generatedRecordings() : recorded(recordings);
    const { data, account, remove } = await prepareFolder();
    open({ stop: remove });
    const server = open(await startKinebaseUnpinned(data));
    const { token, athleteId } = await prepareAthlete(server.url, account);
    const send = async (file) => {
      const { status, text } = await sendTo(server.url, token, athleteId, file);
      return status === 201 ? null : `${file.name}: ${text}`;
    };
    // What is refused (a file without a time column, say) is no recording to measure with.
    const good = [];
    for (const file of files) if ((await send(file)) === null) good.push(file);
    if (good.length === 0) throw new Error('none of the recordings was accepted');
    // Not counted: until then most of what runs is being compiled.
    await flood(good, send);
    const speeds = [];
    for (let round = 0; round < Math.min(3, rounds); round++) speeds.push(await flood(good, send));
    const speed = median(speeds);
    const bytes = good.reduce((sum, file) => sum + file.bytes.length, 0) / good.length;
    const kind = recordings === undefined ? 'generated' : 'real';
    return {
      rows: [
        row(
          `${good.length} ${kind} recordings in turn, ${(bytes / 1000).toFixed(0)} kB on average, ${IN_FLIGHT} in flight`,
          `${speed.toFixed(0)} sessions/s`,
          '≥ 40 sessions/s',
          speed >= 40,
        ),
      ],
      notes: [
        `Embedded store and objects in a folder, server and sender on both cores: ${speeds.map((one) => one.toFixed(1)).join(', ')} sessions a second.${files.length > good.length ? ` ${files.length - good.length} files need more than a name to be read, and were left out.` : ''}`,
      ],
    };
  });

async function flood(files, send) {
  const started = performance.now();
  let sent = 0;
  let next = 0;
  const one = async () => {
    while (performance.now() - started < SECONDS * 1000) {
      const fault = await send(files[next++ % files.length]);
      if (fault !== null) throw new Error(fault);
      sent++;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  return sent / ((performance.now() - started) / 1000);
}

function recorded(folder) {
  return readdirSync(folder)
    .filter((name) => /\.(mot|sto|csv|trc|c3d)$/i.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}
