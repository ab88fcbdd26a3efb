import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect } from './kinebase.ts';

/** A clone in which nothing was built yet, and what the package would hold. */
const root = new URL('../..', import.meta.url).pathname;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-clone-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const clone = (name: string, parts: readonly string[]): string => {
  const place = join(folder, name);
  mkdirSync(place);
  for (const part of parts) cpSync(join(root, part), join(place, part), { recursive: true });
  return place;
};
const run = (place: string, ...args: string[]) =>
  collect(spawn(process.execPath, [join(place, 'bin/kinebase.js'), ...args], { cwd: folder }));

test('a fresh clone is built by its first command, which then answers', async () => {
  const place = clone('fresh', [
    'bin',
    'src',
    'scripts',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'vite.web.config.ts',
    'docs',
    'examples',
    'publish',
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
  ]);
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  const first = await run(place, '--version');
  expect(first).toEqual({ code: 0, stdout: '0.1.0\n', stderr: 'Building, this once\n' });
  expect(await run(place, '--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test('where it cannot be built it says what to run', async () => {
  const unbuilt = clone('without-tools', ['bin', 'src', 'scripts', 'package.json']);
  expect(await run(unbuilt, '--version')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: kinebase is not built; run npm ci in its folder\n',
  });
  const broken = clone('broken', ['bin', 'package.json']);
  expect((await run(broken, '--version')).stderr).toBe(
    'error: kinebase is not built; install the package again\n',
  );
});

test('the package holds the executable and what it runs, and no sources', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = (JSON.parse(packed)[0].files as { path: string }[]).map(({ path }) => path);
  expect(files).toEqual(
    expect.arrayContaining(['bin/kinebase.js', 'dist/cli/main.js', 'dist/store/migrations/0001_start.sql']),
  );
  expect(
    files.filter((path) => !/^(bin|dist)\/|^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/.test(path)),
  ).toEqual([]);
});
