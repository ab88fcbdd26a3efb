// Takes a new picture of every view of the web app that looks otherwise than in docs/screenshots. The test that compares them
// takes them, so that both do exactly the same.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const steps = [
  ['scripts/build.mjs'],
  ['node_modules/vitest/vitest.mjs', 'run', 'test/web/screenshots.test.ts'],
];
for (const args of steps) {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, BUILT_FOR_TEST: '1', TAKE_SCREENSHOTS: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
}
