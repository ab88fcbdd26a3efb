import type pg from 'pg';
import { StoreError } from './db.ts';
import { describe } from './postgresErrors.ts';
import { type Connect, within } from './postgresHosts.ts';

const OLDEST = 15;
const WITHIN_MS = 5_000;

interface Found {
  version: string;
  role: string;
  passes: boolean;
  schema: string;
  creates: boolean;
  migrated: boolean;
}

/** Looks at the database before anything is asked of it: what is wrong is said in one sentence. */
export async function examine(connect: Connect, warn: (message: string) => void): Promise<void> {
  const found = await look(connect);
  if (Number(found.version.split('.')[0]) < OLDEST) {
    throw new StoreError(
      'store_unusable',
      `the database is PostgreSQL ${found.version}; Kinebase needs ${OLDEST} or newer`,
    );
  }
  if (!found.creates && !found.migrated) {
    throw new StoreError(
      'store_unusable',
      `the role ${found.role} may not create tables in the schema ${found.schema}; let an administrator run there: grant create on schema ${found.schema} to ${found.role}`,
    );
  }
  if (found.passes) {
    warn(
      `the database role ${found.role} is a superuser or bypasses row security, so that only the queries themselves keep organizations apart; make a plain role, see docs/operate.md`,
    );
  }
}

async function look(connect: Connect): Promise<Found> {
  let client: pg.Client | undefined;
  try {
    client = await connect(WITHIN_MS);
    const answer = client.query<Found>(
      `select current_setting('server_version') as version, current_user as role, rolsuper or rolbypassrls as passes,
         coalesce(current_schema(), 'public') as schema,
         coalesce(has_schema_privilege(current_schema(), 'create'), false) as creates,
         to_regclass('migrations') is not null as migrated
       from pg_roles where rolname = current_user`,
    );
    const { rows } = await within(client, answer, WITHIN_MS);
    return rows[0]!;
  } catch (error) {
    throw refusal(error);
  } finally {
    await client?.end();
  }
}

function refusal(error: unknown): StoreError {
  const code = (error as { code?: string }).code ?? '';
  // Of a wrong password, an unknown role, an unknown database and a missing right to connect PostgreSQL speaks clearly itself.
  const refused = /^(28...|3D000|42501)$/.test(code);
  const hint = code === '28P01' ? '; look at the user and the password in KINEBASE_DATABASE_URL' : '';
  return new StoreError(
    refused ? 'store_unusable' : 'store_unreachable',
    `${refused ? 'the database refuses' : 'the database does not answer'}: ${describe(error)}${hint}`,
    { cause: error },
  );
}
