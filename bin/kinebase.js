#!/usr/bin/env node
// The command line, from an installed package and from a clone alike; a fresh clone is built first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

if (isBuilt() || build()) await import('../dist/cli/main.js');

function isBuilt() {
  return existsSync(pathOf('dist/cli/main.js'));
}

/** What the compiler says goes to standard error: standard output belongs to the command. */
function build() {
  const canBuild = existsSync(pathOf('src/cli/main.ts')) && existsSync(pathOf('node_modules/typescript'));
  if (!canBuild) {
    const remedy = existsSync(pathOf('src')) ? 'run npm ci in its folder' : 'install the package again';
    process.stderr.write(`error: kinebase is not built; ${remedy}\n`);
    process.exitCode = 1;
    return false;
  }
  process.stderr.write('Building, this once\n');
  const { status } = spawnSync(process.execPath, [pathOf('scripts/build.mjs')], { stdio: ['ignore', 2, 2] });
  // Another process may have been faster.
  if (isBuilt()) return true;
  process.exitCode = status || 1;
  return false;
}
