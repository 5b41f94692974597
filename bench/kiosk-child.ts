import { enableCompileCache } from 'node:module';

/**
 * A kiosk that loads all that `lockerd run` loads and serves boards that answer at once. It prints
 * a line of JSON when it serves: milliseconds since its start. Run by boot.ts.
 */
enableCompileCache();
const { startApp } = await import('../src/app.ts');
await import('../src/command-line.ts');
const { loadConfig } = await import('../src/config/load.ts');
const { families } = await import('../hardware/index.ts');
const { systemClock } = await import('../src/platform/clock.ts');
const { createLog } = await import('../src/platform/log.ts');
const { systemRandom } = await import('../src/platform/random.ts');
const { systemTimeSync } = await import('../src/platform/time-sync.ts');
const { instantBoards } = await import('./instant-boards.ts');

const loadedMs = performance.now();
const config = loadConfig(process.argv[2] ?? '', families);
const configuredMs = performance.now();
const channels = config.buses[0]?.boards[0]?.channels ?? 0;
const world = {
  timeSync: systemTimeSync(),
  ...{ clock: systemClock(), random: systemRandom(), log: createLog('warn'), transports: {} },
  openPort: () => instantBoards(channels),
};
const app = startApp(config, world, () => {
  const servingMs = performance.now();
  process.stdout.write(`${JSON.stringify({ loadedMs, configuredMs, servingMs })}\n`);
});
process.once('SIGTERM', () => app.stop(() => process.exit(0)));
