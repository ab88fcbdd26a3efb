import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

/** The code blocks of a language on a page of the docs, in their order. */
export const blocksOf = (page: string, language: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```(\w+)(?: .*)?\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2]!);

export const hasPython = (modules: string): boolean => {
  try {
    execFileSync('python3', ['-c', `import ${modules}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** An empty folder, and programs that are run in it as they stand in the docs. */
export interface Desk {
  folder: string;
  /** What it prints. The environment holds nothing but what is given. */
  run(language: 'js' | 'python' | 'sh', code: string, env?: Record<string, string>): Promise<string>;
  /** Installs the packed client. */
  installClient(): void;
  clear(): void;
}

export function createDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-docs-'));
  return {
    folder,
    async run(language, code, more = {}) {
      const env = { PATH: process.env.PATH, HOME: folder, ...more };
      writeFileSync(join(folder, 'program.mjs'), code);
      const [program, args] = {
        js: [process.execPath, ['program.mjs']] as const,
        python: ['python3', ['-c', code]] as const,
        sh: ['sh', ['-c', code]] as const,
      }[language];
      return (await run(program, [...args], { cwd: folder, env })).stdout;
    },
    installClient() {
      const packed = execFileSync(process.execPath, [join(root, 'scripts/pack-sdk.mjs'), '--out', folder], {
        encoding: 'utf8',
      }).trim();
      writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
      execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], {
        cwd: folder,
        stdio: 'pipe',
      });
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
