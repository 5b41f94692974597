import type { OpenBytePort } from '../hardware/index.ts';
import { encodeLine, hex, parseLine } from '../hardware/wire/line/frame.ts';

const BOOT = hex(1, 4);
const MODEL = 'BENCH';

/**
 * A port to boards that answer within the write: all doors shut, no time on the wire, and next to
 * none in this process. What is left to measure is the controller.
 */
export function instantBoards(channels: number): OpenBytePort {
  return ({ opened, bytes: heard }) =>
    opened({
      write: (bytes, written) => {
        const request = parseLine(Buffer.from(bytes).toString('latin1').trimEnd());
        if (typeof request === 'string') throw new Error(`a request is refused: ${request}`);
        const args = answer(request.verb, channels);
        written();
        heard(encodeLine({ ...request, direction: 'reply', args }));
      },
      close: () => {},
    });
}

function answer(verb: string, channels: number): readonly string[] {
  switch (verb) {
    case 'O':
      return [];
    case 'I':
      return ['1', String(channels), BOOT, MODEL];
    case 'S':
      return [BOOT, 'F'.repeat(channels / 4), '-', '0'.repeat(channels)];
    default:
      throw new Error(`nobody asks the boards of this bench for ${verb}`);
  }
}
