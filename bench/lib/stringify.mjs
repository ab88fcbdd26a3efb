// What most services do with a document: keep it as objects, and write the JSON anew for each request.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// The body of an envelope is a text within the text: that part is made of objects too.
if (typeof document.body === 'string') document.body = JSON.parse(document.body);
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(document));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
