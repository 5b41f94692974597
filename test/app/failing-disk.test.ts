import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { checkDigit } from '../../src/domain/code.ts';
import { MAIN, run, simulatedSite } from './daemon-bench.ts';

/** The kernel refuses every write beyond, which is an I/O error. */
const FILE_KB_MAX = 400;
const LIMITED = `ulimit -f ${FILE_KB_MAX}; exec "$0" "$@"`;

it('a disk that fails ends the kiosk with a status of its own', { timeout: 60_000 }, async () => {
  const { config } = await simulatedSite();
  const args = [process.execPath, MAIN, 'run', '--config', config, '--keypad', 'lines'];
  const kiosk = spawn('bash', ['-c', LIMITED, ...args]);
  let said = '';
  for (const stream of [kiosk.stdout, kiosk.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      // Wrong numbers, one after the other: each is a commit.
      if (chunk.includes('Pickup code (')) kiosk.stdin.write(wrongNumbers());
      if (chunk.includes('do not fit together')) kiosk.stdin.write('#');
    });
  }
  kiosk.stdin.on('error', () => {});
  kiosk.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('What would you like to do?')) kiosk.stdin.write('1');
  });
  const [status] = await once(kiosk, 'close');
  expect(said).toContain('the database cannot be relied on');
  expect(said).toContain('SQLITE_IOERR');
  expect(status).toBe(74);
  const next = run(config);
  await next.says('"serving"');
});

let count = 0;

function wrongNumbers(): string {
  count += 1;
  const digits = String(100_000 + count);
  return `${digits}${checkDigit(digits)}#123456#`;
}
