import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Log } from '../../src/control/ports.ts';
import { spool } from '../../src/notify/spool.ts';

const MESSAGE = { id: 'n1', subject: 'Your parcel', text: 'Pickup code: 1234567\n' };

function bench() {
  const base = mkdtempSync(join(tmpdir(), 'lockerd-spool-'));
  onTestFinished(() => rmSync(base, { recursive: true }));
  const warnings: unknown[] = [];
  const quiet = () => {};
  const warn: Log['warn'] = (message, fields) => warnings.push({ message, ...fields });
  const log: Log = { debug: quiet, info: quiet, error: quiet, warn };
  const folder = join(base, 'notices');
  const transport = spool(folder, log);
  const answers: string[] = [];
  return {
    base,
    folder,
    warnings,
    answers,
    probe: () => transport.probe((ok) => answers.push(`${ok}`)),
    send: (message = MESSAGE) =>
      transport.send('ada@example.org', message, (fate) => answers.push(fate)),
  };
}

describe('the spool for trials', () => {
  it('writes each message as a file for its owner only', () => {
    const { folder, answers, send } = bench();
    send();
    send({ ...MESSAGE, id: 'n2' });
    expect(answers).toEqual(['accepted', 'accepted']);
    expect(readdirSync(folder).sort()).toEqual(['n1.txt', 'n2.txt']);
    expect(readFileSync(join(folder, 'n1.txt'), 'utf8')).toBe(
      'To: ada@example.org\nSubject: Your parcel\n\nPickup code: 1234567\n',
    );
    expect(statSync(join(folder, 'n1.txt')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('M13 accepts a message that is there already, and leaves it as it is', () => {
    const { folder, answers, send } = bench();
    send();
    const before = statSync(join(folder, 'n1.txt'));
    send({ ...MESSAGE, text: 'another text' });
    expect(answers).toEqual(['accepted', 'accepted']);
    expect(statSync(join(folder, 'n1.txt')).mtimeMs).toBe(before.mtimeMs);
    expect(readFileSync(join(folder, 'n1.txt'), 'utf8')).toContain('1234567');
  });

  it('M13 writes the message whole after a try that was cut short', () => {
    const { folder, answers, send } = bench();
    send({ ...MESSAGE, id: 'n0' });
    writeFileSync(join(folder, '.n1.new'), 'To: ada@ex', { mode: 0o644 });
    send();
    expect(answers).toEqual(['accepted', 'accepted']);
    expect(readdirSync(folder).sort()).toEqual(['n0.txt', 'n1.txt']);
    expect(statSync(join(folder, 'n1.txt')).mode & 0o777).toBe(0o600);
  });

  it('M13 does not accept what it could not write, and says why', () => {
    const { base, folder, answers, warnings, send } = bench();
    writeFileSync(folder, 'a file where the folder should be');
    send();
    expect(answers).toEqual(['down']);
    expect(warnings).toEqual([
      { message: 'notice not spooled', notice: 'n1', error: expect.any(Error) },
    ]);
    expect(readdirSync(base)).toEqual(['notices']);
  });

  it('M16 says whether it could be written to, without writing a message', () => {
    const { base, folder, answers, probe } = bench();
    probe();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    probe();
    expect(answers).toEqual(['true', 'false']);
    expect(readdirSync(base)).toEqual(['notices']);
  });

  it('takes no id that would lead out of the folder', () => {
    const { send, answers } = bench();
    expect(() => send({ ...MESSAGE, id: '../n1' })).toThrow(RangeError);
    expect(answers).toEqual([]);
  });
});
