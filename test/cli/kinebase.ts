import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The command line as a user runs it: its executable in a process of its own, with pipes instead of a terminal. */
const EXECUTABLE = new URL('../../bin/kinebase.js', import.meta.url).pathname;

export interface Ran {
  stdout: string;
  stderr: string;
  code: number | null;
}

export interface RunOptions {
  env?: Record<string, string>;
  input?: string;
  cwd?: string;
}

/** A home of its own for the stored sign-in, and nothing of ours in the environment. */
export function createShell() {
  const home = mkdtempSync(join(tmpdir(), 'kinebase-home-'));
  const running = new Set<ChildProcess>();
  const start = (args: readonly string[], { env = {}, cwd = home }: RunOptions = {}): ChildProcess => {
    const child = spawn(process.execPath, [EXECUTABLE, ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: join(home, 'config'), ...env },
    });
    running.add(child);
    child.once('close', () => running.delete(child));
    return child;
  };
  const run = async (args: readonly string[], options: RunOptions = {}): Promise<Ran> => {
    const child = start(args, options);
    child.stdin!.on('error', () => {});
    child.stdin!.end(options.input ?? '');
    return collect(child);
  };
  return {
    home,
    start,
    run,
    end() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export async function collect(child: ChildProcess): Promise<Ran> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]!.setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { ...texts, code };
}

/** Everything on standard output up to and with the first text that matches. */
export function until(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((found, failed) => {
    let seen = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (pattern.test(seen)) found(seen);
    });
    child.once('close', () => failed(new Error(`ended before ${pattern} was printed, after: ${seen}`)));
  });
}
