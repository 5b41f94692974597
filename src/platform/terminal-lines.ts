import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * Lines to and from a person, or a script in the person's place. What comes before its question
 * was asked is dropped: it cannot be meant for it.
 */
export function terminalLines(input: Readable, output: Writable) {
  const interface_ = createInterface({ input, terminal: false });
  let answered: ((line: string | null) => void) | null = null;
  let isOver = false;
  const give = (line: string | null): void => {
    const resolve = answered;
    answered = null;
    resolve?.(line);
  };
  interface_.on('line', (line) => give(line.trim()));
  interface_.on('close', () => {
    isOver = true;
    give(null);
  });
  const say = (line: string): void => void output.write(`${line}\n`);
  return {
    say,
    /** The next line, trimmed; null when there will be none. */
    ask(question: string): Promise<string | null> {
      return new Promise((resolve) => {
        say(question);
        if (isOver) resolve(null);
        else answered = resolve;
      });
    },
    close: (): void => interface_.close(),
  };
}
