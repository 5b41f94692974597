import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const LOAD_AND_TELL = `
import { registerHooks } from 'node:module';
const asked = new Set();
registerHooks({
  resolve: (name, context, next) => {
    asked.add(name);
    return next(name, context);
  },
});
await import('./src/app.ts');
process.stdout.write(JSON.stringify(['mqtt', 'better-sqlite3'].filter((one) => asked.has(one))));
`;

it('a kiosk without a cloud does not load what speaks MQTT', () => {
  const told = execFileSync('node_modules/.bin/node', ['--input-type=module', '-e', LOAD_AND_TELL]);
  expect(JSON.parse(told.toString())).toEqual(['better-sqlite3']);
});
