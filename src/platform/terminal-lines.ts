import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Lines to and from a person, or a script in the person's place. */
export function terminalLines(input: Readable, output: Writable) {
  const interface_ = createInterface({ input, terminal: false });
  const lines = interface_[Symbol.asyncIterator]();
  const say = (line: string): void => void output.write(`${line}\n`);
  return {
    say,
    /** The next line, trimmed; null when there will be none. */
    async ask(question: string): Promise<string | null> {
      say(question);
      const { value, done } = await lines.next();
      return done ? null : value.trim();
    },
    close: (): void => interface_.close(),
  };
}
