import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** The command line on a terminal: util-linux's `script` makes one, and passes on what is typed. */
export const hasTerminals =
  spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

const EXECUTABLE = new URL('../../bin/kinebase.js', import.meta.url).pathname;
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** Ends with the command's code; what it writes to its standard error comes on standard output, too, as on a terminal. */
export function onTerminal(args: readonly string[], env: Record<string, string>, cwd: string): ChildProcess {
  const command = [process.execPath, EXECUTABLE, ...args].map(quoted).join(' ');
  return spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, SHELL: '/bin/sh', TERM: 'xterm', ...env },
  });
}
