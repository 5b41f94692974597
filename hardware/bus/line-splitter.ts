import { ReadlineParser } from '@serialport/parser-readline';
import type { LineSplitter } from '../wire/line/splitter.ts';

/**
 * serialport's line parser, used without events: a paused stream gives what it has when it is
 * read, so that a byte and the line it completes belong to the same call. It holds a line of any
 * length, which is why the line decoder stands in front of it.
 */
export function readlineSplitter(): LineSplitter {
  const parser = new ReadlineParser({
    delimiter: '\n',
    // Other encodings turn noise into U+FFFD, and nobody could say any more what the bytes were.
    encoding: 'latin1',
    readableObjectMode: true,
  });
  return {
    push(bytes) {
      parser.write(bytes);
      const lines: string[] = [];
      for (let line = parser.read(); line !== null; line = parser.read()) lines.push(line);
      return lines;
    },
  };
}
