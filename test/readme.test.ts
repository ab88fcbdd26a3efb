import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from './setup/server.ts';

/** The README's programs as they stand there, against a fresh demo: what they print is what the README says they print. */
const root = new URL('..', import.meta.url).pathname;
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const run = promisify(execFile);
let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startServer({ DEMO: 'true' });
  folder = mkdtempSync(join(tmpdir(), 'kinebase-readme-'));
  const packed = execFileSync(process.execPath, [join(root, 'scripts/pack-sdk.mjs'), '--out', folder], {
    encoding: 'utf8',
  }).trim();
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], {
    cwd: folder,
    stdio: 'pipe',
  });
  symlinkSync(join(root, 'bin/kinebase.js'), join(folder, 'kinebase'));
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
}, 120_000);

afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

/** The code blocks of a language under a heading, with the block that says what they print. */
function blockUnder(heading: string, language: string): { code: string; output: string } {
  const section = readme.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const [, code = '', rest = ''] =
    new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\`([\\s\\S]*)`).exec(section) ?? [];
  const output = /^\s*```text\n([\s\S]*?)```/.exec(rest)?.[1] ?? '';
  return { code: code.replaceAll('http://127.0.0.1:4750', server.url), output };
}

const env = () => ({ PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder });
const hasRequests = (() => {
  try {
    execFileSync('python3', ['-c', 'import requests'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('the walk-through prints what it says', () => {
  test('with curl', async () => {
    const { code, output } = blockUnder('Ask it', 'sh');
    const { stdout } = await run('bash', ['-c', code], { cwd: folder, env: env() });
    expect(stdout.trim()).toBe(output.trim());
  });

  test.skipIf(!hasRequests)('in Python', async () => {
    const { code, output } = blockUnder('Ask it', 'python');
    const { stdout } = await run('python3', ['-c', code], { cwd: folder });
    expect(stdout.trim()).toBe(output.trim());
  });

  test('in Node', async () => {
    const { code, output } = blockUnder('Ask it', 'js');
    writeFileSync(join(folder, 'ask.mjs'), code);
    const { stdout } = await run(process.execPath, ['ask.mjs'], { cwd: folder, env: env() });
    expect(stdout.trim()).toBe(output.trim());
  });

  test('a file is recorded and its report comes back', async () => {
    const { code } = blockUnder('Record a file', 'sh');
    const { stdout } = await run(
      'bash',
      ['-c', code.replaceAll('npx kinebase', `${process.execPath} ./kinebase`)],
      { cwd: folder, env: env() },
    );
    const said = /```text\n([\s\S]*?)```/.exec(readme.split(/^## Record a file/m)[1] ?? '')?.[1] ?? '';
    expect(said).toContain('Repetitions');
    for (const line of said.trimEnd().split('\n')) expect(stdout).toContain(line);
  });
});
