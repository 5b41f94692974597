import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { TypedScan } from '../../src/kiosk/typed-scan.ts';
import { Bench, siteConfig } from './bench-kiosk.ts';
import { Keys } from './keys.ts';

function newBench(qr: 'replaces-both' | 'off' = 'replaces-both') {
  const base = siteConfig({ idlePollMs: 1_000 });
  const scanner = { ...base.scanner, port: 'scanner' };
  return new Bench({ config: { ...base, scanner, policy: { ...base.policy, qr } } }).start();
}

/** A recipient stands at the keypad, and has the QR code of a stored parcel. */
async function recipient() {
  const bench = newBench();
  const { slot } = bench.drop(await bench.courier());
  const grant = bench.kiosk.phone.find((one) => one.grant !== undefined)?.grant ?? '';
  const keys = new Keys(bench);
  const bytes = (text: string) => bench.kiosk.scanner.says(Buffer.from(text, 'latin1'));
  return { bench, slot, grant, keys, bytes };
}

describe('a scanner on a serial port', () => {
  it('M17 R26 a QR code where a code is asked for opens the door', async () => {
    const { bench, slot, grant, keys } = await recipient();
    keys.type('1');
    bench.kiosk.scanner.shows(grant);
    bench.untilState(slot, 'open');
    keys.shows('is open');
  });

  it.each(['\n', '\r\n', '\r'])(
    'M17 its line may end with %j, in pieces of any size',
    async (end) => {
      const { bench, slot, grant, keys, bytes } = await recipient();
      keys.type('1');
      for (const char of grant + end) bytes(char);
      bench.untilState(slot, 'open');
    },
  );

  it('M17 means nothing where no code is asked for', async () => {
    const { bench, grant, keys } = await recipient();
    const pulses = bench.pulses();
    bench.kiosk.scanner.shows(grant);
    keys.type('2');
    bench.kiosk.scanner.shows(grant);
    keys.type('*3');
    bench.kiosk.scanner.shows(grant);
    bench.wait(5_000);
    expect(bench.pulses()).toBe(pulses);
    expect(bench.rows('grant.refused')).toEqual([]);
  });

  it('I13 M17 bytes without an end are dropped, and the next code is read', async () => {
    const { bench, slot, grant, keys, bytes } = await recipient();
    keys.type('1');
    for (let piece = 0; piece < 1_000; piece += 1) bytes('\x00ÿ'.repeat(500));
    bytes('\r');
    bench.wait(1_000);
    expect(bench.rows('grant.refused')).toEqual([]);
    bench.kiosk.scanner.shows(grant);
    bench.untilState(slot, 'open');
  });

  it('M17 one that is pulled out is an alarm, and is read again when it is back', async () => {
    const { bench, slot, grant, keys } = await recipient();
    bench.kiosk.scanner.unplug();
    expect(bench.rows('scanner.health')).toMatchObject([{ data: { up: false } }]);
    bench.kiosk.scanner.isThere = false;
    bench.wait(10_000);
    expect(keys.text()).not.toContain('scanner');
    expect(keys.type('1').text()).toContain('The scanner does not answer just now');
    bench.kiosk.scanner.isThere = true;
    bench.wait(10_000);
    expect(keys.text()).not.toContain('does not answer');
    expect(bench.rows('scanner.health')).toMatchObject([{}, { data: { up: true } }]);
    bench.kiosk.scanner.shows(grant);
    bench.untilState(slot, 'open');
  });

  it('R15a a courier scans the whole label', async () => {
    const bench = newBench();
    const { id } = bench.announce(undefined, 'S', 'AC-99/0012345');
    bench.announce(undefined, 'S', 'ZZ-77/0012345');
    const staff = await bench.app.people.addCourier('ACME', '271828');
    const keys = await new Keys(bench).signIn(staff);
    keys.type('1');
    bench.kiosk.scanner.shows('AC-99/0012345');
    bench.until('a door opens', () => bench.parcel(id).slot !== null);
    bench.untilState(bench.parcel(id).slot ?? '', 'open');
  });
});

describe('R26 what can be scanned is on the screen', () => {
  async function screens(bench: Bench): Promise<{ collect: string; drop: string }> {
    const keys = new Keys(bench);
    const collect = keys.type('1').text();
    keys.type('*');
    const staff = await bench.app.people.addCourier('ACME', '271828');
    await keys.signIn(staff);
    return { collect, drop: keys.type('1').text() };
  }

  it('M17 R15a a QR code and a label', async () => {
    const { collect, drop } = await screens(newBench());
    expect(collect).toContain('Hold your QR code to the scanner, or type your numbers.');
    expect(drop).toContain('Scan the label, or type its last digits.');
  });

  it('M17 R15a only a label where QR codes are switched off', async () => {
    const { collect, drop } = await screens(newBench('off'));
    expect(collect).not.toContain('QR');
    expect(drop).toContain('Scan the label');
  });

  it('M17 R15a nothing without a scanner', async () => {
    const { collect, drop } = await screens(new Bench({ config: siteConfig() }).start());
    expect(collect + drop).not.toMatch(/QR|[Ss]can/);
  });
});

describe('a scanner that types', () => {
  const GAP_MS = 35;
  const typist = () => {
    const clock = new VirtualClock();
    const [keys, scans]: string[][] = [[], []];
    const scan = new TypedScan({
      clock,
      typed: (char) => keys?.push(char),
      scanned: (text) => scans?.push(text),
    });
    const type = (text: string, everyMs: number): void => {
      for (const char of text) {
        scan.take(char);
        clock.advance(everyMs);
      }
      clock.advance(GAP_MS);
    };
    return { type, keys, scans };
  };

  it('M17 a burst that ends with Enter is a scan, and no key', () => {
    const { type, keys, scans } = typist();
    type('LK1:ABC 123\r', 3);
    expect(scans).toEqual(['LK1:ABC 123']);
    expect(keys).toEqual([]);
  });

  it('M17 R26 what a person types is keys, Enter too, whatever came before', () => {
    const { type, keys, scans } = typist();
    type('1234567890\r', 90);
    type('12\r', 3);
    expect(keys?.join('')).toBe('1234567890\r12\r');
    expect(scans).toEqual([]);
  });

  it('I13 a burst that is too long is neither', () => {
    const { type, keys, scans } = typist();
    type(`${'9'.repeat(5_000)}\r`, 1);
    type('12345678\r', 1);
    expect(keys).toEqual([]);
    expect(scans).toEqual(['12345678']);
  });
});
