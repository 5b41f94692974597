import { describe, expect, it } from 'vitest';
import { isAllocatable, newSlot, statusOf } from '../../src/domain/slot.ts';
import type { SlotEventBody } from '../../src/domain/slot-events.ts';
import { SlotScript } from './slot-script.ts';

const bootWith = (door: 'open' | 'closed'): SlotEventBody => ({
  type: 'BOOT',
  door,
  occupancy: 'unknown',
});

describe('doors that move without authority', () => {
  it('R8 an edge on a full slot makes its content unknown and keeps the parcel', () => {
    const script = new SlotScript().stored().play({ type: 'DOOR_OPENED' });
    expect(script.tags()).toContain('slot.forced');
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1', content: 'unknown' });
  });

  it('R8 an edge on an empty slot takes it out of allocation', () => {
    const script = new SlotScript().play({ type: 'DOOR_OPENED' });
    expect(script.slot.state).toBe('quarantined');
    expect(isAllocatable(script.closed().slot)).toBe(false);
  });
});

describe('a board that falls silent after our own pulse', () => {
  const lost = () => new SlotScript().stored().arm('pickup').pulsed().play({ type: 'BOARD_DARK' });
  const back: SlotEventBody = { type: 'BOARD_OK' };

  it('R8 R2 and comes back with the door open raises no alarm: the outcome is unknown', () => {
    const script = lost().play(back, { type: 'DOOR_OPENED' });
    expect(script.tags()).toEqual(['slot.opened']);
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1', content: 'unknown' });
    script.closed().play({ type: 'DOOR_OPENED' });
    expect(script.tags()).toContain('slot.forced');
  });

  it('R8 and comes back with the door shut is an alarm when the door opens then', () => {
    expect(lost().play(back).closed().play({ type: 'DOOR_OPENED' }).tags()).toContain(
      'slot.forced',
    );
  });

  it('R8 R20 raises none either when the kiosk stops meanwhile', () => {
    expect(lost().play(bootWith('open')).tags()).toEqual(['slot.opened']);
  });
});

describe('a word that something is still inside', () => {
  const said = () =>
    new SlotScript().stored().opened('pickup').closed().play({ type: 'SOMETHING_INSIDE' });
  const notSent = (script: SlotScript): SlotEventBody => ({
    ...{ type: 'PULSE_RESULT', intent: script.slot.intent ?? '', verdict: 'not_sent' },
  });

  it('R1 R12 stands when the door is not opened again for whoever said it', () => {
    const script = said().arm('pickup');
    script.play(notSent(script), { type: 'DEADLINE_PASSED' });
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1' });
    expect(script.tags()).not.toContain('parcel.retrieved');
  });

  it('R12 is spent when the door was open again', () => {
    const script = said().opened('pickup');
    expect(script.slot.leftInside).toBe(false);
  });
});

describe('a start', () => {
  it('R20 a door that changed while the kiosk was off is quarantined', () => {
    const script = new SlotScript().stored().play(bootWith('open'));
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1' });
    expect(script.slot.bar?.reason).toBe('changed_while_off');
  });

  it('R21 no event of a start asks for a pulse, in whatever state it comes', () => {
    const starts = [
      new SlotScript(),
      new SlotScript().play({ type: 'RESERVE', parcel: 'p1' }),
      new SlotScript().play({ type: 'RESERVE', parcel: 'p1' }).arm('drop'),
      new SlotScript().stored().arm('pickup').pulsed(),
      new SlotScript().stored().opened('pickup'),
      new SlotScript().stored().arm('pickup').unmoved(),
    ];
    for (const script of starts) {
      for (const door of ['open', 'closed'] as const) {
        expect(script.play(bootWith(door)).acts).toEqual([]);
      }
    }
  });

  it('R2 an armed intent with a closed door is unknown, and its parcel stays bound', () => {
    const pickup = new SlotScript().stored().arm('pickup').play(bootWith('closed'));
    expect(pickup.slot).toMatchObject({ state: 'quarantined', parcel: 'p1', intent: null });
    const drop = new SlotScript().play({ type: 'RESERVE', parcel: 'p1' }).arm('drop');
    expect(drop.play(bootWith('closed')).slot).toMatchObject({
      state: 'quarantined',
      parcel: null,
    });
    expect(drop.facts).toContainEqual({ t: 'parcel.not_stored', custody: 'unknown' });
  });

  it('R20 an armed intent with an open door was seen after all', () => {
    const script = new SlotScript().stored().arm('pickup').play(bootWith('open'));
    expect(script.slot.state).toBe('open');
    expect(script.tags()).toEqual(['slot.opened']);
  });

  it.each(['drop', 'pickup', 'recall'] as const)(
    'R2 a %s found open and then shut ended nobody knows how: nobody could be asked',
    (purpose) => {
      const before = purpose === 'drop' ? new SlotScript() : new SlotScript().stored();
      const script = before.opened(purpose).play(bootWith('open')).wait(3_000).closed();
      expect(script.tags()).not.toContain('parcel.stored');
      expect(script.slot.bar?.reason).toBe('unknown_outcome');
      expect(script.slot.state).toBe('quarantined');
      expect(script.slot.parcel).toBe(purpose === 'drop' ? null : 'p1');
    },
  );

  it('R2 a sensor tells how a visit ended at which the screen was dark', () => {
    const drop = new SlotScript('empty').opened('drop').play(bootWith('open')).closed('full');
    expect(drop.facts).toContainEqual({ t: 'parcel.stored', grade: 'sensed' });
    const full = new SlotScript('empty').opened('drop').closed('full');
    const pickup = full.opened('pickup').play(bootWith('open')).wait(3_000).closed('empty');
    expect(pickup.deadline().facts).toContainEqual({ t: 'parcel.retrieved', grade: 'sensed' });
    expect(pickup.slot.state).toBe('available');
  });

  it('R2 a door found closed that was left open mid-visit was not seen closing', () => {
    const script = new SlotScript().stored().opened('pickup').play(bootWith('closed'));
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1' });
  });

  it('R10 a close that was sensed before the stop still counts after it', () => {
    const script = new SlotScript().stored().opened('pickup').wait(3_000).closed();
    script.play(bootWith('closed')).deadline();
    expect(script.tags()).toEqual(['parcel.retrieved']);
  });

  it('R18 a slot first read with its door open is not allocatable', () => {
    const script = new SlotScript();
    script.slot = newSlot('L/1');
    expect(isAllocatable(script.play(bootWith('open')).slot)).toBe(false);
  });
});

describe('upkeep', () => {
  it('R4 taking a slot out of service keeps what is in it', () => {
    const script = new SlotScript().stored().play({ type: 'BLOCK' });
    expect(script.slot).toMatchObject({ state: 'out_of_service', parcel: 'p1', content: 'full' });
    expect(script.play({ type: 'UNBLOCK' }).slot.state).toBe('occupied');
  });

  it('R3a blocking waits while an intent lives or grace runs', () => {
    const open = new SlotScript().stored().opened('pickup').play({ type: 'BLOCK' });
    expect(open.ignored).toBe(true);
    expect(open.wait(3_000).closed().play({ type: 'BLOCK' }).ignored).toBe(true);
  });

  it('R4 a visited slot shows the status of what it is for', () => {
    expect(statusOf(new SlotScript().stored().opened('pickup').slot)).toBe('occupied');
    expect(statusOf(new SlotScript().opened('drop').slot)).toBe('reserved');
    expect(statusOf(new SlotScript().play({ type: 'DOOR_OPENED' }).slot)).toBe('out_of_service');
  });

  it("I12 a technician's word brings every barred slot back to available", () => {
    const barred = [
      new SlotScript().play({ type: 'DOOR_OPENED' }),
      new SlotScript().stored().play({ type: 'DOOR_OPENED' }),
      new SlotScript().stored().arm('pickup').unmoved().play({ type: 'GIVE_UP' }),
      new SlotScript().opened('drop').deadline(),
    ];
    for (const script of barred) {
      if (script.slot.door === 'open') script.closed();
      script.play({ type: 'CLEARED', content: 'empty' });
      expect(script.slot).toMatchObject({ state: 'available', parcel: null, bar: null });
    }
  });
});
