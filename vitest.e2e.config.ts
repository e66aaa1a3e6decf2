import { defineConfig } from 'vitest/config';

/**
 * One worker for each browser: two browsers at once are what two cores bear. The limits are for what hangs: the longest
 * story takes a minute and a half, and twice that where others use the computer as well.
 */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    sequence: { concurrent: false },
  },
});
