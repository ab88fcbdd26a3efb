import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    // For what hangs: a machine that is busy with something else is several times as slow.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    // Two cores, and the server under test computes in a worker thread of its own.
    maxWorkers: 2,
    reporters: ['default', './test/setup/closing-line.ts'],
  },
});
