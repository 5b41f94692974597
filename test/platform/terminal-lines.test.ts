import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { terminalLines } from '../../src/platform/terminal-lines.ts';

test('B11 R9 what was typed before the question is no answer to it', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const lines = terminalLines(input, output);
  input.write('\nearly\n');
  await setImmediate();
  const answer = lines.ask('Now?');
  expect(output.read().toString()).toBe('Now?\n');
  await setImmediate();
  input.write(' meant \nmore\n');
  expect(await answer).toBe('meant');
  await setImmediate();
  const last = lines.ask('And now?');
  input.end();
  expect(await last).toBeNull();
  expect(await lines.ask('Still there?')).toBeNull();
});
