import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slotOf } from './composed.ts';
import { Scene, type Stored } from './scene.ts';

let scene: Scene;
let stored: Stored;

beforeEach(() => {
  scene = new Scene();
  stored = scene.stored();
});
afterEach(() => {
  expect(scene.failures).toEqual([]);
  scene.end();
});

const typeNumbers = ({ code, second }: Stored): void => scene.press(`1 ${code} ${second}`);
const shows = (text: string): void => expect(scene.text()).toContain(text);
const status = (): string => scene.parcel(stored.parcel.id).status;

describe('the right numbers', () => {
  test('R5 the screen says no more of the door than its sensor has seen', () => {
    typeNumbers(stored);
    shows(`Compartment ${stored.door} is being opened.`);
    expect(scene.text()).not.toContain('is open');
    scene.wait(500);
    shows(`Compartment ${stored.door} is open.`);
  });

  test('R12 within the grace the door opens again without a code', () => {
    typeNumbers(stored);
    scene.wait(3_000);
    scene.shut(stored.door);
    shows('Done?');
    scene.press('1');
    scene.wait(500);
    shows('is open.');
    expect(scene.doors.pulses.slice(-2)).toEqual([slotOf(stored.door), slotOf(stored.door)]);
    scene.shut(stored.door);
    expect(status()).toBe('stored');
    scene.wait(61_000);
    expect(status()).toBe('retrieved');
    shows('Goodbye');
  });

  test('R12 after the session the code still works until the grace ends', () => {
    typeNumbers(stored);
    scene.wait(3_000);
    scene.shut(stored.door);
    scene.press('#');
    shows('What would you like to do?');
    typeNumbers(stored);
    scene.wait(500);
    shows('is open.');
  });

  test('something left inside is asked to be taken', () => {
    typeNumbers(stored);
    scene.wait(3_000);
    scene.shut(stored.door);
    scene.press('2');
    shows('something is still inside');
    scene.press('1');
    scene.wait(500);
    shows('is open.');
  });

  test('R10a an open door keeps the session, is asked to be closed, and is given up', () => {
    typeNumbers(stored);
    scene.wait(59_000);
    expect(scene.text()).not.toContain('Please close the door now.');
    scene.wait(2_000);
    shows('Please close the door now.');
    expect(scene.panel.screen().tone).toBe('warning');
    scene.wait(115_000);
    shows('Please close the door now.');
    scene.wait(5_000);
    shows('stays open: the operator is told');
    shows(stored.parcel.ref);
    expect(scene.slot(stored.door).bar?.reason).toBe('door_open');
    expect(status()).toBe('retrieved');
  });

  test('R10a "it does not close" is asked back before it counts', () => {
    typeNumbers(stored);
    scene.wait(3_000);
    scene.press('1');
    shows('not close?');
    scene.press('2');
    shows('is open.');
    scene.press('1 1');
    shows('stays open');
    expect(scene.slot(stored.door).state).toBe('out_of_service');
  });
});

describe('a door that is not seen to open', () => {
  test('R6 R11 is asked about, rests, is tried again on a key, and keeps the code', () => {
    scene.doors.is(slotOf(stored.door), 'stuck');
    typeNumbers(stored);
    scene.wait(6_000);
    shows(`Did the door of compartment ${stored.door} open?`);
    expect(scene.doors.pulses.filter((slot) => slot === slotOf(stored.door))).toHaveLength(4);
    scene.press('2');
    shows('must rest');
    expect(scene.panel.screen().secondsLeft).toBe(30);
    scene.wait(30_000);
    shows('is ready for another try');
    expect(scene.doors.pulses).toHaveLength(4);
    scene.press('1');
    scene.wait(6_000);
    expect(scene.doors.pulses).toHaveLength(6);
    shows('Your parcel is safe inside and is held for you. Your code stays valid.');
    shows('0800 1234');
    shows(stored.parcel.ref);
    expect(status()).toBe('stored');
  });

  test('R6 "yes" is believed, and the person says when it is closed', () => {
    scene.doors.is(slotOf(stored.door), 'blind');
    typeNumbers(stored);
    scene.wait(6_000);
    scene.press('1');
    expect(scene.text()).not.toContain('is open.');
    shows('please tell us when it is closed');
    scene.wait(3_000);
    scene.press('1');
    shows('Done?');
    scene.wait(61_000);
    expect(status()).toBe('retrieved');
    expect(scene.slot(stored.door).bar?.reason).toBe('sensor');
  });

  test('R11 a pulse that never left is tried again with the same second number', () => {
    scene.doors.is(slotOf(stored.door), 'not_sent');
    typeNumbers(stored);
    scene.wait(100);
    shows('was not seen to open');
    shows('Your code stays valid.');
    scene.doors.is(slotOf(stored.door), 'opens');
    scene.press('1');
    scene.wait(500);
    shows('is open.');
  });

  test('R2a R29 a silent board leads to a held slot that can be tried again', () => {
    scene.doors.is(slotOf(stored.door), 'silent');
    typeNumbers(stored);
    scene.wait(12_000);
    shows('was not seen to open');
    shows(stored.parcel.ref);
    scene.doors.is(slotOf(stored.door), 'opens');
    scene.press('1');
    scene.wait(500);
    shows('is open.');
  });
});

describe('several parcels', () => {
  test('R12a R7 the others are offered after the close, one door at a time', () => {
    const other = scene.stored();
    typeNumbers(stored);
    shows('1 more parcel for you is here.');
    scene.wait(3_000);
    scene.press('3');
    expect(scene.slot(other.door).state).toBe('occupied');
    scene.shut(stored.door);
    shows(`Open compartment ${other.door} as well`);
    scene.press('3');
    scene.wait(3_000);
    shows(`Compartment ${other.door} is open.`);
    expect(scene.text()).not.toContain('more parcel');
    scene.shut(other.door);
    scene.wait(61_000);
    expect(scene.parcel(other.parcel.id).status).toBe('retrieved');
    expect(status()).toBe('retrieved');
  });

  test('R12a what is left is offered once the grace is over; strangers get nothing', () => {
    const other = scene.stored();
    scene.stored('SMALL', '0170999888');
    typeNumbers(stored);
    scene.wait(3_000);
    scene.shut(stored.door);
    scene.wait(61_000);
    shows('1 more parcel for you is here.');
    scene.press('1');
    scene.wait(500);
    shows(`Compartment ${other.door} is open.`);
  });
});

test('a panel that was stopped takes no more keys', () => {
  scene.panel.stop();
  scene.press('1');
  shows('What would you like to do?');
});
