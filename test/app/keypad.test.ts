import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { MemoryPort } from '../../sim/memory-port.ts';
import { SimScanner } from '../../sim/scanner.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { renderScreen } from '../../src/kiosk/render.ts';
import { keypadKeys } from '../../src/platform/event-keys.ts';
import { eventPort } from '../../src/platform/event-port.ts';
import { Bench, HOUR_MS, scratchFolder, siteConfig } from './bench-kiosk.ts';
import { EventDevice } from './event-device.ts';

/** Events pass through the system's pipe in real time: a moment for them. */
const EVENTS_MS = 30;
const KEY_ALT = 56;
const KEY_SYSRQ = 99;
const KEY_F2 = 60;

/** A kiosk whose keypad and scanner are input devices. */
async function newWall() {
  const [keypad, scanner] = [new EventDevice(), new EventDevice()];
  const base = siteConfig({ idlePollMs: 1_000 });
  const config = {
    ...base,
    keypad: { ...base.keypad, device: keypad.path },
    scanner: { ...base.scanner, device: scanner.path },
    policy: { ...base.policy, qr: 'replaces-both' as const },
  };
  const bench = new Bench({ config }).start();
  onTestFinished(() => bench.app.stop(() => {}));
  const panel = bench.app.newPanel();
  const seen = () => renderScreen(panel.screen()).join('\n');
  const shows = async (text: string) => {
    for (let round = 0; round < 100 && !seen().includes(text); round += 1) {
      await pause(EVENTS_MS / 10);
      bench.wait(100);
    }
    expect(seen()).toContain(text);
  };
  return { bench, keypad, scanner, seen, shows };
}

it('D6 R26 the recorded keys of a USB keypad drive a whole pickup', async () => {
  const { bench, keypad, shows } = await newWall();
  const { slot } = bench.drop(await bench.courier());
  const { code, second } = bench.numbers();
  bench.takes(slot);
  keypad.keys('1');
  await shows('code');
  keypad.keys(code);
  await shows('Second number');
  keypad.keys(`${second.slice(0, 2)}9*${second.slice(2)}`);
  await shows('is open');
  bench.wait(4_000);
  await shows('Done');
  keypad.keys('#');
  bench.wait(70_000);
  expect(bench.slot(slot).state).toBe('available');
});

it('D6 keys that a keypad is not to have do nothing, and a repeat is no second press', async () => {
  const { bench, keypad, seen, shows } = await newWall();
  for (const code of [KEY_ALT, KEY_SYSRQ, KEY_F2, 16, 250]) keypad.tap(code);
  keypad.keys('1');
  await shows('code');
  keypad.keys('12');
  await pause(EVENTS_MS);
  bench.wait(100);
  expect(seen()).toMatch(/1\s*2\s*[_·-]/);
});

it('M17 D6 a scanner that types opens a door where a code is asked for', async () => {
  const { bench, keypad, scanner, shows } = await newWall();
  const { slot } = bench.drop(await bench.courier());
  const grant = bench.kiosk.phone.find((one) => one.grant !== undefined)?.grant ?? '';
  keypad.keys('1');
  await shows('code');
  scanner.types(grant);
  await shows('is open');
  expect(bench.slot(slot).state).toBe('open');
});

it('M17 D6 a scanner that types into any other screen changes nothing', async () => {
  const { bench, keypad, scanner, seen, shows } = await newWall();
  bench.drop(await bench.courier());
  const grant = bench.kiosk.phone.find((one) => one.grant !== undefined)?.grant ?? '';
  const pulses = bench.pulses();
  for (const [key, text] of [
    ['', 'What would'],
    ['2', 'taff number'],
    ['*3', 'ode'],
  ] as const) {
    keypad.keys(key);
    await shows(text);
    const before = seen();
    scanner.types(grant);
    scanner.types('1234567#0*1');
    await pause(EVENTS_MS);
    bench.wait(500);
    expect(seen()).toBe(before);
  }
  expect(bench.pulses()).toBe(pulses);
  expect(bench.rows('grant.refused')).toEqual([]);
});

it('D6 a keypad that is pulled out is an alarm, and the screen says so meanwhile', async () => {
  const { bench, keypad, seen, shows } = await newWall();
  keypad.unplug();
  await shows('keys of this machine do not answer');
  expect(seen()).toContain('+1 212 555 0100');
  expect(bench.rows('keypad.health')).toMatchObject([{ data: { up: false } }]);
  keypad.plug();
  await shows('What would');
  for (let round = 0; round < 100 && bench.rows('keypad.health').length < 2; round += 1) {
    await pause(EVENTS_MS / 10);
    bench.wait(1_000);
  }
  expect(bench.rows('keypad.health')[1]).toMatchObject({ data: { up: true } });
  expect(seen()).not.toContain('keys of this machine');
  keypad.keys('1');
  await shows('code');
});

/** A kiosk whose keypad is on a serial port. */
function serialWall() {
  const base = siteConfig({ idlePollMs: 1_000 });
  const config = { ...base, keypad: { ...base.keypad, port: 'keypad' } };
  const clock = new VirtualClock();
  const serial = new SimScanner(clock, '\r\n');
  const bench = new Bench({
    config,
    clock,
    openPort: (wall, bus) =>
      bus === 'keypad' ? serial.open : new MemoryPort(clock, wall.bus(bus).wire).open,
  }).start();
  return { bench, serial };
}

it('R19 B7 no hold goes on while the keypad of the wall is gone', async () => {
  const { bench, serial } = serialWall();
  bench.app.newPanel();
  const { parcel } = bench.drop(await bench.courier());
  bench.wait(HOUR_MS);
  serial.unplug();
  serial.isThere = false;
  bench.wait(2 * HOUR_MS);
  serial.isThere = true;
  bench.wait(HOUR_MS);
  const hours = (ms: number) => Math.round(ms / HOUR_MS);
  const cited = bench.app.store.outages.of(parcel);
  expect(cited.map(({ outage, ms }) => [outage.reason, hours(ms)])).toEqual([['keypad_lost', 2]]);
  expect(hours(bench.parcel(parcel).hold.countedMs)).toBe(2);
});

it('R19 B7 no hold goes on while the keypad of the wall has no screen', async () => {
  const { bench } = serialWall();
  const health = () => bench.rows('screen.health').map(({ data }) => data.up);
  const first = bench.app.newPanel();
  const { parcel } = bench.drop(await bench.courier());
  first.stop();
  bench.wait(20_000);
  const second = bench.app.newPanel();
  bench.wait(HOUR_MS);
  expect(health()).toEqual([]);
  // A terminal of somebody else is no screen of the wall.
  bench.app.tools.newPanel(false);
  second.stop();
  bench.wait(2 * HOUR_MS);
  expect(health()).toEqual([false]);
  const third = bench.app.newPanel();
  expect(health()).toEqual([false, true]);
  expect(renderScreen(third.screen()).join('\n')).not.toContain('keys of this machine');
  bench.wait(HOUR_MS);
  const hours = (ms: number) => Math.round(ms / HOUR_MS);
  const cited = bench.app.store.outages.of(parcel);
  expect(cited.map(({ outage, ms }) => [outage.reason, hours(ms)])).toEqual([['keypad_lost', 2]]);
  expect(hours(bench.parcel(parcel).hold.countedMs)).toBe(2);
  bench.stop();
});

it('R19 a keypad whose screen never comes up serves nobody, and that is on record', () => {
  const { bench } = serialWall();
  bench.wait(HOUR_MS);
  expect(bench.rows('screen.health')).toMatchObject([{ data: { up: false } }]);
  const plain = new Bench().start();
  plain.wait(HOUR_MS);
  expect(plain.rows('screen.health')).toEqual([]);
});

it('D6 a keypad on a serial port says a line for each key', async () => {
  const { bench, serial } = serialWall();
  const panel = bench.app.newPanel();
  for (const key of ['1', '12', 'x', '1']) serial.shows(key);
  bench.wait(100);
  expect(renderScreen(panel.screen()).join('\n')).toMatch(/\b1\s*[_·-]/);
});

it('D6 a file that is no input device is refused, and says so', async () => {
  const path = join(scratchFolder(), 'plain');
  writeFileSync(path, 'no events');
  const lost = await new Promise<Error>((resolve, reject) => {
    const opened = () => reject(new Error('it was opened'));
    eventPort(path, keypadKeys)({ opened, bytes: () => {}, lost: resolve });
  });
  expect(lost.message).toContain('cannot be had alone');
});
