// The service that a good developer writes in a day: express, knex, pages by number with OFFSET, rows made objects made
// JSON; RS256 tokens, kept once verified. On our own rows, with our own indexes.
import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, place } from '../lib/install.mjs';
import { startProgram } from '../lib/processes.mjs';

export const NAME = 'express 5.3.0 + knex 3.3.0';
const PACKAGES = ['express@5.3.0', 'knex@3.3.0', 'pg@8.23.1', 'jose@6.2.18'];

export async function startExpress(context, postgres, archive) {
  const folder = install(context, 'express', PACKAGES);
  const service = place(folder, new URL('./express-service.mjs', import.meta.url));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = join(folder, 'public.pem');
  writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
  const server = await startProgram([service], {
    cwd: folder,
    // A superuser: row security, if the store has any, is not the service's to pay for.
    env: { DATABASE: postgres.url(archive.database, 'postgres'), KEY: key, NODE_ENV: 'production' },
  });
  const tokens = new Map();
  const tokenOf = (organization) => {
    if (!tokens.has(organization)) tokens.set(organization, issue(privateKey, organization));
    return tokens.get(organization);
  };
  return {
    ...server,
    /** `page` counts from 0. */
    request: ({ organization, page }) => ({
      path: `/sessions?page=${page}&limit=100`,
      headers: { authorization: `Bearer ${tokenOf(organization)}` },
    }),
    count: (answer) => answer.sessions.length,
  };
}

function issue(key, organization) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 86_400;
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: `user of ${organization}`, organization, exp })}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
