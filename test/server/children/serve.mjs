// A server on a free port that tells where it is and goes on until it is killed.
// node serve.mjs FOLDER
import { readConfig } from '../../../dist/server/config.js';
import { serve } from '../../../dist/server/main.js';

const running = await serve(readConfig({}, { PORT: '0', DATA: process.argv[2], LOG_LEVEL: 'silent' }));
process.stdout.write(`${JSON.stringify({ url: running.url, admin: running.firstAdministrator })}\n`);
