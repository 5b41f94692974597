/** Key codes of linux/input-event-codes.h, and what those of a keypad or scanner stand for. */

/** What one event of a key adds to what is read: value 1 is a press, 0 a release, 2 a repeat. */
export type KeyReader = (code: number, value: number) => string;

const RELEASED = 0;
const PRESSED = 1;
const SHIFTS: ReadonlySet<number> = new Set([42, 54]);
const ENTER = [28, 96];
/** Backspace, and the asterisk of a numeric keypad. */
const BACK = [14, 55];
/** 0 to 9 of a numeric keypad, whatever its lock is: the kernel's codes do not change with it. */
const PAD = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];

const digits: readonly (readonly [number, string])[] = [
  ...[...'1234567890'].map((char, index) => [2 + index, char] as const),
  ...PAD.map((code, digit) => [code, `${digit}`] as const),
];

/** The only codes that a keypad may send; what else is on it does nothing. */
const KEYPAD: ReadonlyMap<number, string> = new Map([
  ...digits,
  ...ENTER.map((code) => [code, '#'] as const),
  ...BACK.map((code) => [code, '*'] as const),
]);

/** A line for each press of an allowed key. */
export function keypadKeys(): KeyReader {
  return (code, value) => {
    const key = value === PRESSED ? KEYPAD.get(code) : undefined;
    return key === undefined ? '' : `${key}\n`;
  };
}

/** Runs of codes with what they type on a keyboard of the United States, plain and shifted. */
const RUNS: readonly (readonly [number, string, string])[] = [
  [2, '1234567890-=', '!@#$%^&*()_+'],
  [16, 'qwertyuiop[]', 'QWERTYUIOP{}'],
  [30, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [43, '\\zxcvbnm,./', '|ZXCVBNM<>?'],
  [57, ' ', ' '],
];
const TYPED: ReadonlyMap<number, readonly [string, string]> = new Map([
  ...digits.map(([code, char]) => [code, [char, char]] as const),
  ...ENTER.map((code) => [code, ['\n', '\n']] as const),
  ...RUNS.flatMap(([first, plain, shifted]) =>
    [...plain].map((char, index) => [first + index, [char, shifted[index] ?? char]] as const),
  ),
]);

/** The characters that a scanner types; Enter ends a line. Anything else does nothing. */
export function scannerKeys(): KeyReader {
  const held = new Set<number>();
  return (code, value) => {
    if (SHIFTS.has(code)) {
      if (value === RELEASED) held.delete(code);
      else held.add(code);
      return '';
    }
    const typed = value === PRESSED ? TYPED.get(code) : undefined;
    return typed?.[held.size > 0 ? 1 : 0] ?? '';
  };
}
