import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/broker/**'],
    globalSetup: 'test/scratch.ts',
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
