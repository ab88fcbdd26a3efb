import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statfsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { openObjects } from '../objects/open.ts';
import type { Db } from '../store/db.ts';
import { openDb } from '../store/open.ts';
import { createOrganization } from '../store/organizations.ts';
import { createReadOnce } from '../store/readOnce.ts';
import { getOrCreateSecret } from '../store/secrets.ts';
import { findAccount } from '../store/users.ts';
import { createVersions } from '../store/versions.ts';
import { createAnalyzer } from './analyzer.ts';
import { createApp } from './app.ts';
import { ensureFirstAdministrator, type FirstAdministrator } from './auth/administration.ts';
import { type Auth, openAuth } from './auth/auth.ts';
import { createBell } from './bell.ts';
import { createBufferCache } from './bufferCache.ts';
import { builtModule } from './built.ts';
import type { Deps } from './call.ts';
import { type Config, ConfigError, isLoopback } from './config.ts';
import { addLibrary } from './definition.ts';
import { DEMO, isDemoComplete } from './demo.ts';
import { createDrain } from './drain.ts';
import { issuerAt, POOL_ID } from './issuer.ts';
import { keepWorking } from './jobs.ts';
import { createLists } from './lists/lists.ts';
import { createPageCache } from './pageCache.ts';
import { keepSweeping } from './sweep.ts';
import { createUploadBudget } from './uploadBody.ts';
import { createWebhookDesk } from './webhooks/desk.ts';
import { keepDelivering } from './webhooks/keepDelivering.ts';

/** Whoever asks hears within two seconds that the database does not answer. */
const PATIENCE_MS = 1_800;
const STOP_WITHIN_MS = 20_000;
/** Twenty million sessions. */
const MOST_FOR_LISTS_BYTES = 8e9;
const JOB_ENDS_WITHIN_MS = 2_000;

export interface Running {
  url: string;
  deps: Deps;
  /** Made at the very first start; its password is nowhere else. */
  firstAdministrator: FirstAdministrator | null;
  /** Says for the time that is set that this server will stop, takes up no more jobs, and answers on. Before `stop`. */
  drain(): Promise<void>;
  /** Finishes what is being answered, then lets go of everything. */
  stop(): Promise<void>;
}

/** Opens store and objects, makes what a first start needs, listens. */
export async function serve(
  config: Config,
  progress: (message: string) => void = () => {},
): Promise<Running> {
  const log = pino(
    { level: config.logLevel, redact: ['headers.authorization', 'password', 'token'] },
    pino.destination({ dest: 2, sync: true }),
  );
  const db = await openStore(config, progress, (message) => log.warn(message));
  const analyzer = createAnalyzer();
  try {
    const objects = await openObjects(config.objectsUrl, config.s3);
    const auth = await openAuth({
      db,
      now: Date.now,
      issuer: issuerAt(config.publicUrl),
      poolId: POOL_ID,
      oidc: config.oidc,
      log,
    });
    if (!isLoopback(config.host)) await refuseDemoAccounts(auth, config.host);
    const jobs = createBell();
    const posts = createBell();
    const drain = createDrain();
    const deps: Deps = {
      db,
      objects,
      auth,
      analyzer,
      seriesCache: createBufferCache(64_000_000),
      places: createReadOnce(db),
      pageCache: createPageCache(config.pageCache_bytes),
      lists: createLists({ db, log, limit_bytes: config.lists_bytes ?? roomForLists(), now: Date.now }),
      versions: createVersions(db),
      now: Date.now,
      log,
      publicUrl: config.publicUrl,
      trustedProxies: config.trustedProxies,
      cursorSecret: await getOrCreateSecret(db, 'cursor'),
      uploadLimit_bytes: config.uploadLimit_bytes,
      uploads: createUploadBudget(),
      jobs,
      webhooks: createWebhookDesk(config.webhookPrivate, posts),
      drain,
      version: readVersion(),
    };
    const app = await createApp(deps);
    drain.watch(app.server);
    await app.listen({ port: config.port, host: config.host });
    // After the port is ours: a start that fails must not have made an account whose password nobody saw.
    const firstAdministrator = config.demo
      ? null
      : await ensureFirstAdministrator(auth, async (db, organization, name, now_us) => {
          if (await createOrganization(db, organization, name, now_us))
            await addLibrary(db, organization, Date.now());
        });
    const stopSweeping = keepSweeping(deps);
    const stopWorking = keepWorking(deps, jobs);
    const stopDelivering = keepDelivering(deps, posts);
    let working: Promise<void> | undefined;
    let delivering: Promise<void> | undefined;
    const takeUpNoMore = () => {
      working ??= stopWorking();
      delivering ??= stopDelivering();
    };
    const stop = async () => {
      // What is half sent when the server stops gets a while to finish, and no more.
      const deadline = setTimeout(() => app.server.closeAllConnections(), STOP_WITHIN_MS);
      drain.begin();
      takeUpNoMore();
      await app.close();
      clearTimeout(deadline);
      // A job that is almost done may finish; the end of its thread makes it give itself back.
      await Promise.race([working, wait(JOB_ENDS_WITHIN_MS, undefined, { ref: false })]);
      await analyzer.close();
      await working;
      await delivering;
      await stopSweeping();
      deps.lists.close();
      await db.close();
    };
    return {
      url: urlOf(config.host, app.server.address() as AddressInfo),
      deps,
      firstAdministrator,
      drain: async () => {
        drain.begin();
        takeUpNoMore();
        await wait(config.drain_s * 1000);
      },
      stop,
    };
  } catch (error) {
    await analyzer.close();
    await db.close();
    throw error;
  }
}

/** A tenth of what is free where copies of lists lie: in a small folder, or one in memory, they take little. */
function roomForLists(): number {
  const { bavail, bsize } = statfsSync(tmpdir());
  return Math.min(MOST_FOR_LISTS_BYTES, (bavail * bsize) / 10);
}

async function openStore(
  config: Config,
  progress: (message: string) => void,
  warn: (message: string) => void,
): Promise<Db> {
  const open = (warn: (message: string) => void) =>
    openDb(config.databaseUrl, 'kinebase serve', {
      connections: config.databasePool,
      patience_ms: PATIENCE_MS,
      warn,
    });
  const db = await open(warn);
  if (!config.demo || (await isDemoComplete(db))) return db;
  await db.close();
  await makeDemo(config, progress);
  return open(() => {});
}

/** A folder that was once served with --demo keeps its accounts, whose passwords stand in the README. */
async function refuseDemoAccounts(auth: Auth, host: string): Promise<void> {
  for (const { username, password } of DEMO) {
    const account = await findAccount(auth.db, username);
    if (account?.Enabled && (await auth.passwords.verify(account.passwordHash, password))) {
      throw new ConfigError(
        `the store holds the demo account ${username}, whose password is public: refusing to listen on ${host}; use another --data folder, or change its password`,
      );
    }
  }
}

/** Runs demoProcess.ts and passes its messages on. */
async function makeDemo(config: Config, progress: (message: string) => void): Promise<void> {
  const maker = spawn(process.execPath, [fileURLToPath(builtModule('demoProcess'))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Not as an argument, which everybody on the machine can read: the configuration holds secrets.
  maker.stdin.end(JSON.stringify(config));
  createInterface({ input: maker.stdout }).on('line', progress);
  const [code] = (await once(maker, 'exit')) as [number | null];
  if (code !== 0)
    throw new Error(`making the demo data failed (exit code ${code}); start again to go on with it`);
}

function urlOf(host: string, { port }: AddressInfo): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** The version stands in the manifest alone. From src/server and dist/server alike it is two folders up. */
function readVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
