import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores, and the server under test computes in a worker thread of its own.
    maxWorkers: 2,
    reporters: ['default', './test/setup/closing-line.ts'],
  },
});
