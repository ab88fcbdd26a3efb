// The least that a server of ours with this driver could do: the same way past the framework, the same check of tokens found
// good a moment ago, the same headers, `select 1` asked of the database; then a small answer at /small, or as many bytes as
// the file holds at /page. Only ever started by a measurement.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createAuthenticator } from '../../dist/server/auth/authenticate.js';
import { pageHeaders } from '../../dist/server/pageHeaders.js';
import { openStore } from './store.mjs';

const [databaseUrl, file] = process.argv.slice(2);
const { db, auth } = await openStore(databaseUrl);
const authenticate = createAuthenticator(auth);
const answers = new Map([
  ['/small', Buffer.from('{"one":1}')],
  ['/page', readFileSync(file)],
]);

const server = createServer(async (request, response) => {
  const { authorization } = request.headers;
  if (authenticate.known(authorization) === undefined) await authenticate(authorization);
  await db.query('select 1');
  const bytes = answers.get(request.url);
  const headers = pageHeaders({ bytes, etag: '"1"', zipped: false }, null);
  headers['x-request-id'] = '1';
  headers['x-content-type-options'] = 'nosniff';
  headers['content-length'] = bytes.length;
  response.writeHead(200, headers);
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
