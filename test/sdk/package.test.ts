import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../setup/server.ts';

/** The package as a user gets it: packed, installed into an empty folder without a network, type-checked, run. */
const root = new URL('../..', import.meta.url).pathname;
const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace('package.json', 'bin/tsc');
const run = promisify(execFile);
let folder: string;

const CONSUMER = `
import { createClient, isKinebaseError, type KinebaseErrorCode, type List, type Report, type Session } from '@kinebase/client';
import { computeReport, findExercise, processRecording, readRecording } from '@kinebase/client/motion';

export async function use(url: string, username: string, password: string, clientId: string): Promise<string> {
  const client = createClient({ url, username, password, clientId });
  const list: List<Session> = client.sessions.list({ athleteID: ['a', 'b'], from: new Date(0), limit: 10 });
  for await (const session of list) {
    const report: Report = await client.reportData(session.s3Key);
    const score: 0 | 0.5 | 1 | null | undefined = report.WorkoutMetrics.Ang['Hip Flex. (°)']?.L?.Score;
    void score;
  }
  const code: KinebaseErrorCode = await client.sessions.get('x').then(() => 'internal' as const, (error: unknown) => (isKinebaseError(error) ? error.code : 'bad_answer'));
  // @ts-expect-error an unknown filter is refused by the compiler
  void client.sessions.list({ athlete: 'a' });
  // @ts-expect-error neither an account nor a token
  void (() => createClient({ url }));
  return code;
}

export const analyse = (bytes: Uint8Array) =>
  computeReport(processRecording(readRecording(bytes, { fileName: 'a.mot' })), findExercise('Squat')!).metrics.map(({ angle }) => angle.avgMax);
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-consumer-'));
  const packed = execFileSync(process.execPath, [join(root, 'scripts/pack-sdk.mjs'), '--', '--out', folder], {
    encoding: 'utf8',
  });
  writeFileSync(join(folder, 'package.json'), '{"name":"consumer","private":true,"type":"module"}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', packed.trim()], {
    cwd: folder,
    stdio: 'pipe',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('it installs alone, with the version of the server', () => {
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    '@kinebase',
  ]);
  const manifest = JSON.parse(
    readFileSync(join(folder, 'node_modules/@kinebase/client/package.json'), 'utf8'),
  );
  expect(manifest.version).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
  expect(manifest.dependencies).toBeUndefined();
});

test('it holds neither schemas nor the movement generator, and nothing of Node', () => {
  const installed = join(folder, 'node_modules/@kinebase/client');
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => /schemas|generator/.test(name))).toEqual([]);
  const code = files
    .filter((name) => /\.(js|ts)$/.test(name))
    .map((name) => readFileSync(join(installed, name), 'utf8'));
  expect(
    code.filter((text) => /from ['"](node:|[a-z@])|import\(['"](node:|[a-z@])|\.ts['"]/.test(text)),
  ).toEqual([]);
});

test.each([
  ['nodenext', {}],
  ['bundler', { module: 'esnext' }],
  ['nodenext', { lib: ['es2023'] }],
])('its declarations hold for a strict consumer: %s %j', async (moduleResolution, more) => {
  const name = `${moduleResolution}-${Object.keys(more).join('')}`;
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'consumer.ts'), CONSUMER);
  const compilerOptions = {
    module: 'nodenext',
    moduleResolution,
    target: 'es2023',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    skipLibCheck: false,
    noEmit: true,
    ...more,
  };
  writeFileSync(
    join(folder, name, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['consumer.ts'] }),
  );
  const { stdout } = await run(process.execPath, [tsc, '-p', join(folder, name)]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});

test('it runs against a server', async () => {
  const server = await startServer();
  try {
    const { username, password, clientId } = server.firstAdministrator!;
    const program = `
      import { createClient } from '@kinebase/client';
      import { findExercise } from '@kinebase/client/motion';
      const [url, username, password, clientId] = process.argv.slice(2);
      const client = createClient({ url, username, password, clientId });
      const athlete = await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace' });
      const code = await client.sessions.get('x').catch((error) => error.code);
      console.log(JSON.stringify([(await client.athletes.list().all()).length, athlete.FirstName, code, findExercise('Squat').name]));`;
    writeFileSync(join(folder, 'program.mjs'), program);
    const { stdout } = await run(
      process.execPath,
      ['program.mjs', server.url, username, password, clientId],
      { cwd: folder },
    );
    expect(JSON.parse(stdout)).toEqual([1, 'Ada', 'not_found', 'Squat']);
  } finally {
    await server.end();
  }
});
