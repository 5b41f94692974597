import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slotOf } from './composed.ts';
import { Scene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = new Scene();
  await scene.signIn();
});
afterEach(() => {
  expect(scene.failures).toEqual([]);
  scene.end();
});

const shows = (text: string): void => expect(scene.text()).toContain(text);
const pick = (keys: string): void => {
  scene.press(keys);
  scene.wait(500);
};

describe('naming a parcel', () => {
  test('R15a one match is shown and confirmed, and the door opens', () => {
    const parcel = scene.announce('JD-0012345');
    scene.press('1 12345');
    shows('Label JD-0012345, size small. Is that right?');
    pick('1');
    shows(`Compartment 1 is open: put parcel ${parcel.ref} in and close the door.`);
  });

  test('R15a several matches are a numbered list', () => {
    scene.announce('A12345');
    const second = scene.announce('B12345', 'LARGE');
    scene.press('1 12345');
    const listed = scene.panel.screen().choices.find(({ label }) => label.includes('B12345'));
    expect(listed?.label).toBe('B12345, size large');
    pick(listed?.key ?? '');
    shows(`Compartment 6 is open: put parcel ${second.ref} in`);
  });

  test('R15 R15a none is dropped unannounced: the phone number twice, and a size', () => {
    scene.press('1 99999');
    shows('This parcel is not announced.');
    scene.press('0170333444# 0170333445#');
    shows('The two numbers differ');
    scene.press('0170333444# 0170333444#');
    shows('How large is the parcel?');
    pick('2');
    shows('Compartment 4 is open');
    scene.shut(4);
    scene.press('1');
    shows('Done.');
    expect(scene.told.at(-1)).toMatchObject({ channel: 'sms', kind: 'STORED' });
  });

  test('R15 a parcel that was cancelled meanwhile opens no door', () => {
    const parcel = scene.announce('A12345');
    scene.press('1 12345');
    scene.store.parcels.put({ ...scene.parcel(parcel.id), status: 'cancelled' });
    pick('1');
    expect(scene.doors.pulses).toEqual([]);
    shows('Last 5 digits of the label');
  });
});

describe('a door that was open and closed', () => {
  beforeEach(() => {
    scene.announce('A12345');
    pick('1 12345 1');
  });

  test('R17 the receipt comes with the commit, and the next parcel needs no new sign-in', () => {
    const { ref, id } = scene.parcel(scene.slot(1).parcel ?? '');
    scene.shut(1);
    shows('Left it in compartment 1?');
    expect(scene.text()).not.toContain('Done.');
    scene.press('1');
    shows(`Done. Parcel ${ref} is in compartment 1.`);
    expect(scene.parcel(id)).toMatchObject({ status: 'stored', slot: slotOf(1) });
    scene.wait(9_000);
    shows('Last 5 digits of the label');
  });

  test('R16a no answer for 20 s is a delivery', () => {
    scene.shut(1);
    expect(scene.panel.screen().secondsLeft).toBe(20);
    scene.wait(20_000);
    shows('Done.');
    expect(scene.slot(1)).toMatchObject({ state: 'occupied', content: 'full' });
  });

  test('R16a a sensor that sees the parcel needs no question', () => {
    scene.doors.contains(slotOf(1), 'full');
    scene.shut(1);
    shows('Done.');
  });

  test('R16a a sensor that sees nothing asks, and silence commits nothing', () => {
    scene.doors.contains(slotOf(1), 'empty');
    scene.shut(1);
    shows('The sensor sees nothing inside.');
    scene.wait(20_500);
    shows('The parcel is not booked as delivered');
    expect(scene.slot(1).bar?.kind).toBe('quarantined');
  });

  test('R16 "not left" and empty: nothing is stored, and the slot is free', () => {
    scene.shut(1);
    scene.press('2');
    shows('Is compartment 1 empty?');
    scene.press('1');
    shows('Nothing is stored.');
    expect(scene.slot(1).state).toBe('available');
    scene.press('#');
    shows('What would you like to do?');
  });

  test('R16 something inside keeps the slot back until somebody looks', () => {
    scene.shut(1);
    scene.press('2 2');
    shows('Compartment 1 is held until somebody looks inside.');
    expect(scene.slot(1)).toMatchObject({ state: 'quarantined', parcel: null });
  });

  test('R16a what was left by mistake is taken back through another opening', () => {
    scene.shut(1);
    scene.press('2');
    pick('#');
    shows('Compartment 1 is open');
  });

  test('R10a a drop at a door that stays open is not booked', () => {
    scene.wait(62_000);
    shows('Please close the door now.');
    scene.press('5 1');
    shows('The parcel is not booked as delivered');
    expect(scene.slot(1).bar?.reason).toBe('door_open');
  });
});

describe('a slot that will not do', () => {
  beforeEach(() => {
    scene.announce('A12345');
  });

  test('R16 too big: the next larger slot, once the first is known to be empty', () => {
    pick('1 12345 1');
    scene.press('1');
    shows('a larger compartment follows');
    scene.shut(1);
    shows('Is compartment 1 empty?');
    pick('1');
    shows('Compartment 4 is open');
    expect(scene.slot(1).state).toBe('available');
    scene.shut(4);
    scene.press('1');
    shows('is in compartment 4.');
  });

  test('R16 the answer can be taken back while the door is open', () => {
    pick('1 12345 1');
    scene.press('1 1');
    scene.shut(1);
    scene.press('1');
    shows('is in compartment 1.');
  });

  test('R16 not empty: the find is held, and another slot opens at once', () => {
    pick('1 12345 1');
    scene.press('2');
    scene.shut(1);
    shows('Instead of compartment 1:');
    scene.wait(500);
    shows('Compartment 2 is open');
    expect(scene.slot(1).bar?.reason).toBe('found_inside');
  });

  test('R16 dirty: out of service, and another slot opens at once', () => {
    pick('1 12345 1');
    scene.press('3');
    scene.shut(1);
    shows('Instead of compartment 1:');
    expect(scene.slot(1).bar).toEqual({ kind: 'out_of_service', reason: 'dirty' });
  });

  test('R16 changed my mind, and empty: back to the menu', () => {
    scene.doors.contains(slotOf(1), 'empty');
    pick('1 12345 1');
    scene.press('4');
    scene.shut(1);
    shows('Nothing is stored.');
    expect(scene.slot(1).state).toBe('available');
  });

  test('R6 a lock that jams after three pulses leads to another slot at once', () => {
    scene.doors.is(slotOf(1), 'stuck');
    pick('1 12345 1');
    scene.wait(4_500);
    expect(scene.doors.pulses).toEqual([slotOf(1), slotOf(1), slotOf(1), slotOf(2)]);
    expect(scene.slot(1).bar?.reason).toBe('jammed');
    scene.wait(500);
    shows('Compartment 2 is open');
  });

  test('a wall on which no pulse leaves asks before it goes on', () => {
    for (const door of [1, 2, 3, 4, 5, 6]) scene.doors.is(slotOf(door), 'not_sent');
    pick('1 12345 1');
    shows('Shall we try another one?');
    scene.doors.is(slotOf(1), 'opens');
    pick('1');
    shows('Compartment 1 is open');
  });

  test('R2 after a silent board the courier says where the parcel is', () => {
    scene.doors.is(slotOf(1), 'silent');
    pick('1 12345 1');
    scene.wait(11_000);
    shows('Do you still have the parcel?');
    pick('1');
    shows('Compartment 2 is open');
    expect(scene.slot(1).bar?.reason).toBe('unknown_outcome');
  });

  test('M14 R29 a full locker says so, with a reference, and opens nothing', () => {
    for (const door of [1, 2, 3, 4, 5, 6]) scene.supervisor.send(slotOf(door), { type: 'BLOCK' });
    pick('1 12345 1');
    shows('No compartment that takes this parcel is free.');
    expect(scene.panel.screen().ref).toBeDefined();
    expect(scene.doors.pulses).toEqual([]);
  });
});
