import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/watchdog/*.watch.ts'], testTimeout: 60_000, maxWorkers: 1 },
});
