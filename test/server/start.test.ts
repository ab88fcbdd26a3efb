import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUser } from '../../src/server/auth/administration.ts';
import { readConfig } from '../../src/server/config.ts';
import { DEMO } from '../../src/server/demo.ts';
import { serve } from '../../src/server/main.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { startServer } from '../setup/server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const listen = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });

test('a first start that finds its port taken makes no account: the next start shows the password', async () => {
  const other = await listen();
  const { port } = other.address() as { port: number };
  const taken = readConfig({}, { PORT: String(port), DATA: folder, LOG_LEVEL: 'silent' });
  await expect(serve(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  other.close();
  const server = await startServer({ DATA: folder });
  const { username, password, clientId } = server.firstAdministrator!;
  expect((await server.signIn(username, password, clientId)).IdToken).toBeTruthy();
  await server.stop();
});

test('a store that holds a demo account with its public password is served on loopback only', async () => {
  const [demo] = DEMO;
  const server = await startServer({ DATA: folder });
  await createOrganization(server.deps.db, demo!.id, demo!.name, 0);
  const account = { Username: demo!.username, Role: 'admin', Password: demo!.password } as const;
  const { UserID } = await createUser(server.deps.auth, demo!.id, account);
  await server.stop();

  const open = readConfig({}, { PORT: '0', HOST: '0.0.0.0', DATA: folder, LOG_LEVEL: 'silent' });
  await expect(serve(open)).rejects.toThrow(demo!.username);

  const again = await startServer({ DATA: folder });
  const { patchUser } = await import('../../src/server/auth/administration.ts');
  await patchUser(again.deps.auth, demo!.id, UserID, { Password: 'a secret of our own' });
  await again.stop();
  const allowed = await serve(open);
  await allowed.stop();
});
