// Other programs, installed by npm into the cache folder, never into the project: exact versions, and only once.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Installs `packages` (name@version) into a folder of their own, runs `finish` in it once; answers the folder. */
export function install({ cache, log }, name, packages, finish = () => {}) {
  const folder = join(cache, 'peers', name);
  const mark = join(folder, 'installed.json');
  const wanted = JSON.stringify(packages);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return folder;
  log(`installing ${packages.join(', ')}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'peer', private: true, type: 'module' }),
  );
  // Without scripts: no package runs a program of its own while it is being installed.
  run(folder, 'npm', [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    '--loglevel=error',
    ...packages,
  ]);
  finish(folder);
  writeFileSync(mark, wanted);
  return folder;
}

/** A program finds the packages beside it: a service of ours is copied to where its packages are. */
export function place(folder, service) {
  const file = join(folder, basename(fileURLToPath(service)));
  copyFileSync(service, file);
  return file;
}

export function run(cwd, command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(
      `${command} ${args[0]} ended with ${status}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`,
    );
  return stdout;
}
