import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Db } from '../../../src/store/db.ts';
import { openDb } from '../../../src/store/open.ts';

export interface Temporary {
  db: Db;
  close(): Promise<void>;
}

const postgresUrl = inject('postgresUrl');

/** The databases there are on this machine. */
export const ENGINES: Db['dialect'][] = postgresUrl ? ['sqlite', 'postgres'] : ['sqlite'];

/** A real store of its own: a folder, or a database on the test run's server. */
export async function openTemporary(engine: Db['dialect'] = 'sqlite'): Promise<Temporary> {
  if (engine === 'postgres') return openPostgres(postgresUrl!);
  const folder = await mkdtemp(join(tmpdir(), 'kinebase-auth-'));
  const db = await openDb(`sqlite:${folder}`);
  return {
    db,
    close: async () => {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPostgres(server: string): Promise<Temporary> {
  const name = `auth_${randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = await openDb(url.href);
  return {
    db,
    close: async () => {
      await db.close();
      await run(`drop database ${name} with (force)`);
    },
  };
}
