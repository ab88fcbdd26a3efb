import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { Db, Value } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';

/** The databases the store runs on. A new one is a new line here. */
export interface Engine {
  name: string;
  dialect: Db['dialect'];
  available: boolean;
  /** An empty place for a store: its URL, and how to take it away again. */
  place(): Promise<Place>;
}

export interface Place {
  url: string;
  remove(): Promise<void>;
}

export const postgresUrl = inject('postgresUrl');
const poolerUrl = inject('poolerUrl');

export const ENGINES: readonly Engine[] = [
  { name: 'SQLite', dialect: 'sqlite', available: true, place: folderPlace },
  { name: 'PostgreSQL', dialect: 'postgres', available: postgresUrl !== null, place: () => databasePlace() },
  {
    name: 'PostgreSQL that sorts like a dictionary',
    dialect: 'postgres',
    available: postgresUrl !== null,
    place: () => databasePlace(`template template0 locale_provider icu icu_locale 'en-US'`),
  },
];

/** The line for suites that say something about how statements travel. */
export const POOLED: Engine = {
  name: 'PostgreSQL behind PgBouncer',
  dialect: 'postgres',
  available: poolerUrl !== null,
  place: pooledPlace,
};

async function folderPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'kinebase-store-'));
  return { url: `sqlite:${folder}`, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A database of its own on the server of this test run. */
export async function databasePlace(options = ''): Promise<Place> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} ${options}`);
  const url = new URL(postgresUrl!);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`drop database if exists ${name} with (force)`) };
}

/** The same, asked by way of PgBouncer. */
export async function pooledPlace(): Promise<Place> {
  const { url, remove } = await databasePlace();
  const pooled = new URL(url);
  pooled.port = new URL(poolerUrl!).port;
  return { url: pooled.href, remove };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl! });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The store of one engine while its tests run. */
export interface Opened {
  readonly db: Db;
  readonly url: string;
  /** Every statement that was run, as written in the source. */
  readonly statements: Set<string>;
  /** A new, empty organization. */
  organization(): Promise<string>;
}

/** Runs the same tests on every engine, each with one fresh store; visibly skipped where the engine is missing. */
export function describeEngines(
  title: string,
  body: (opened: Opened, engine: Engine) => void,
  engines = ENGINES,
): void {
  for (const engine of engines) {
    describe.skipIf(!engine.available)(`${title} (${engine.name})`, () => {
      const statements = new Set<string>();
      let place: Place;
      let db: Db;
      let count = 0;
      beforeAll(async () => {
        place = await engine.place();
        db = watched(await openDb(place.url), (sql) => void statements.add(sql));
      });
      afterAll(async () => {
        await db?.close();
        await place?.remove();
      });
      body(
        {
          get db() {
            return db;
          },
          get url() {
            return place.url;
          },
          statements,
          async organization() {
            const id = `org-${++count}`;
            await createOrganization(db, id, `Organization ${count}`, 0);
            return id;
          },
        },
        engine,
      );
    });
  }
}

/** The same store; `seen` hears of each statement, as written in the source, before it is run. */
export function watched(db: Db, seen: (sql: string, values: readonly Value[]) => void | Promise<void>): Db {
  return new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'within') return (organization: string) => watched(target.within(organization), seen);
      if (name === 'transaction') {
        return (work: (db: Db) => Promise<unknown>) =>
          target.transaction((inner) => work(watched(inner, seen)));
      }
      if (name !== 'query') return member.bind(target);
      return async (...values: unknown[]) => {
        if (typeof values[0] === 'string') await seen(values[0], (values[1] ?? []) as readonly Value[]);
        return member.apply(target, values);
      };
    },
  });
}
