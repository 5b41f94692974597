import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../src/domain/code.ts';
import { Bench, HOUR_MS, MINUTE_MS, PIN, siteConfig } from './bench-kiosk.ts';

const BURST = 30;
const REFILL_MS = 6 * MINUTE_MS;

/** A well-formed code that nobody was given, another for each number. */
function wrongCode(number: number): string {
  const digits = String(900_000 + number);
  return digits + checkDigit(digits);
}

function guess(bench: Bench, number: number, session = bench.app.sessions.begin()) {
  return bench.app.collect.begin(session, wrongCode(number), '000000');
}

function empty(bench: Bench): void {
  for (let number = 0; number < BURST; number += 1) {
    expect(guess(bench, number)).toEqual({ kind: 'wrong', repeated: false });
  }
  expect(guess(bench, BURST).kind).toBe('wait');
}

describe('the budget of recipients', () => {
  it('R13 I7 thirty wrong entries, then a wait of six minutes for each more', () => {
    const bench = new Bench().start();
    empty(bench);
    expect(guess(bench, 31)).toEqual({ kind: 'wait', waitMs: REFILL_MS });
    bench.wait(REFILL_MS - 1);
    expect(guess(bench, 31)).toEqual({ kind: 'wait', waitMs: 1 });
    bench.wait(1);
    expect(guess(bench, 31).kind).toBe('wrong');
    expect(guess(bench, 32).kind).toBe('wait');
  });

  it('R13 I7 neither a restart nor a step of the wall clock fills it', () => {
    const bench = new Bench().start();
    empty(bench);
    bench.restart();
    expect(guess(bench, 31).kind).toBe('wait');
    bench.clock.jumpWall(30 * 24 * HOUR_MS);
    expect(guess(bench, 31).kind).toBe('wait');
    bench.clock.jumpWall(-60 * 24 * HOUR_MS);
    expect(guess(bench, 31).kind).toBe('wait');
    bench.restart();
    expect(guess(bench, 31).kind).toBe('wait');
  });

  it('R13 a wrong entry is on disk before its answer', () => {
    const bench = new Bench().start();
    for (let number = 0; number < BURST; number += 1) {
      guess(bench, number);
      bench.restart(10);
    }
    expect(guess(bench, BURST).kind).toBe('wait');
  });

  it('R13 malformed, short and repeated entries cost nothing', async () => {
    const bench = new Bench().start();
    const { app } = bench;
    const session = app.sessions.begin();
    guess(bench, 1, session);
    for (let index = 0; index < 100; index += 1) {
      expect(guess(bench, 1, session)).toEqual({ kind: 'wrong', repeated: true });
      const slip = `${wrongCode(1).slice(0, -1)}${(Number(wrongCode(1).slice(-1)) + 1) % 10}`;
      expect(app.collect.begin(session, slip, '000000').kind).toBe('malformed');
      expect(app.collect.begin(session, wrongCode(1), '00000').kind).toBe('malformed');
      expect(app.collect.begin(session, wrongCode(1).slice(1), '000000').kind).toBe('malformed');
    }
    for (let number = 2; number <= BURST; number += 1) {
      expect(guess(bench, number).kind).toBe('wrong');
    }
    expect(guess(bench, 99).kind).toBe('wait');
    const refusals = bench.rows('entry.refused').map(({ data }) => data.refusal);
    expect(refusals).toEqual([...Array(BURST).fill('UNKNOWN_CODE'), 'MUST_WAIT']);
  });

  it('R29 who is told to wait uses up no row of those whose numbers are wrong', () => {
    const bench = new Bench().start();
    for (let number = 1; number <= BURST + 120; number += 1) guess(bench, number);
    bench.wait(REFILL_MS);
    expect(guess(bench, 999).kind).toBe('wrong');
    expect(bench.rows('entry.refused').at(-1)?.data).toEqual({ refusal: 'UNKNOWN_CODE' });
    expect(bench.rows('entry.refused')).toHaveLength(BURST + 100 + 1);
  });

  it('R13 M18 right entries cost nothing: forty recipients in a row are served', async () => {
    const bench = new Bench({ config: siteConfig({ graceSeconds: 10 }) }).start();
    const courier = await bench.courier();
    for (let number = 0; number < 40; number += 1) {
      const drop = bench.drop(courier, bench.announce(undefined, 'S', `AC${50_000 + number}`).id);
      expect(bench.collect(bench.numbers()), `recipient ${number}`).toMatchObject({
        kind: 'opening',
      });
      bench.takes(drop.slot);
      bench.untilState(drop.slot, 'grace');
      bench.untilState(drop.slot, 'available');
    }
  });

  it('R13 a success fills nothing', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    for (let number = 1; number < BURST; number += 1) guess(bench, number);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.takes(drop.slot);
    bench.untilState(drop.slot, 'grace');
    guess(bench, 98);
    expect(guess(bench, 99).kind).toBe('wait');
  });

  it('R13 after five wrong second numbers a parcel takes one try an hour', async () => {
    const bench = new Bench().start();
    bench.drop(await bench.courier());
    const { code, second } = bench.numbers();
    const tries = Array.from({ length: 6 }, (_, index) => String(index).repeat(6));
    const wrong = tries.filter((one) => one !== second);
    for (const one of wrong) expect(bench.collect({ code, second: one }).kind).toBe('wrong');
    bench.collect({ code, second: '777777' });
    expect(bench.collect({ code, second }).kind).toBe('wrong');
    bench.wait(HOUR_MS);
    expect(bench.collect({ code, second }).kind).toBe('opening');
  });
});

describe('staff', () => {
  it('R13a ten wrong PINs block the number, over restarts; others are let in', async () => {
    const bench = new Bench().start();
    const blocked = await bench.app.people.addCourier('ACME', PIN);
    const other = await bench.app.people.addCourier('ACME', PIN);
    for (let number = 0; number < 10; number += 1) {
      expect(await bench.app.signIn.check(blocked, '111111')).toEqual({ kind: 'wrong' });
      bench.wait(REFILL_MS);
    }
    expect(await bench.app.signIn.check(blocked, PIN)).toEqual({ kind: 'wrong' });
    bench.restart();
    bench.wait(2 * REFILL_MS);
    expect(await bench.app.signIn.check(blocked, PIN)).toEqual({ kind: 'wrong' });
    expect((await bench.app.signIn.check(other, PIN)).kind).toBe('welcome');
  });

  it('R13a ten tries at the kiosk, then a wait, also for numbers that nobody has', async () => {
    const bench = new Bench().start();
    for (let number = 0; number < 10; number += 1) {
      expect(await bench.app.signIn.check(String(100_000 + number), PIN)).toEqual({
        kind: 'wrong',
      });
    }
    expect((await bench.app.signIn.check('123456', PIN)).kind).toBe('wait');
    bench.restart();
    bench.clock.jumpWall(24 * HOUR_MS);
    expect((await bench.app.signIn.check('123456', PIN)).kind).toBe('wait');
    bench.wait(REFILL_MS);
    expect((await bench.app.signIn.check('123456', PIN)).kind).toBe('wrong');
  });

  it('R13a wrong PINs at several panels at once all count', async () => {
    const bench = new Bench().start();
    const staff = await bench.app.people.addCourier('ACME', PIN);
    const { signIn } = bench.app;
    const person = (await signIn.check(staff, PIN)) as { person: { id: string } };
    await Promise.all([1, 2, 3].map((digit) => signIn.check(staff, String(digit).repeat(6))));
    expect(bench.app.store.people.get(person.person.id)?.pinMisses).toBe(3);
  });

  it('R13a an unknown number is refused just as a wrong PIN is', async () => {
    const bench = new Bench().start();
    const staff = await bench.app.people.addCourier('ACME', PIN);
    const known = await bench.app.signIn.check(staff, '111111');
    const unknown = await bench.app.signIn.check(staff === '123456' ? '654321' : '123456', PIN);
    expect(unknown).toEqual(known);
    const [first, second] = bench.rows('entry.refused').map((row) => Object.keys(row.data));
    expect(first).toEqual(second);
  });
});
