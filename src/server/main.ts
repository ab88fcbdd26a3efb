import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { openObjects } from '../objects/objects.ts';
import { openDb } from '../store/db.ts';
import { getOrCreateSecret } from '../store/secrets.ts';
import { createAnalyzer } from './analyzer.ts';
import { createApp } from './app.ts';
import { ensureFirstAdministrator, type FirstAdministrator } from './auth/administration.ts';
import { openAuth } from './auth/auth.ts';
import type { Deps } from './call.ts';
import type { Config } from './config.ts';
import { addLibrary } from './definition.ts';
import { ensureDemo } from './demo.ts';
import { createSeriesCache } from './seriesCache.ts';
import { keepSweeping } from './sweep.ts';

/** User pool id and issuer of this installation's tokens: fixed, so that tokens hold whatever host name a client uses. */
export const POOL_ID = 'local_kinebase';
const ISSUER = `https://kinebase.local/${POOL_ID}`;

export interface Running {
  url: string;
  deps: Deps;
  /** Made at the very first start; its password is nowhere else. */
  firstAdministrator: FirstAdministrator | null;
  /** Finishes what is being answered, then lets go of everything. */
  stop(): Promise<void>;
}

/** Opens store and objects, makes what a first start needs, listens. */
export async function serve(config: Config, progress: (message: string) => void = () => {}): Promise<Running> {
  const log = pino({ level: config.logLevel, redact: ['headers.authorization', 'password', 'token'] }, pino.destination({ dest: 2, sync: true }));
  const db = await openDb(config.databaseUrl, 'kinebase serve');
  const analyzer = createAnalyzer();
  try {
    const objects = await openObjects(config.objectsUrl);
    const auth = await openAuth({ db, now: Date.now, issuer: ISSUER, poolId: POOL_ID, oidc: config.oidc, log });
    const deps: Deps = {
      db,
      objects,
      auth,
      analyzer,
      seriesCache: createSeriesCache(),
      now: Date.now,
      log,
      cursorSecret: await getOrCreateSecret(db, 'cursor'),
      uploadLimit_bytes: config.uploadLimit_bytes,
      version: readVersion(),
    };
    if (config.demo) await ensureDemo(deps, progress);
    const firstAdministrator = await ensureFirstAdministrator(auth);
    if (firstAdministrator !== null) await addLibrary(db, firstAdministrator.organization, Date.now());
    const app = await createApp(deps);
    await app.listen({ port: config.port, host: config.host });
    const stopSweeping = keepSweeping(deps);
    const stop = async () => {
      await app.close();
      await analyzer.close();
      await stopSweeping();
      await db.close();
    };
    return { url: urlOf(config.host, app.server.address() as AddressInfo), deps, firstAdministrator, stop };
  } catch (error) {
    await analyzer.close();
    await db.close();
    throw error;
  }
}

function urlOf(host: string, { port }: AddressInfo): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** The version stands in the manifest alone. From src/server and dist/server alike it is two folders up. */
function readVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
