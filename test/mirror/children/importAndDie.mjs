// An import that is killed: at its n-th request to the destination, before it is sent or after it was answered.
import { importFrom } from '../../../dist/mirror/importFrom.js';
import { createClient } from '../../../dist/sdk/index.js';

const { from, to, dieAt, when, parallel } = JSON.parse(process.argv[2]);
let writes = 0;
const die = () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes before anything else is done.
  for (;;);
};
const dying = async (url, options) => {
  const isWrite = options?.method !== undefined && options.method !== 'GET' && new URL(url).pathname !== '/';
  const now = isWrite && ++writes === dieAt;
  if (now && when === 'before') die();
  if (now && when === 'during') setTimeout(die, 5);
  const answer = await fetch(url, options);
  if (now && when === 'after') die();
  return answer;
};
const summary = await importFrom({
  from: createClient({ url: from.url, ...from.account }),
  to: createClient({ url: to.url, ...to.account, fetch: dying }),
  fromUrl: from.url,
  toUrl: to.url,
  parallel,
});
process.stdout.write(JSON.stringify({ complete: summary.complete, writes }));
