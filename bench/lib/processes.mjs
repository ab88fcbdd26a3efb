// Servers under measurement: children on a core of their own, on free ports, stopped by their own pid.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../bin/kinebase.js', import.meta.url));
const BARE = fileURLToPath(new URL('./bare.mjs', import.meta.url));
const pinned = spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** Starts a program on core 0; resolves with the first URL it prints. */
async function startProgram(args, env = {}) {
  const started = performance.now();
  const command = pinned ? ['taskset', '-c', '0', process.execPath] : [process.execPath];
  const child = spawn(command[0], [...command.slice(1), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...cleanEnv(), ...env },
  });
  const url = await new Promise((resolve, reject) => {
    const lines = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${lines.join(' ')}`)));
  });
  return {
    url,
    pid: child.pid,
    ready_ms: performance.now() - started,
    lines: child.stdout,
    memory_MB: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

export const startKinebase = (data, { env } = {}) =>
  startProgram([CLI, 'serve', '--port', '0', '--data', data], env);

/** On both cores, as a user starts it. */
export async function startKinebaseUnpinned(data, ...options) {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--data', data, ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: cleanEnv(),
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return {
    url,
    ready_ms: performance.now() - started,
    memory_MB: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** A node:http server that sends the bytes of a file, and does nothing else. */
export const startBare = (file, encoding) => startProgram([BARE, file, encoding ?? '']);

const cleanEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KINEBASE_')));
