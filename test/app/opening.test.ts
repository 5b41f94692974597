import { describe, expect, it } from 'vitest';
import { Bench } from './bench-kiosk.ts';
import { Tap } from './tap.ts';

describe('a door that does not move', () => {
  it('R6 gets 3 pulses 1.5 s apart, an intent each; the drop goes elsewhere', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const slot = bench.app.supervisor.all()[0]?.id ?? '';
    bench.kiosk.door(slot).jam();
    const drop = bench.beginDrop(courier, bench.announce().id);
    expect(drop.slot).toBe(slot);
    bench.untilState(slot, 'out_of_service');
    const pulses = bench.kiosk.wall.board('A').pulses;
    expect(pulses).toHaveLength(3);
    const gaps = pulses.slice(1).map((pulse, index) => pulse.atMs - (pulses[index]?.atMs ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1_500);
    for (const gap of gaps) expect(gap).toBeLessThan(1_700);
    const causes = bench.rows('intent.armed').map((row) => row.cause);
    expect(new Set(causes).size).toBe(3);
    expect(bench.rows('intent.no_change').map((row) => row.cause)).toEqual(causes);
    const next = bench.app.deposit.elsewhere(drop);
    expect(next.kind === 'opening' && next.drop.slot).not.toBe(slot);
    bench.until(
      'the other door is open',
      () => next.kind === 'opening' && bench.kiosk.door(next.drop.slot).isOpen,
    );
  });

  it('R6 R11 asks the recipient; no: rest of 30 s and 2 more, only on a key press', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    const session = bench.app.sessions.begin();
    const sent = bench.numbers();
    expect(bench.collect(sent, session).kind).toBe('opening');
    bench.untilState(drop.slot, 'unseen');
    expect(bench.pulses()).toBe(4);
    bench.app.supervisor.send(drop.slot, { type: 'DID_NOT_OPEN' });
    expect(bench.app.openSlot.again(drop.slot, session).kind).toBe('refused');
    bench.wait(29_000);
    expect(bench.app.openSlot.again(drop.slot, session).kind).toBe('refused');
    bench.wait(20_000);
    expect(bench.pulses()).toBe(4);
    bench.kiosk.door(drop.slot).free();
    expect(bench.app.openSlot.again(drop.slot, session).kind).toBe('opening');
    bench.untilState(drop.slot, 'open');
    expect(bench.pulses()).toBe(5);
    expect(bench.parcel(drop.parcel).status).toBe('stored');
  });

  it('R6 a pulse whose answer is lost is not repeated before a status was read', async () => {
    const tap = new Tap();
    const bench = tap.listen(new Bench({ openPort: tap.openPort })).start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    bench.kiosk.wall.board('A').watch((event) => {
      if (event.kind === 'pulse') bench.kiosk.wall.bus('main').wire.toHost.next('lose');
    });
    tap.written.length = 0;
    bench.collect(bench.numbers());
    bench.untilState(drop.slot, 'unseen');
    const verbs = tap.written.map((frame) => frame.verb).join('');
    expect(verbs).toMatch(/^S*US+US+US+$/);
    expect(bench.rows('intent.no_change').map((row) => row.data.acknowledged)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('R6 R2 a board that falls silent after the pulse gets no second one', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    bench.kiosk.wall.board('A').watch((event) => {
      if (event.kind === 'pulse') bench.kiosk.wall.bus('main').wire.toHost.set('lose', 1);
    });
    bench.collect(bench.numbers());
    bench.untilState(drop.slot, 'quarantined');
    expect(bench.slot(drop.slot).bar?.reason).toBe('unknown_outcome');
    expect(bench.pulses()).toBe(2);
    bench.kiosk.wall.clearFaults();
    bench.wait(60_000);
    expect(bench.pulses()).toBe(2);
    expect(bench.parcel(drop.parcel)).toMatchObject({ status: 'stored', slot: drop.slot });
  });
});

describe('the session that opens', () => {
  it('R6 a second burst needs the session that began', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    const session = bench.app.sessions.begin();
    bench.collect(bench.numbers(), session);
    bench.until('the first pulse', () => bench.pulses() === 2);
    bench.app.sessions.end(session);
    bench.wait(60_000);
    expect(bench.pulses()).toBe(2);
    expect(bench.parcel(drop.parcel)).toMatchObject({ status: 'stored', slot: drop.slot });
    bench.kiosk.door(drop.slot).free();
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.untilState(drop.slot, 'open');
  });

  it('R3a who is refused as busy takes nothing from the session that opens', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    const [first, second] = [bench.app.sessions.begin(), bench.app.sessions.begin()];
    const sent = bench.numbers();
    expect(bench.collect(sent, first).kind).toBe('opening');
    expect(bench.collect(sent, second)).toMatchObject({ kind: 'not_now', why: 'busy' });
    bench.app.sessions.end(second);
    bench.untilState(drop.slot, 'unseen');
    expect(bench.pulses()).toBe(4);
  });

  it('R3a who is refused while the first is asked does not end the asking', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    const [first, second] = [bench.app.sessions.begin(), bench.app.sessions.begin()];
    const sent = bench.numbers();
    bench.collect(sent, first);
    bench.untilState(drop.slot, 'unseen');
    expect(bench.collect(sent, second)).toMatchObject({ kind: 'not_now', why: 'busy' });
    bench.app.sessions.end(second);
    expect(bench.slot(drop.slot).state).toBe('unseen');
  });

  it('R7 has one open door at a time', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const session = bench.app.sessions.begin();
    const first = bench.beginDrop(courier, bench.announce().id, session);
    bench.untilState(first.slot, 'open');
    const other = bench.announce(undefined, 'S', 'AC0044444').id;
    const start = bench.app.deposit.begin(session, courier, { kind: 'announced', parcel: other });
    expect(start).toMatchObject({ kind: 'not_now', why: 'busy' });
  });
});

describe('one bus', () => {
  it('R7 never has two energised locks, whoever opens at once', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    let most = 0;
    bench.kiosk.wall.watch(() => {
      const doors = bench.kiosk.wall.boards.flatMap((board) => board.doors);
      most = Math.max(most, doors.filter((door) => door.isEnergised).length);
    });
    const drops = Array.from({ length: 6 }, (_, index) =>
      bench.beginDrop(courier, bench.announce(undefined, 'S', `AC${30_000 + index}`).id),
    );
    const doors = drops.map(({ slot }) => bench.kiosk.door(slot));
    bench.until('all doors are open', () => doors.every((door) => door.isOpen));
    expect(most).toBe(1);
  });

  it('R7 reads the pulsed board at once after every pulse', async () => {
    const tap = new Tap();
    const bench = tap.listen(new Bench({ openPort: tap.openPort })).start();
    const courier = await bench.courier();
    tap.written.length = 0;
    for (let index = 0; index < 4; index += 1) {
      bench.beginDrop(courier, bench.announce(undefined, 'S', `AC${40_000 + index}`).id);
    }
    bench.wait(10_000);
    const verbs = tap.written.map((frame) => frame.verb).join('');
    expect(verbs.match(/U/g)).toHaveLength(4);
    expect(verbs).not.toMatch(/U[^S]/);
  });
});
