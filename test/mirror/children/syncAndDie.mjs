// A sync that is killed: at the n-th thing it does to the disk, before it, in the middle of it or after it.
import { realDisk } from '../../../dist/mirror/disk.js';
import { syncMirror } from '../../../dist/mirror/sync.js';
import { createClient } from '../../../dist/sdk/index.js';

const { url, account, folder, formats, parallel, dieAt, when } = JSON.parse(process.argv[2]);
let operations = 0;
const die = () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes before anything else is done.
  for (;;);
};
const dying = (name) => (name === dieAt.name || dieAt.name === 'any' ? ++operations === dieAt.count : false);
const disk = Object.fromEntries(
  Object.entries(realDisk).map(([name, work]) => [
    name,
    async (path, content) => {
      if (!dying(name)) return work(path, content);
      if (when === 'before') die();
      if (when === 'middle' && name === 'write') return work(path, halfOf(content));
      if (when === 'middle' && name === 'append') {
        await work(path, content.subarray(0, Math.floor(content.length / 2)));
        die();
      }
      await work(path, content);
      return die();
    },
  ]),
);

async function* halfOf(content) {
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    yield chunk.subarray(0, chunk.length >> 1);
    die();
  }
}

process.stdout.write('begun\n');
const client = createClient({
  url,
  ...account,
  retries: 3,
  wait: (duration_ms) => new Promise((go) => setTimeout(go, duration_ms >= 30_000 ? duration_ms : 0).unref()),
});
const summary = await syncMirror({ client, url, account: account.username, folder, formats, parallel, disk });
process.stdout.write(`${JSON.stringify({ complete: summary.complete, operations })}\n`);
