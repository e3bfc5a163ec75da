import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/{scenario,conformance,e2e}/**'] } },
      {
        test: {
          name: 'line',
          include: ['test/{scenario,conformance}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
