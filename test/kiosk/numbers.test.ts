import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDigit } from '../../src/domain/code.ts';
import { en } from '../../src/kiosk/messages/en.ts';
import { Scene, type Stored } from './scene.ts';

const [NEUTRAL = ''] = en.numbers.wrong;

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

const shows = (text: string): void => expect(scene.text()).toContain(text);
/** Another number of the same length. */
const off = (digits: string): string => String((Number(digits[0]) + 1) % 10) + digits.slice(1);
const formed = (digits: string): string => digits + checkDigit(digits);
const unknownCode = (): string => formed(off(stored.code.slice(0, -1)));

describe('wrong numbers', () => {
  test('R14 get one sentence, 400 ms after the last key, whatever is wrong', () => {
    const wrong = [
      [unknownCode(), stored.second],
      [stored.code, off(stored.second)],
      [unknownCode(), off(stored.second)],
    ];
    const seen = wrong.map(([code, second]) => {
      scene.press(`1 ${code} ${second}`);
      shows(en.common.checking);
      scene.wait(399);
      shows(en.common.checking);
      scene.wait(1);
      shows(NEUTRAL);
      const { ref: _ref, ...said } = scene.panel.screen();
      scene.press('*');
      return JSON.stringify(said);
    });
    expect(new Set(seen).size).toBe(1);
  });

  test('R14 keys that are pressed during the 400 ms are ignored', () => {
    scene.press(`1 ${unknownCode()} ${stored.second}`);
    scene.press('# * 1');
    shows(en.common.checking);
    scene.wait(400);
    shows(NEUTRAL);
  });

  test('R13 R14 the same entry again is answered at once and costs nothing', () => {
    const entry = `${unknownCode()} ${stored.second}`;
    scene.press(`1 ${entry}`);
    scene.wait(400);
    const tokens = scene.store.budgets.get('recipients')?.tokens;
    scene.press(`# ${entry}`);
    shows(NEUTRAL);
    expect(scene.store.budgets.get('recipients')?.tokens).toBe(tokens);
  });

  test('R13 a slip in the code is told at once, costs nothing and is typed again', () => {
    scene.press(`1 ${off(stored.code)}`);
    shows(en.common.checkNumber);
    expect(scene.panel.screen().entry).toMatchObject({ shown: '', digits: 7 });
    expect(scene.store.budgets.get('recipients')).toBeNull();
    scene.press(`12 # ${stored.code} ${stored.second}`);
    shows('is being opened');
  });

  test('R29 wrong ones end with a reference that leads to the row about them', () => {
    scene.press(`1 ${unknownCode()} ${stored.second}`);
    scene.wait(400);
    expect(scene.visit()).toEqual([['entry.refused', 'UNKNOWN_CODE']]);
  });

  test('R13 with an empty budget the screen says when the next try is', () => {
    for (let round = 0; round < 30; round += 1) {
      const code = formed(String(100_000 + round));
      if (code === stored.code) continue;
      scene.press(`${round === 0 ? '1' : '#'} ${code} ${stored.second}`);
      scene.wait(400);
    }
    scene.press(`# ${stored.code} ${stored.second}`);
    shows('The next try is in 6 minutes.');
    shows('Parcels here stay safe.');
    expect(scene.visit().at(-1)).toEqual(['entry.refused', 'MUST_WAIT']);
  });
});

describe('both numbers', () => {
  test('R14 are always asked, with the same prompts, for collecting and giving back', () => {
    const prompts = ['1', '3'].map((way) => {
      scene.press(`${way}`);
      const first = scene.panel.screen().prompt;
      scene.press(unknownCode());
      const second = scene.panel.screen().prompt;
      scene.press('* *');
      return [first, second];
    });
    expect(prompts[0]).toEqual(prompts[1]);
    expect(prompts[0]).toEqual([en.numbers.code(7), en.numbers.second(6)]);
  });

  test('R14 R29 of an expired parcel tell its recipient the truth, with a reference', () => {
    scene.expire(stored.parcel.id);
    scene.press(`1 ${stored.code} ${stored.second}`);
    shows('The time to collect this parcel is over.');
    shows('It is safe.');
    shows(stored.parcel.ref);
    shows('0800 1234');
  });

  test('R29 when the door cannot be opened now the parcel is safe, and help has a number', () => {
    scene.supervisor.send(`a/${stored.door}`, { type: 'BOARD_DARK' });
    scene.press(`1 ${stored.code} ${stored.second}`);
    shows('does not answer');
    shows('Your parcel is safe inside and your code stays valid.');
    expect(scene.panel.screen().ref?.value).toBe(stored.parcel.ref);
  });
});

describe('giving a parcel back', () => {
  test('R3 cancels it; its slot stays full and the code no longer works', () => {
    scene.press(`3 ${stored.code} ${stored.second}`);
    shows(`Parcel ${stored.parcel.ref} is cancelled.`);
    expect(scene.parcel(stored.parcel.id)).toMatchObject({ status: 'cancelled' });
    expect(scene.slot(stored.door).state).toBe('occupied');
    scene.press(`# 1 ${stored.code} ${stored.second}`);
    shows('This parcel is cancelled.');
  });

  test('R3a waits while somebody is at the compartment', () => {
    scene.press(`1 ${stored.code} ${stored.second}`);
    scene.wait(3_000);
    scene.shut(stored.door);
    scene.press(`# 3 ${stored.code} ${stored.second}`);
    shows('nothing was changed');
    expect(scene.parcel(stored.parcel.id).status).toBe('stored');
  });
});
