import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __FIREFOX__: 'false', __GIVEN_SERVERS__: '[]' },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'sandbox/**/*.test.ts',
      'scripts/**/*.test.ts',
      'simulation/**/*.test.ts',
      'gallery/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
