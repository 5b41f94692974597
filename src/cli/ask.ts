import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Takes what the terminal would echo. */
const muted = new Writable({ write: (_chunk, _encoding, done) => done() });

/** Lines of a script that stands in for a person come all at once, so one reader has them all. */
let lines: AsyncIterator<string> | null = null;
let reader: Interface | null = null;

/** Asks for what nobody should read over a shoulder: a terminal shows nothing of it. */
export async function askSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  if (!stdin.isTTY) {
    reader ??= createInterface({ input: stdin });
    lines ??= reader[Symbol.asyncIterator]();
    const { value = '' } = await lines.next();
    return `${value}`.trim();
  }
  const asked = createInterface({ input: stdin, output: muted, terminal: true });
  try {
    return await new Promise((resolve) => asked.question('', (line) => resolve(line.trim())));
  } finally {
    asked.close();
    stderr.write('\n');
  }
}
