// Compiles src into a folder, for the build and for what is written from the code: nobody reads an old dist.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Whether it compiled; what is wrong has been printed. */
export function compile(folder) {
  process.chdir(ROOT);
  if (!existsSync('node_modules/typescript')) {
    console.error('The build needs its tools: run npm ci first');
    return false;
  }
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', folder];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

/** Hands the compiled code to `use`, in a folder that lies beside node_modules and is gone afterwards. */
export async function withCompiled(use) {
  process.chdir(ROOT);
  const folder = mkdtempSync('.build-');
  try {
    if (compile(folder)) await use(folder);
    else process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
