import { defineConfig } from 'vitest/config';

/** Tests that run a line, or talk to a device over a socket for seconds. */
const LINE_TESTS = ['test/{scenario,conformance}/**/*.test.ts', 'test/virtual-line/line.test.ts'];

/** Properties try the same cases on every machine, unless a seed is given: what fails elsewhere fails here. */
const SEED = ['test/seed.ts'];

/** A hang, not a slow machine: nothing that is tested here comes near it. */
const HANG = 300_000;
const PATIENCE = { testTimeout: HANG, hookTimeout: HANG, expect: { poll: { timeout: 30_000, interval: 10 } } };

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: LINE_TESTS,
          setupFiles: SEED,
          ...PATIENCE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'line',
          include: LINE_TESTS,
          setupFiles: SEED,
          ...PATIENCE,
          // Each file runs a line of its own, and waits for it most of the time: alone, before everything else.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
