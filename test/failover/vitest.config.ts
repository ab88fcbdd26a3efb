import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run test:failover`: a cluster of its own, minutes rather than seconds, so not part of `npm test`. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/failover/*.check.ts'],
    globalSetup: ['test/setup/global.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
    reporters: ['default', './test/setup/closing-line.ts'],
  },
});
