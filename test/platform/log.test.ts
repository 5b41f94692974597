import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/platform/log.ts';

function recorded(level: Parameters<typeof createLog>[0] = 'debug') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

const SECRET_KEYS = ['code', 'second', 'pin', 'phone', 'email', 'staff', 'name'];

describe('the log', () => {
  it('D9 writes lines of JSON with level, time, fields and message', () => {
    const { log, lines, last } = recorded();
    log.warn('door forced', { slot: 'LOCK001/7', sinceMs: 40 });
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    expect(last()).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      slot: 'LOCK001/7',
      sinceMs: 40,
      msg: 'door forced',
    });
  });

  it('D9 leaves out what is below its level', () => {
    const { log, lines } = recorded('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(lines).toHaveLength(2);
  });

  it.each(SECRET_KEYS)('I10 hides what is called %s, at every depth', (key) => {
    const { log, lines } = recorded();
    const canary = 'CANARY-314159';
    const capital = key.charAt(0).toUpperCase() + key.slice(1);
    const secrets = { [key]: canary, [key.toUpperCase()]: canary, [`their${capital}`]: canary };
    log.info('top', secrets);
    log.info('deep', { a: { b: [{ c: secrets }, [secrets]] }, [`${key}_hash`]: canary });
    log.info('whole', { seen: 1, [key]: { inside: [canary] } });
    log.info('set', { all: new Set([secrets]), map: new Map([[key, canary]]) });
    log.error('error', { error: Object.assign(new Error('x', { cause: secrets }), { secrets }) });
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      expect(line).not.toContain(canary);
      if (!line.includes('"set"')) expect(line).toContain('[hidden]');
    }
  });

  it('I10 hides a contact and a notice as the program has them', () => {
    const { log, lines } = recorded();
    const contact = { phone: '+49 170 1234567', email: 'ada@example.org', language: 'en' };
    const values = { ref: 'ABC234', code: '1234567', second: '654321' };
    log.info('told', { notice: { id: 'n1', kind: 'STORED', channel: 'sms', contact, values } });
    for (const secret of ['1234567', 'ada@example.org', '654321']) {
      expect(lines[0]).not.toContain(secret);
    }
    for (const plain of ['ABC234', 'STORED', 'n1']) expect(lines[0]).toContain(plain);
  });

  it('does not take units and parts of words for secrets', () => {
    const { log, last } = recorded();
    log.info('x', { graceSeconds: 60, spinning: true, decoder: 'line', renamed: 1 });
    expect(last()).toMatchObject({ graceSeconds: 60, spinning: true, decoder: 'line', renamed: 1 });
  });

  it('keeps of an error its kind, message, stack and causes', () => {
    const { log, last } = recorded();
    const cause = new RangeError('inner');
    log.error('failed', { error: new TypeError('outer', { cause }) });
    expect(last().error).toMatchObject({
      kind: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('log.test.ts'),
      cause: { kind: 'RangeError', message: 'inner' },
    });
  });

  it('writes whatever it is given, within bounds', () => {
    const { log, lines, last } = recorded();
    const ring: Record<string, unknown> = { big: 2n ** 70n, at: new Date(0) };
    ring.self = ring;
    log.info('odd', {
      ring,
      bytes: new Uint8Array(9),
      many: Array.from({ length: 1_000 }, () => 1),
    });
    expect(lines[0]?.length).toBeLessThan(2_000);
    expect(last()).toMatchObject({
      bytes: '[Uint8Array]',
      ring: { big: String(2n ** 70n), at: '1970-01-01T00:00:00.000Z' },
    });
    expect((last().many as unknown[]).slice(99)).toEqual([1, 'and 900 more']);
  });
});
