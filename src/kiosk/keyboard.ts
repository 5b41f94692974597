import type { Digit, Key } from './screen.ts';

const DIGIT = /^[0-9]$/;

/** The key that a character of a terminal stands for; null when it stands for none. */
export function keyOf(char: string): Key | null {
  if (DIGIT.test(char)) return char as Digit;
  switch (char) {
    case '#':
    case '\r':
    case '\n':
      return 'enter';
    case '*':
    case '\b':
    case '\x7f':
      return 'back';
    default:
      return null;
  }
}
