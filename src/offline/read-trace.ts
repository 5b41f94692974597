import type { TraceEntry, TraceHead } from '../control/trace.ts';
import type { TraceFile } from './replay-trace.ts';

/** What was given is no trace, or one of another program. */
export class NoTrace extends Error {}

const KINDS: ReadonlySet<string> = new Set<TraceEntry['k']>([
  ...(['slots', 'look', 'dark', 'told', 'step', 'keys', 'row'] as const),
]);

/**
 * The lines of a file as `lockerctl trace export` writes them.
 * @throws NoTrace that names the line, and what is wrong with it.
 */
export function readTrace(text: string): TraceFile {
  const [first, ...rest] = text.trimEnd().split('\n').map(parsed);
  const head = first as Partial<TraceHead> | undefined;
  if (head?.trace !== 1 || typeof head.graceMs !== 'number') {
    throw new NoTrace('line 1 is not the head of a trace: {"trace":1,"kiosk":…,"graceMs":…}');
  }
  for (const [index, entry] of rest.entries()) {
    const { k } = entry as { k?: unknown };
    if (typeof k === 'string' && KINDS.has(k)) continue;
    throw new NoTrace(`line ${index + 2} is no entry of a trace: "k" is ${JSON.stringify(k)}`);
  }
  const entries = rest as TraceEntry[];
  if (entries[0]?.k !== 'slots') throw new NoTrace('line 2 does not say how the slots were');
  return { head: head as TraceHead, entries };
}

function parsed(line: string, index: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new NoTrace(`line ${index + 1} is no JSON`);
  }
}
