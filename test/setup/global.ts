import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { openCephDoor } from './cephDoor.ts';
import { startPooler } from './pgbouncer.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server whose databases tests create for themselves; null where PostgreSQL is not installed. */
    postgresUrl: string | null;
    /** The same server as its superuser. */
    postgresAdminUrl: string | null;
    /** The same server behind PgBouncer in transaction mode; null where that is not installed. */
    poolerUrl: string | null;
    /** Folder with the recordings and reference values that developers share; null in a clone without it. */
    shared: string | null;
    /** Answers where S3 is, and starts Ceph when it is asked first; null where Ceph is not installed. */
    cephUrl: string | null;
  }
}

/** Once per run: the built files (threads and the command line run those), PostgreSQL, Ceph when it is needed, the shared recordings. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.BUILT_FOR_TEST !== '1')
    execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const postgres = await startPostgres();
  project.provide('postgresUrl', postgres?.url ?? null);
  project.provide('postgresAdminUrl', postgres?.adminUrl ?? null);
  const pooler = postgres === null ? null : await startPooler(postgres.url);
  project.provide('poolerUrl', pooler?.url ?? null);
  const ceph = await openCephDoor();
  project.provide('cephUrl', ceph?.url ?? null);
  const shared = new URL('../../../shared', import.meta.url).pathname;
  project.provide('shared', existsSync(`${shared}/data/reference`) ? shared : null);
  return async () => {
    await ceph?.close();
    await pooler?.stop();
    await postgres?.stop();
  };
}
