// Runs where parse-server is installed.
import { createServer } from 'node:http';
import express from 'express';
import { ParseServer } from 'parse-server';

const { PORT, DATABASE, FOLDER } = process.env;
const parse = new ParseServer({
  databaseURI: DATABASE,
  appId: 'bench',
  masterKey: 'bench-master',
  serverURL: `http://127.0.0.1:${PORT}/parse`,
  logsFolder: FOLDER,
  logLevel: 'error',
  silent: true,
});
await parse.start();
const app = express();
app.use('/parse', parse.app);
createServer(app).listen(Number(PORT), '127.0.0.1', () => console.log(`ready at http://127.0.0.1:${PORT}`));
process.on('SIGTERM', () => process.exit(0));
