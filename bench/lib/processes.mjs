// Servers under measurement: children on a core of their own, on free ports, stopped by their own pid.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './children.mjs';

const CLI = fileURLToPath(new URL('../../bin/kinebase.js', import.meta.url));
const BARE = fileURLToPath(new URL('./bare.mjs', import.meta.url));
const pinned = spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
const STOP_WITHIN_MS = 25_000;
const READY_WITHIN_MS = 120_000;

/**
 * Starts a program and resolves when it serves: with the first URL it prints, or once `url` answers at the path `ready`.
 * On core 0 unless `core` says null, for both.
 */
export async function startProgram(
  args,
  { env, cwd, program = process.execPath, core = 0, url, ready } = {},
) {
  const started = performance.now();
  const command = pinned && core !== null ? ['taskset', '-c', String(core), program] : [program];
  const child = spawn(command[0], [...command.slice(1), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnv(), ...env },
  });
  endWithUs(child, 'SIGTERM');
  const ended = once(child, 'exit');
  const lines = [];
  const keep = (line) => {
    lines.push(line);
    if (lines.length > 40) lines.shift();
  };
  createInterface({ input: child.stderr }).on('line', keep);
  const printed = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
  });
  const failed = ended.then(([code]) =>
    Promise.reject(new Error(`${[...args].shift()} ended with ${code}: ${lines.join('\n')}`)),
  );
  failed.catch(() => {});
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(late);
  };
  try {
    const at = await Promise.race([failed, url === undefined ? printed : untilAnswers(url, ready)]);
    const status = (name) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) /
      1024;
    return {
      url: at,
      pid: child.pid,
      started_ms: started,
      ready_ms: performance.now() - started,
      memory_MB: () => status('VmRSS'),
      peakMemory_MB: () => status('VmHWM'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilAnswers(url, path) {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const good = await fetch(`${url}${path}`).then(
      (response) => response.ok,
      () => false,
    );
    if (good) return url;
    if (performance.now() > deadline) throw new Error(`${url}${path} does not answer`);
    await wait(100);
  }
}

export const startKinebase = (data, { env, core, nodeOptions = [] } = {}) =>
  startProgram([...nodeOptions, CLI, 'serve', '--port', '0', '--data', data], { env, core });

/** On both cores, as a user starts it. */
export const startKinebaseUnpinned = (data, ...options) =>
  startProgram([CLI, 'serve', '--port', '0', '--data', data, ...options], { core: null });

/** A node:http server that sends the bytes of a file, and does nothing else. */
export const startBare = (file, encoding) => startProgram([BARE, file, encoding ?? '']);

const cleanEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KINEBASE_')));
