import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Ran {
  code: number;
  lines: string[];
  errors: string;
}

/** An example that is a program: how it is started, and whether this machine has what it needs. */
export interface Program {
  name: string;
  available: boolean;
  start(words: readonly string[], environment: Record<string, string>): Promise<Ran>;
}

function works(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The first Python that has these modules: a machine may have its own and Debian's. */
function pythonWith(modules: string): string | undefined {
  return ['python3', '/usr/bin/python3'].find((command) => works(command, '-c', `import ${modules}`));
}

/** Nothing of this machine's environment but where programs are. */
function run(command: string, args: readonly string[], environment: Record<string, string>, cwd = EXAMPLES) {
  return new Promise<Ran>((ended) => {
    const env = { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', LANG: 'C.UTF-8', ...environment };
    execFile(command, args, { cwd, env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      ended({ code, lines: stdout.trimEnd().split('\n'), errors: stderr });
    });
  });
}

const withRequests = pythonWith('requests');
const withPandas = pythonWith('requests, pandas');
const HAS_CURL = works('curl', '--version') && works('bash', '--version');

/** Those that print what `expectedLines` says. */
export const PROGRAMS: readonly Program[] = [
  {
    name: 'python/sessions.py',
    available: withRequests !== undefined,
    start: (words, env) => run(withRequests!, ['python/sessions.py', ...words], env),
  },
  {
    name: 'node/fetch.mjs',
    available: true,
    start: (words, env) => run(process.execPath, ['node/fetch.mjs', ...words], env),
  },
  {
    name: 'node/sessions.mjs',
    available: true,
    start: (words, env) => run(process.execPath, ['sessions.mjs', ...words], env, folderWithClient()),
  },
  {
    name: 'curl/sessions.sh',
    available: HAS_CURL && works('jq', '--version'),
    start: (words, env) => run('bash', ['curl/sessions.sh', ...words], env),
  },
];

export const WITHOUT_JQ: Program = {
  name: 'curl/sessions.sh without jq',
  available: HAS_CURL,
  start: (words, env) => run('bash', ['curl/sessions.sh', ...words], { JQ: 'no', ...env }),
};

export const PANDAS: Program = {
  name: 'python/scores.py',
  available: withPandas !== undefined,
  start: (words, env) => run(withPandas!, ['python/scores.py', ...words], env),
};

let folder: string | null = null;

/** A folder of a user: the packed client installed into it without a network, and the example beside it. */
function folderWithClient(): string {
  if (folder !== null) return folder;
  folder = mkdtempSync(join(tmpdir(), 'kinebase-example-'));
  const packed = execFileSync(process.execPath, [join(ROOT, 'scripts/pack-sdk.mjs'), '--out', folder], {
    encoding: 'utf8',
  }).trim();
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], {
    cwd: folder,
    stdio: 'pipe',
  });
  copyFileSync(join(EXAMPLES, 'node/sessions.mjs'), join(folder, 'sessions.mjs'));
  return folder;
}

export function removeFolder(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}
