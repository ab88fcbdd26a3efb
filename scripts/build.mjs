// Compiles src to dist and puts the migrations beside the compiled store. The new folder takes the place of the old one at
// once, so that a running server or test never sees half of it.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!existsSync('node_modules/typescript')) {
  console.error('The build needs its tools: run npm ci first');
  process.exit(1);
}
const fresh = mkdtempSync('.build-');
try {
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = status ?? 1;
  else {
    cpSync('src/store/migrations', `${fresh}/store/migrations`, { recursive: true });
    chmodSync(fresh, 0o755);
    if (existsSync('dist')) renameSync('dist', `${fresh}-old`);
    renameSync(fresh, 'dist');
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
  rmSync(`${fresh}-old`, { recursive: true, force: true });
}
