import { defineConfig } from 'vitest/config';

/** Tests that run a line, or talk to a device over a socket for seconds. */
const LINE_TESTS = ['test/{scenario,conformance}/**/*.test.ts', 'test/virtual-line/line.test.ts'];

/** Properties try the same cases on every machine, unless a seed is given: what fails elsewhere fails here. */
const SEED = ['test/seed.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: LINE_TESTS, setupFiles: SEED } },
      {
        test: {
          name: 'line',
          include: LINE_TESTS,
          setupFiles: SEED,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Each file runs a line of its own, and waits for it most of the time.
          maxWorkers: 2,
        },
      },
    ],
  },
});
