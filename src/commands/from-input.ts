import { readFileSync } from 'node:fs';

/** Addresses and PINs are no more than this. */
const LINE_CHARS_MAX = 320;
const STDIN = 0;

/**
 * Gives what options say, or the next line of the standard input for each that is `-`: what stands
 * in a command everybody on the machine can read.
 */
export function fromInput(): <T extends string | undefined>(said: T) => T | string {
  let lines: string[] | null = null;
  return (said) => {
    if (said !== '-') return said;
    lines ??= readFileSync(STDIN, 'utf8').split('\n');
    return (lines.shift() ?? '').trim().slice(0, LINE_CHARS_MAX);
  };
}
