import { afterEach, describe, expect, test } from 'vitest';
import { de } from '../../src/kiosk/messages/de.ts';
import { en } from '../../src/kiosk/messages/en.ts';
import { es } from '../../src/kiosk/messages/es.ts';
import { PIN, Scene } from './scene.ts';

let scene: Scene;

afterEach(() => scene.end());

const shows = (text: string): void => expect(scene.text()).toContain(text);

describe('R28 time limits', () => {
  test('a page says when it is about to end, and ends', () => {
    scene = new Scene();
    scene.press('1');
    scene.wait(49_000);
    expect(scene.panel.screen().secondsLeft).toBeUndefined();
    scene.wait(2_000);
    shows(en.common.endsSoon);
    expect(scene.panel.screen().secondsLeft).toBe(9);
    scene.press('1');
    expect(scene.panel.screen().secondsLeft).toBeUndefined();
    scene.wait(61_000);
    shows('What would you like to do?');
  });

  test('the extended profile waits twice as long', () => {
    scene = new Scene('extended');
    scene.press('1');
    scene.wait(119_000);
    expect(scene.panel.screen().secondsLeft).toBe(1);
    scene.wait(2_000);
    shows('What would you like to do?');
  });

  test('somebody who asks for more time has it, and the next person does not', () => {
    scene = new Scene();
    scene.press('0');
    shows(en.idle.hasMoreTime);
    scene.press('1');
    scene.wait(100_000);
    shows(en.numbers.code(7));
    scene.press('*');
    scene.press('1');
    scene.wait(61_000);
    shows('What would you like to do?');
  });
});

describe('R26 languages', () => {
  test('a key of the first screen chooses one for the session, staff included', async () => {
    scene = new Scene();
    expect(scene.panel.screen().choices).toContainEqual({ key: '9', label: 'Deutsch' });
    scene.press('9');
    shows(de.idle.collect);
    scene.press('1');
    shows(de.numbers.code(7));
    scene.wait(51_000);
    shows(de.common.endsSoon);
    scene.press('*');
    shows(en.idle.collect);
    scene.press('8 2');
    shows(es.courier.staff(6));
  });

  test('who chooses and goes away leaves the first screen as it was', () => {
    scene = new Scene();
    scene.press('8 0');
    shows(es.idle.hasMoreTime);
    scene.wait(44_000);
    shows(es.idle.hasMoreTime);
    scene.wait(1_000);
    shows(en.idle.moreTime);
    scene.press('9 8');
    shows(en.idle.collect);
  });
});

test('R26 every key that a screen offers is on a numeric keypad', async () => {
  scene = new Scene();
  const stored = scene.stored();
  await scene.signIn();
  for (const keys of ['1', '99999', '123456#', '123456#', '1']) {
    expect(scene.panel.screen().choices.length).toBeGreaterThan(0);
    for (const { key } of scene.panel.screen().choices) expect(key).toMatch(/^(\d|enter|back)$/);
    scene.press(keys);
  }
  expect(stored.door).toBe(1);
});

test('keys that mean nothing do nothing', () => {
  scene = new Scene();
  const idle = scene.text();
  scene.press('7 # *');
  expect(scene.text()).toBe(idle);
});

test('listeners hear of every change until they leave', () => {
  scene = new Scene();
  let heard = 0;
  const leave = scene.panel.onChange(() => {
    heard += 1;
  });
  scene.press('1');
  expect(heard).toBeGreaterThan(0);
  leave();
  const before = heard;
  scene.press('*');
  expect(heard).toBe(before);
});

test('a person who returns to idle leaves no right to another pulse behind (R6)', () => {
  scene = new Scene();
  const stored = scene.stored();
  scene.press(`1 ${stored.code} ${stored.second}`);
  scene.wait(3_000);
  scene.shut(stored.door);
  scene.press('#');
  const pulses = scene.doors.pulses.length;
  scene.press('1');
  scene.wait(1_000);
  expect(scene.doors.pulses).toHaveLength(pulses);
});

test('R29 a fault of the machine is told with a reference, and the keypad goes on', async () => {
  scene = new Scene();
  const staff = await scene.people.addCourier('hermes', PIN);
  scene.press(`2 ${staff} ${PIN}`);
  scene.store.close();
  scene.press('#');
  await scene.checked();
  shows('something went wrong in this machine');
  expect(scene.panel.screen().ref?.value).toMatch(/^[0-9A-F]{6}$/);
  expect(scene.failures).toHaveLength(1);
  scene.press('#');
  shows('What would you like to do?');
});
