import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../src/kiosk/messages/en.ts';
import { slotOf } from './composed.ts';
import { PIN, Scene } from './scene.ts';

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
});
afterEach(() => {
  expect(scene.failures).toEqual([]);
  scene.end();
});

const shows = (text: string): void => expect(scene.text()).toContain(text);

describe('signing in', () => {
  test('R13a R29 asks for both, hides the PIN, and does not say which is wrong', async () => {
    scene.press('2 123456');
    scene.press('135');
    expect(scene.panel.screen().entry).toEqual({ shown: '•••', masked: true, digits: null });
    expect(scene.text()).not.toContain('135');
    scene.press('790#');
    shows(en.common.checking);
    scene.press('1 # *');
    shows(en.common.checking);
    await scene.checked();
    shows('Staff number and PIN do not fit together.');
    expect(scene.visit(), 'R29').toEqual([['entry.refused', 'UNKNOWN_STAFF']]);
    scene.press('#');
    shows('Staff number');
  });

  test('a PIN that is too short is typed again', () => {
    scene.press('2 123456 12345#');
    shows(en.common.checkNumber);
  });

  test('an answer that comes after the session is over is not followed', async () => {
    const staff = await scene.people.addCourier('hermes', PIN);
    scene.press(`2 ${staff} ${PIN}#`);
    scene.wait(31_000);
    shows('Collect a parcel');
    await scene.checked();
    shows('Collect a parcel');
  });
});

describe('fetching back', () => {
  test('R3 one compartment after the other, and only the courier frees the slot', async () => {
    const first = scene.stored();
    const second = scene.stored();
    scene.expire(first.parcel.id);
    scene.expire(second.parcel.id);
    await scene.signIn();
    shows('Fetch back parcels (2)');
    scene.press('2');
    shows(`Parcel ${first.parcel.ref} is in compartment ${first.door}.`);
    scene.press('1');
    scene.wait(2_500);
    shows(`take parcel ${first.parcel.ref} out`);
    scene.shut(first.door);
    shows('Did you take parcel');
    scene.press('1');
    shows(`Parcel ${first.parcel.ref} is fetched.`);
    expect(scene.parcel(first.parcel.id)).toMatchObject({ custody: 'recalled', slot: null });
    expect(scene.slot(first.door).state).toBe('available');
    scene.press('#');
    shows(`Parcel ${second.parcel.ref} is in compartment ${second.door}.`);
    scene.press('2');
    shows('There is nothing to fetch.');
    scene.press('#');
    shows('Fetch back parcels (1)');
  });

  test('what is still inside is fetched through another opening', async () => {
    const { parcel, door } = scene.stored();
    scene.expire(parcel.id);
    await scene.signIn();
    scene.press('2 1');
    scene.wait(2_500);
    scene.shut(door);
    scene.press('2');
    shows('please open it again and take it');
    scene.press('#');
    scene.wait(2_500);
    shows(`Compartment ${door} is open`);
    scene.shut(door);
    scene.press('1');
    shows('is fetched.');
    expect(scene.slot(door).state).toBe('available');
  });

  test('R6 R29 a jammed lock keeps the parcel on the books', async () => {
    const { parcel, door } = scene.stored();
    scene.expire(parcel.id);
    scene.doors.is(slotOf(door), 'stuck');
    await scene.signIn();
    scene.press('2 1');
    scene.wait(6_000);
    shows(`Parcel ${parcel.ref} is not booked as fetched`);
    expect(scene.parcel(parcel.id)).toMatchObject({ custody: 'in_slot', slot: slotOf(door) });
  });

  test('R10a a door that stays open counts the parcel as fetched', async () => {
    const { parcel, door } = scene.stored();
    scene.expire(parcel.id);
    await scene.signIn();
    scene.press('2 1');
    scene.wait(2_500);
    scene.press('1 1');
    shows(`Parcel ${parcel.ref} counts as fetched`);
    expect(scene.slot(door).bar?.reason).toBe('door_open');
  });
});
