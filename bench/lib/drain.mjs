// Reads an answer to its end and keeps nothing: node drain.mjs URL TOKEN. Prints { lines, bytes, seconds }.
import { request } from 'node:http';

const [url, token] = process.argv.slice(2);
const NEWLINE = 10;
const started = performance.now();
request(url, { headers: { authorization: `Bearer ${token}` } }, (response) => {
  let lines = 0;
  let bytes = 0;
  let fault = '';
  response.on('data', (chunk) => {
    if (response.statusCode !== 200) fault += chunk;
    bytes += chunk.length;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
  });
  response.on('end', () => {
    if (response.statusCode !== 200) throw new Error(`answered ${response.statusCode} ${fault}`);
    console.log(JSON.stringify({ lines, bytes, seconds: (performance.now() - started) / 1000 }));
  });
  response.on('aborted', () => {
    throw new Error('ended half way');
  });
}).end();
