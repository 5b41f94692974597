import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app.ts';
import { worldOf } from '../../src/commands/stopped-kiosk.ts';
import { composeCore } from '../../src/compose/core.ts';
import { drawPin } from '../../src/compose/production.ts';
import { createLog } from '../../src/platform/log.ts';

const folder = mkdtempSync(join(tmpdir(), 'slot-'));
const config = join(folder, 'kiosk.toml');
writeFileSync(
  config,
  readFileSync('sim/embedded.toml', 'utf8')
    .replace('var/demo/lockerd.db', join(folder, 'lockerd.db'))
    .replace('var/demo/device.key', join(folder, 'device.key')),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TO = ['--carrier', 'ACME', '--phone', '+1 212 555 0111'];

const lockerd = (...args: readonly string[]) => lockerdHears('', ...args);

/** With lines on its standard input. */
function lockerdHears(input: string, ...args: readonly string[]) {
  const all = ['src/main.ts', ...args, '--config', config];
  const options = { encoding: 'utf8', input } as const;
  const { status, stdout, stderr } = spawnSync('node_modules/.bin/node', all, options);
  return { status, said: stdout.trim(), complaint: stderr.trim() };
}

describe('what a kiosk is there for', () => {
  it('R23 is said at the kiosk, and outlives it', () => {
    const id = /id = "(\w+)"/.exec(readFileSync(config, 'utf8'))?.[1];
    expect(lockerd('mode', 'lockdown').said).toBe(`${id}: lockdown, was serve`);
    expect(lockerd('mode', 'serve').said).toBe(`${id}: serve, was lockdown`);
    expect(lockerd('mode', 'party')).toMatchObject({ status: 64 });
  });
});

describe('what a technician saw', () => {
  it('R4 I12 takes a slot out of service and gives it back', () => {
    const why = ['--reason', 'hinge'];
    const blocked = lockerd('slot', 'LOCK1/7', '--block', ...why);
    expect(blocked).toMatchObject({ status: 0, said: 'LOCK1/7: out_of_service, blocked' });
    const again = lockerd('slot', 'LOCK1/7', '--block', ...why);
    expect(again.said).toBe('LOCK1/7: nothing changed, out_of_service, blocked');
    expect(lockerd('slot', 'LOCK1/7', '--unblock', ...why).said).toBe('LOCK1/7: available');
  });

  it('R31 tells who looked behind a door that nobody has read what to do first', () => {
    const { said, status } = lockerd('slot', 'LOCK1/7', '--found', 'empty', '--reason', 'looked');
    expect(status).toBe(75);
    expect(said).toBe(
      'LOCK1/7: nothing changed, available; start the kiosk, so that its door is read',
    );
  });

  it.each([
    [['slot', 'LOCK1/99', '--block', '--reason', 'x'], 'no slot "LOCK1/99"'],
    [['slot', 'LOCK1/7', '--reason', 'x'], 'one of --found, --block and --unblock'],
    [['slot', 'LOCK1/7', '--found', 'half', '--reason', 'x'], 'empty, full'],
    [['announce', 'A1', ...TO, '--size', 'XL'], 'size "XL" is none of S, M, L'],
    [['announce', 'A1', ...TO, '--size', 'S', '--hold-days', '9'], 'holdDays 9: 3 to 7'],
    [['add-courier', '--carrier', 'ACME', '--pin', '12'], 'at least 6 digits'],
  ])('R13a refuses %j with status 64 and one clear line', (args, complaint) => {
    const refused = lockerd(...args);
    expect(refused).toMatchObject({ status: 64, said: '' });
    expect(refused.complaint).toContain(complaint);
    expect(refused.complaint.split('\n')).toHaveLength(1);
  });
});

it('R15a announces a parcel to a kiosk that does not run, and the same label once', () => {
  const parcel = ['announce', 'ACME-10001', ...TO, '--size', 'S'];
  expect(lockerd(...parcel).said).toMatch(/^parcel ACME-10001 is expected as [2-9A-Z]{6}$/);
  expect(lockerd(...parcel)).toMatchObject({
    status: 64,
    complaint: 'lockerd: parcel "ACME-10001" is refused: ALREADY_ANNOUNCED',
  });
});

it('I10 takes addresses and PINs from its input, where no other process sees them', async () => {
  const parcel = ['announce', 'ACME-10002', '--carrier', 'ACME', '--size', 'S'];
  const hidden = [...parcel, '--phone', '-', '--email', '-'];
  expect(lockerdHears('+1 212 555 0122\nben@mail.example\n', ...hidden).status).toBe(0);
  expect(lockerdHears('12\n', 'add-admin', '--pin', '-').status).toBe(64);
  expect(lockerdHears('', ...parcel, '--phone', '-')).toMatchObject({ status: 64 });
  const core = composeCore(readConfig(config), worldOf(createLog('error')));
  core.supervisor.stop();
  const { contact } = core.people.byPhone('+1 212 555 0122') ?? {};
  expect(JSON.parse(core.vault.unseal(contact ?? ''))).toMatchObject({ email: 'ben@mail.example' });
  core.store.close();
});

it('M9 adds technicians and admins locally, and shows the secret of their app once', () => {
  for (const role of ['technician', 'admin']) {
    const { said } = lockerd(`add-${role}`, '--pin', '271828');
    expect(said).toMatch(new RegExp(`^staff number of the new ${role}: \\d{6}\n.*otpauth://totp/`));
    expect(said).toMatch(/secret=[A-Z2-7]{32}/);
  }
});

it('M9 draws the PIN of whoever is added without one, and shows it once', async () => {
  const roles = { courier: ['--carrier', 'ACME'], technician: [], admin: [] };
  const pins = Object.entries(roles).map(([role, more]) => {
    const { status, said } = lockerd(`add-${role}`, ...more);
    expect(status).toBe(0);
    const [, pin = '', ...others] = /^PIN, shown only now: (\d{6})$/m.exec(said) ?? [];
    expect([pin.length, others]).toEqual([6, []]);
    return pin;
  });
  const { store, vault, supervisor } = composeCore(readConfig(config), worldOf(createLog('error')));
  supervisor.stop();
  const hashes = store.people.withPin().map(({ pinHash }) => pinHash ?? '');
  store.close();
  for (const pin of pins) {
    const fits = await Promise.all(hashes.map((hash) => vault.checkPin(pin, hash)));
    expect(fits).toContain(true);
  }
  expect(lockerd('add-admin', '--pin', '271828').said).not.toContain('271828');
});

it('M9 draws no PIN that everybody tries first, and repeats none that is refused', () => {
  const digits = [...'246810', ...'582046'].map(Number);
  expect(drawPin({ int: () => digits.shift() ?? 0, bytes: () => new Uint8Array() })).toBe('582046');
  expect(lockerd('add-admin', '--pin', '13579').complaint).not.toContain('13579');
});
