import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk } from './setup/pages.ts';
import { startServer, type TestServer } from './setup/server.ts';
import { duckdb } from './tables/readers.ts';

/**
 * Every page of docs/jobs as it stands: its blocks of code are run one after the other in a folder of their own, against a
 * fresh demo, and a block `text` is what those before it print. What a shell sets holds for the blocks after it.
 */
const ROOT = new URL('..', import.meta.url).pathname;
const run = promisify(execFile);

interface Block {
  language: string;
  /** Of several that do the same. */
  tab: string | undefined;
  /** The page has it kept as this file, and not run. */
  file: string | undefined;
  code: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, 'docs/jobs', page), 'utf8');
  return [...text.matchAll(/^( *)```(\w+)(.*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent, language, info, code]) => ({
      language: language!,
      tab: /tab="([^"]+)"/.exec(info!)?.[1],
      file: /file="([^"]+)"/.exec(info!)?.[1],
      code: code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

const works = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A machine may have a Python of its own beside Debian's: the one that has what the program imports. */
function pythonFor(code: string): string | undefined {
  const modules = [...code.matchAll(/^(?:import|from) (.+?)(?: import .*)?$/gm)].flatMap((match) =>
    match[1]!.split(',').map((name) => name.trim().split(/[ .]/)[0]!),
  );
  return ['python3', '/usr/bin/python3'].find((command) =>
    works(command, '-c', `import ${['sys', ...modules].join(', ')}`),
  );
}

/** Whether this machine can run a block; what it cannot is skipped, and counted. */
function isRunnable({ language, code }: Block): boolean {
  if (language === 'python') return pythonFor(code) !== undefined;
  if (language === 'r') return works('Rscript', '-e', 'library(arrow); library(dplyr)');
  if (language === 'matlab') return works('matlab', '-batch', 'exit');
  return true;
}

/** Files for other programs, and what ours print. */
const NO_PROGRAMS = new Set(['text', 'json', 'ini', 'nginx']);
const PROGRAMS = new Set(['sh', 'python', 'ts', 'js', 'sql', 'r', 'matlab']);

let server: TestServer;
/** An installation on its first day: what a vendor's cloud has moves into it, for which the demo is taken. */
let empty: TestServer;
let packed: Desk;
beforeAll(async () => {
  server = await startServer({ DEMO: 'true', WEBHOOK_PRIVATE: 'allow' });
  empty = await startServer();
  packed = createDesk();
  packed.installClient();
}, 120_000);
afterAll(async () => {
  await server.end();
  await empty.end();
  packed.clear();
});

async function freePort(): Promise<number> {
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  const { port } = taken.address() as { port: number };
  await new Promise((closed) => taken.close(closed));
  return port;
}

/** A folder with what the reader of the pages has: the client, the recording to try, `npx kinebase`. */
function createReader(page: string) {
  const desk = createDesk();
  const { folder } = desk;
  const bin = join(folder, '.bin');
  let port = 0;
  return {
    folder,
    async prepare() {
      cpSync(join(packed.folder, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
      cpSync(join(ROOT, 'examples/squats.mot'), join(folder, 'squats.mot'));
      mkdirSync(bin);
      const kinebase = `exec ${process.execPath} ${join(ROOT, 'bin/kinebase.js')} "$@"`;
      writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\n${kinebase}\n`);
      chmodSync(join(bin, 'npx'), 0o755);
      writeFileSync(join(folder, '.kept'), '');
      port = await freePort();
    },
    async print({ language, code: text, file }: Block): Promise<string> {
      const code = text
        .replaceAll('http://127.0.0.1:4750', page === 'migrate.md' ? empty.url : server.url)
        .replaceAll('https://sessions.vendor.example', server.url)
        .replaceAll('shown-at-the-first-start', empty.firstAdministrator!.password)
        .replaceAll('http://127.0.0.1:8080', `http://127.0.0.1:${port}`)
        .replaceAll("'8080'", `'${port}'`);
      if (file !== undefined) {
        writeFileSync(join(folder, file), code);
        return '';
      }
      if (language === 'sql') return query(code, folder);
      writeFileSync(join(folder, '.program'), code);
      if (language === 'ts' || language === 'js') writeFileSync(join(folder, '.program.mjs'), code);
      const command = {
        sh: code,
        python: `${pythonFor(code)} .program`,
        ts: 'node .program.mjs',
        js: 'node .program.mjs',
        r: 'Rscript .program',
        matlab: 'matlab -batch "run(\'.program\')"',
      }[language]!;
      const script = `set -euo pipefail\n. ./.kept\nset -a\n${command}\nset +a\nexport -p > .kept`;
      const env = { PATH: `${bin}:${process.env.PATH}`, HOME: folder, LANG: 'C.UTF-8' };
      const { stdout } = await run('bash', ['-c', script], { cwd: folder, env, maxBuffer: 64e6 });
      return stdout;
    },
    clear: () => desk.clear(),
  };
}

/** Lines of an answer as a table without a frame; files are those of the folder. */
async function query(sql: string, folder: string): Promise<string> {
  const { rows } = await duckdb(
    `set timezone = 'UTC'; ${sql.replaceAll(/'([\w*/-]+\.parquet)'/g, `'${folder}/$1'`)}`,
  );
  return rows.map((row) => row.join(' ')).join('\n');
}

const PAGES = readdirSync(join(ROOT, 'docs/jobs')).filter((name) => name.endsWith('.md'));

test('the pages are the jobs of the menu, each with code that is run', async () => {
  const site = new URL('../scripts/docs/site.mjs', import.meta.url).pathname;
  const { JOBS } = (await import(site)) as { JOBS: [string, string][] };
  expect(PAGES.sort()).toEqual(JOBS.map(([name]) => `${name}.md`).sort());
  for (const page of PAGES) {
    const languages = blocksOf(page).map(({ language }) => language);
    expect(languages.filter((language) => PROGRAMS.has(language)).length, page).toBeGreaterThan(1);
    expect(languages.filter((language) => !PROGRAMS.has(language) && !NO_PROGRAMS.has(language))).toEqual([]);
  }
});

describe.each(PAGES)('docs/jobs/%s', (page) => {
  const reader = createReader(page);
  beforeAll(reader.prepare);
  afterAll(reader.clear);
  /** What the last block printed, or those of the last set of tabs. */
  let printed: string[] = [];
  let lastTab = false;
  for (const [at, block] of blocksOf(page).entries()) {
    const name = `${at + 1}. ${block.language}${block.file === undefined ? '' : ` ${block.file}`}`;
    if (block.language === 'text')
      test(`${name}: what was printed`, () => {
        expect(block.code.trim()).not.toBe('');
        for (const output of printed)
          for (const line of block.code.trimEnd().split('\n')) expect(output).toContain(line.trim());
      });
    else if (PROGRAMS.has(block.language))
      test.skipIf(!isRunnable(block))(
        name,
        async () => {
          const output = await reader.print(block);
          printed = block.tab !== undefined && lastTab ? [...printed, output] : [output];
          lastTab = block.tab !== undefined;
          if (block.language === 'sql') expect(output).not.toBe('');
        },
        120_000,
      );
  }
  test('nothing was left to chance: every file it names is there', () => {
    for (const file of blocksOf(page).flatMap(({ file }) => file ?? []))
      expect(existsSync(join(reader.folder, file))).toBe(true);
  });
});
