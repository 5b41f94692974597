import { describe, expect, it } from 'vitest';
import type { Contact } from '../../src/domain/person.ts';
import { isAllocatable } from '../../src/domain/slot.ts';
import { ANNA, Bench, DAY_MS, HOUR_MS, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

/** A parcel of Anna's lies in a slot. */
async function stored(bench = new Bench().start()) {
  const courier = await bench.courier();
  const drop = bench.drop(courier);
  return { ...drop, bench, courier, sent: bench.numbers() };
}

/** Polls so seldom that days pass quickly. */
const slowBench = () => new Bench({ config: siteConfig({ idlePollMs: 30_000 }) }).start();

describe('the code', () => {
  it('R10 R12 is valid until the grace ends, in any session, and is then spent', async () => {
    const { bench, slot, parcel, sent } = await stored();
    const first = bench.app.sessions.begin();
    bench.collect(sent, first);
    bench.takes(slot);
    bench.untilState(slot, 'grace');
    bench.app.collect.forget(first);
    bench.app.sessions.end(first);
    bench.wait(50_000);
    expect(bench.collect(sent).kind).toBe('opening');
    bench.takes(slot);
    bench.untilState(slot, 'grace');
    expect(bench.parcel(parcel).status).toBe('stored');
    bench.wait(59_000);
    expect(bench.parcel(parcel).status).toBe('stored');
    bench.untilState(slot, 'available');
    expect(bench.parcel(parcel).status).toBe('retrieved');
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'retrieved' });
    expect(bench.pulses()).toBe(3);
  });

  it('R10 R11 is not spent by a pulse, nor by an open that nobody saw', async () => {
    const { bench, slot, parcel, sent } = await stored();
    bench.kiosk.door(slot).contact.fault = 'stuck-on';
    bench.collect(sent);
    bench.untilState(slot, 'unseen');
    bench.restart();
    expect(bench.parcel(parcel).status).toBe('stored');
    bench.kiosk.door(slot).contact.fault = 'none';
    bench.kiosk.door(slot).push();
    bench.wait(2_000);
    expect(bench.collect(sent).kind).toBe('opening');
  });

  it('R10a of a door that is never closed is spent, graded inferred; the slot is out', async () => {
    const { bench, slot, parcel, sent } = await stored();
    bench.collect(sent);
    bench.untilState(slot, 'open');
    bench.wait(179_000);
    expect(bench.slot(slot).state).toBe('open');
    bench.untilState(slot, 'out_of_service');
    expect(bench.rows('parcel.retrieved')).toMatchObject([{ parcel, data: { grade: 'inferred' } }]);
    bench.kiosk.door(slot).push();
    bench.wait(10 * MINUTE_MS);
    expect(bench.slot(slot).bar).toEqual({ kind: 'quarantined', reason: 'closed_late' });
    expect(isAllocatable(bench.slot(slot))).toBe(false);
  });

  it('R6 R11 a door that only the person saw open is asked for in the same way', async () => {
    const { bench, slot, parcel, sent } = await stored();
    bench.kiosk.door(slot).contact.fault = 'stuck-on';
    bench.collect(sent);
    bench.untilState(slot, 'unseen');
    const { supervisor } = bench.app;
    supervisor.send(slot, { type: 'DID_OPEN' });
    bench.hands.takesParcel(bench.kiosk.door(slot), { afterMs: 500, closesAfterMs: 500 });
    bench.wait(3_000);
    supervisor.send(slot, { type: 'SAYS_CLOSED' });
    bench.until('it has left', () => bench.parcel(parcel).status === 'retrieved');
    expect(bench.rows('slot.opened').at(-1)?.data.grade).toBe('asserted');
    expect(bench.slot(slot)).toMatchObject({ state: 'out_of_service', sensor: 'suspect' });
  });
});

describe('who gives both numbers', () => {
  it('R14 is told the truth of a cancelled parcel, and of one that was recalled', async () => {
    const { bench, courier, slot, parcel, sent } = await stored(slowBench());
    bench.app.cancel.byOperator(parcel);
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'cancelled' });
    bench.app.recall.open(bench.app.sessions.begin(), courier, parcel);
    bench.takes(slot);
    bench.until('it is fetched', () => bench.parcel(parcel).custody === 'recalled');
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'cancelled' });
    bench.wait(23 * HOUR_MS);
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'cancelled' });
    bench.wait(2 * HOUR_MS);
    expect(bench.collect(sent).kind).toBe('wrong');
  });

  it('R14 is told the truth of an expired parcel', async () => {
    const { bench, parcel, sent } = await stored(slowBench());
    bench.wait(5 * DAY_MS + 10 * MINUTE_MS);
    expect(bench.parcel(parcel).status).toBe('expired');
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'expired' });
  });

  it('R14 gets one answer for unknown, foreign and wrong numbers', async () => {
    const { bench, courier, sent } = await stored();
    const other = bench.drop(courier, bench.announce(BEN, 'S', 'AC0066666').id);
    const foreign = bench.numbers();
    bench.app.cancel.byOperator(other.parcel);
    const answers = [
      bench.collect({ code: sent.code, second: foreign.second }),
      bench.collect({ code: foreign.code, second: sent.second }),
      bench.collect({ code: '0000000', second: sent.second }),
    ];
    for (const answer of answers) expect(answer).toEqual({ kind: 'wrong', repeated: false });
  });

  it('R2a opens a blocked slot; a dark one is refused, and costs no parcel', async () => {
    const { bench, slot, parcel, sent } = await stored();
    bench.kiosk.port('main').unplug();
    bench.wait(5_000);
    expect(bench.collect(sent)).toMatchObject({ kind: 'not_now', why: 'dark' });
    bench.kiosk.port('main').replug();
    bench.until('the board is back', () => bench.slot(slot).board === 'ok');
    bench.app.supervisor.send(slot, { type: 'BLOCK' });
    expect(bench.slot(slot)).toMatchObject({ state: 'out_of_service', parcel });
    expect(bench.collect(sent).kind).toBe('opening');
    bench.takes(slot);
    bench.until('it is fetched', () => bench.parcel(parcel).status === 'retrieved');
    expect(isAllocatable(bench.slot(slot))).toBe(false);
  });
});

const BEN: Contact = { phone: '+12125550222', email: 'ben@mail.example', language: 'en' };

describe('what people are sent', () => {
  it('M8 code and second number go over two channels, and never over one', async () => {
    const { bench, sent } = await stored();
    const texts = (all: readonly { text: string }[]) => all.map(({ text }) => text).join();
    expect(texts(bench.kiosk.phone)).toContain(sent.code);
    expect(texts(bench.kiosk.phone)).not.toContain(sent.second);
    expect(texts(bench.kiosk.mailbox)).toContain(sent.second);
    expect(texts(bench.kiosk.mailbox)).not.toContain(sent.code);
  });

  it('M8 a parcel announced without an e-mail keeps the address that is known', async () => {
    const bench = new Bench().start();
    bench.announce(ANNA);
    bench.drop(await bench.courier(), bench.announce({ ...ANNA, email: null }, 'S', 'AC99').id);
    expect(bench.kiosk.mailbox).toMatchObject([{ to: ANNA.email }]);
  });

  it.each([
    ['phone', { ...ANNA, email: null }],
    ['mailbox', { ...ANNA, phone: null }],
  ] as const)('M8 who has only a %s gets both there', async (only, contact) => {
    const bench = new Bench().start();
    bench.drop(await bench.courier(), bench.announce(contact).id);
    expect(bench.kiosk[only]).toHaveLength(1);
    expect(bench.kiosk[only][0]?.text).toMatch(/Pickup code: \d{7}\n.*Second number: \d{6}/s);
    expect(bench.kiosk.phone.length + bench.kiosk.mailbox.length).toBe(1);
  });

  it('R12a both numbers of one parcel open the other parcels of the same recipient', async () => {
    const { bench, courier, sent } = await stored();
    const second = bench.drop(courier, bench.announce(ANNA, 'S', 'AC0088888').id);
    const bens = bench.drop(courier, bench.announce(BEN, 'S', 'AC0099999').id);
    const session = bench.app.sessions.begin();
    expect(bench.app.collect.openEntitled(session, second.parcel).kind).toBe('wrong');
    expect(bench.collect(sent, session).kind).toBe('opening');
    const others = bench.app.collect.others(session).map(({ id }) => id);
    expect(others).toContain(second.parcel);
    expect(others).not.toContain(bens.parcel);
    expect(bench.app.collect.openEntitled(session, bens.parcel).kind).toBe('wrong');
  });

  it('R1 a slot whose sensor still sees something is not given away', async () => {
    const bench = new Bench({ config: siteConfig({ occupancy: true }) }).start();
    const { slot, parcel, sent } = await stored(bench);
    bench.collect(sent);
    bench.hands.closes(bench.kiosk.door(slot), 4_000);
    bench.untilState(slot, 'quarantined');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'stored', slot });
    expect(bench.collect(sent).kind).toBe('opening');
  });
});
