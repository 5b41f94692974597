import { describe, expect, it } from 'vitest';
import { isAllocatable, statusOf } from '../../src/domain/slot.ts';
import { SlotScript } from './slot-script.ts';

describe('a drop', () => {
  it('R1 the slot leaves available before any pulse is asked for', () => {
    const script = new SlotScript().play({ type: 'RESERVE', parcel: 'p1' });
    expect(script.slot.state).toBe('reserved');
    expect(script.acts).toEqual([]);
    script.arm('drop', 'i1');
    expect(script.acts).toEqual([{ do: 'pulse', intent: 'i1' }]);
  });

  it('R16a a sensor that says full commits the drop as sensed', () => {
    const script = new SlotScript('empty').opened('drop').closed('full');
    expect(script.slot.state).toBe('occupied');
    expect(script.facts).toContainEqual({ t: 'parcel.stored', grade: 'sensed' });
  });

  it('R16a without a sensor the courier is asked, and silence for 20 s is a delivery', () => {
    const script = new SlotScript().opened('drop').closed();
    expect(script.slot.state).toBe('drop_unconfirmed');
    const asked = script.nowMs;
    script.deadline();
    expect(script.nowMs - asked).toBe(20_000);
    expect(script.facts).toEqual([{ t: 'parcel.stored', grade: 'inferred' }]);
  });

  it('R16a a sensor that says empty never commits by silence', () => {
    const script = new SlotScript('empty').opened('drop').closed('empty').deadline();
    expect(script.slot.state).toBe('quarantined');
    expect(script.tags()).not.toContain('parcel.stored');
    expect(script.facts).toContainEqual({ t: 'parcel.not_stored', custody: 'unknown' });
  });

  it('R16 too big: the first slot must be closed and known to be empty', () => {
    const script = new SlotScript().opened('drop');
    script.play({ type: 'DROP_ANSWER', answer: 'too_big' }).closed();
    expect(script.slot.state).toBe('verify_empty');
    expect(isAllocatable(script.slot)).toBe(false);
    script.play({ type: 'IS_EMPTY' });
    expect(script.slot.state).toBe('available');
    expect(script.facts).toContainEqual({ t: 'parcel.not_stored', custody: 'expected' });
  });

  it('R16 not empty: the find is quarantined and the parcel goes elsewhere', () => {
    const script = new SlotScript().opened('drop');
    script.play({ type: 'DROP_ANSWER', answer: 'not_empty' }).closed();
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: null });
    expect(script.slot.bar?.reason).toBe('found_inside');
  });

  it('R16a changed my mind without an answer ends in quarantine, custody unknown', () => {
    const script = new SlotScript().opened('drop');
    script.play({ type: 'DROP_ANSWER', answer: 'changed_mind' }).closed().deadline();
    expect(script.slot.state).toBe('quarantined');
    expect(script.facts).toContainEqual({ t: 'parcel.not_stored', custody: 'unknown' });
  });

  it('R6 a door that does not move gets 3 pulses 1.5 s apart, then the slot is jammed', () => {
    const script = new SlotScript().play({ type: 'RESERVE', parcel: 'p1' }).arm('drop');
    const first = script.pulsed().nowMs;
    expect(script.slot.deadlineAtMono).toBe(first + 1_500);
    script.play({ type: 'READ' }).deadline();
    expect(script.acts).toEqual([{ do: 'pulse_again' }]);
    script.arm('drop').pulsed().play({ type: 'READ' }).deadline();
    script.arm('drop').pulsed().play({ type: 'READ' }).deadline();
    expect(script.slot).toMatchObject({ state: 'out_of_service', parcel: null });
    expect(script.slot.bar?.reason).toBe('jammed');
    expect(script.acts).toEqual([]);
  });

  it('R10a a door left open for 180 s is not committed and leaves service', () => {
    const script = new SlotScript().opened('drop');
    const opened = script.nowMs;
    script.deadline();
    expect(script.nowMs - opened).toBe(180_000);
    expect(script.slot.bar?.reason).toBe('door_open');
    expect(script.facts).toContainEqual({ t: 'parcel.not_stored', custody: 'unknown' });
    script.closed();
    expect(script.slot).toMatchObject({ state: 'quarantined', bar: { reason: 'closed_late' } });
  });

  it('R1 a pulse that never left leads back to reserved, a later one to jammed', () => {
    const script = new SlotScript().play({ type: 'RESERVE', parcel: 'p1' }).arm('drop');
    expect(script.pulsed('not_sent').slot.state).toBe('reserved');
    script.arm('drop').pulsed().play({ type: 'READ' }).deadline().arm('drop');
    expect(script.pulsed('not_sent').slot.bar?.reason).toBe('jammed');
  });
});

describe('a pickup', () => {
  it('R10 the code is spent when the door was seen open and closed and grace passed', () => {
    const script = new SlotScript().stored().opened('pickup');
    expect(script.tags()).not.toContain('parcel.retrieved');
    script.wait(3_000).closed();
    expect(script.tags()).not.toContain('parcel.retrieved');
    expect(statusOf(script.slot)).toBe('occupied');
    script.deadline();
    expect(script.facts).toEqual([{ t: 'parcel.retrieved', grade: 'inferred' }]);
    expect(script.slot).toMatchObject({ state: 'available', content: 'empty' });
  });

  it('R1 a door open for less than 2 s proves nothing about the content', () => {
    const script = new SlotScript().stored().opened('pickup').closed().deadline();
    expect(script.slot).toMatchObject({ state: 'quarantined', bar: { reason: 'brief_open' } });
  });

  it('R2 a sensor that still says full keeps the parcel and quarantines the slot', () => {
    const script = new SlotScript('empty').opened('drop').closed('full').opened('pickup');
    script.wait(5_000).closed('full').deadline();
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1' });
    expect(script.tags()).not.toContain('parcel.retrieved');
  });

  it('R12 reopening within the grace time is the same visit', () => {
    const script = new SlotScript().stored().opened('pickup').wait(3_000).closed();
    expect(script.arm('pickup').slot.state).toBe('opening');
    script.pulsed().play({ type: 'DOOR_OPENED' }).wait(3_000).closed();
    expect(script.slot.state).toBe('grace');
  });

  it('R6 unmoved: the person is asked; yes is asserted and makes the sensor suspect', () => {
    const script = new SlotScript().stored().arm('pickup').unmoved();
    expect(script.slot).toMatchObject({ state: 'unseen', ask: 'asked', parcel: 'p1' });
    script.play({ type: 'DID_OPEN' });
    expect(script.facts).toContainEqual({
      t: 'slot.opened',
      grade: 'asserted',
      acknowledged: true,
    });
    expect(script.acts).toEqual([]);
    script.wait(3_000).play({ type: 'SAYS_CLOSED' }).deadline();
    expect(script.slot).toMatchObject({ state: 'out_of_service', bar: { reason: 'sensor' } });
    expect(script.facts).toContainEqual({ t: 'parcel.retrieved', grade: 'asserted' });
  });

  it('R6 no: 30 s cool-down, then 2 more pulses on a key press, then jammed', () => {
    const script = new SlotScript().stored().arm('pickup').unmoved();
    script.play({ type: 'DID_NOT_OPEN' });
    expect(script.arm('pickup').ignored).toBe(true);
    const asked = script.nowMs;
    script.deadline();
    expect(script.nowMs - asked).toBeGreaterThanOrEqual(29_000);
    script.arm('pickup').pulsed().play({ type: 'READ' }).deadline();
    expect(script.acts).toEqual([{ do: 'pulse_again' }]);
    script.arm('pickup').pulsed().play({ type: 'READ' }).deadline();
    expect(script.slot).toMatchObject({ state: 'out_of_service', parcel: 'p1' });
  });

  it('R6 no second pulse before the board was read after the first', () => {
    const script = new SlotScript().stored().arm('pickup').pulsed('unanswered').deadline();
    expect(script.acts).toEqual([]);
    expect(script.slot.state).toBe('opening');
    script.wait(10_000).deadline();
    expect(script.slot).toMatchObject({ state: 'quarantined', parcel: 'p1' });
    expect(script.tags()).toContain('intent.unknown');
  });

  it('R2a quarantine never refuses an authorised pickup; a jam or a dark board does', () => {
    const script = new SlotScript().stored().play({ type: 'DOOR_OPENED' }).closed();
    expect(script.slot.state).toBe('quarantined');
    expect(script.arm('pickup').slot.state).toBe('opening');
    const dark = new SlotScript().stored().play({ type: 'BOARD_DARK' }).arm('pickup');
    expect(dark.ignored).toBe(true);
  });

  it('R10a a pickup whose door stays open is retrieved, graded inferred', () => {
    const script = new SlotScript().stored().opened('pickup').deadline();
    expect(script.facts).toContainEqual({ t: 'parcel.retrieved', grade: 'inferred' });
    expect(script.slot.bar?.reason).toBe('door_open');
  });

  it('R1 something inside, said by the person, quarantines the slot', () => {
    const script = new SlotScript().stored().opened('pickup').wait(3_000).closed();
    script.play({ type: 'SOMETHING_INSIDE' }).deadline();
    expect(script.slot.bar?.reason).toBe('found_inside');
  });
});
