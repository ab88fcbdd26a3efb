// Writes src/store/schema.sqlite.sql and, where PostgreSQL is installed, src/store/schema.postgres.sql: what a fresh store
// looks like after all migrations. The test that compares them does the writing, so that both can never differ.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/store/schema.test.ts'],
  { stdio: 'inherit', env: { ...process.env, WRITE_SCHEMA: '1', BUILT_FOR_TEST: '1' } },
);
process.exitCode = status ?? 1;
