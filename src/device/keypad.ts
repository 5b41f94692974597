import { LineReader, type OpenBytePort } from '../../hardware/index.ts';
import type { Clock } from '../control/ports.ts';

/** A line is one key; a longer one is none. */
const KEY_BYTES_MAX = 1;

interface Keypad {
  readonly clock: Clock;
  readonly open: OpenBytePort;
  readonly pressed: (char: string) => void;
  readonly moved: (isThere: boolean, why: string) => void;
}

/** A keypad that says one line of ASCII for each key. */
export function keypad({ clock, open, pressed, moved }: Keypad): LineReader {
  return new LineReader({
    ...{ name: 'keypad', clock, open, lineBytesMax: KEY_BYTES_MAX, line: pressed },
    opened: () => moved(true, 'open'),
    lost: (why) => moved(false, why),
  });
}
