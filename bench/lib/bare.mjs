// The limit to compare with: node:http sending the same bytes from memory, nothing asked, nothing checked.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [file, encoding] = process.argv.slice(2);
const body = readFileSync(file);
const headers = {
  'content-type': 'application/json',
  'content-length': body.length,
  ...(encoding ? { 'content-encoding': encoding } : {}),
};
const server = createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
});
