import { LineReader, type OpenBytePort } from '../../hardware/index.ts';
import type { Clock } from '../control/ports.ts';

/** Room for a grant of 135 characters and for any label. */
const SCAN_BYTES_MAX = 160;

interface Scanner {
  readonly clock: Clock;
  readonly open: OpenBytePort;
  readonly scanned: (text: string) => void;
  readonly moved: (isThere: boolean, why: string) => void;
}

/** A scanner of QR codes and labels on a serial port: each code is a line. */
export function scanner({ clock, open, scanned, moved }: Scanner): LineReader {
  return new LineReader({
    ...{ name: 'scanner', clock, open, lineBytesMax: SCAN_BYTES_MAX, line: scanned },
    opened: () => moved(true, 'open'),
    lost: (why) => moved(false, why),
  });
}
