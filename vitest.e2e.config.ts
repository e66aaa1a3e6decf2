import { defineConfig } from 'vitest/config';

/** One worker for each browser: two browsers at once are what two cores bear. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { concurrent: false },
  },
});
