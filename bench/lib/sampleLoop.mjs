// The loop that the documentation of the sessions API shows for Node, with axios, its default limit and everything kept:
// node sampleLoop.mjs URL TOKEN. Prints { sessions, duration_s, seconds, peak_MB }. Runs where axios is installed.
import { resourceUsage } from 'node:process';
import axios from 'axios';

const [url, token] = process.argv.slice(2);
const found = [];
const started = performance.now();
for (let asked = JSON.stringify(''); asked !== 'null'; ) {
  const { data } = await axios.get(`${url}/sessions`, {
    headers: { Authorization: `Bearer ${token}`, 'X-Continuation-Token': asked },
    params: { limit: '', athleteID: '' },
  });
  found.push(...JSON.parse(data.body));
  asked = JSON.stringify(data['X-Continuation-Token']);
}
const seconds = (performance.now() - started) / 1000;
const duration_s = found.reduce((sum, session) => sum + session.Duration, 0);
console.log(
  JSON.stringify({ sessions: found.length, duration_s, seconds, peak_MB: resourceUsage().maxRSS / 1024 }),
);
