import type { Command } from 'commander';
import { contextOf } from './context.ts';
import { keptLease } from './lease-file.ts';

const DONE = 'Done.';

/** Does something for whoever has signed in, and says what came of it. */
export async function act<T>(
  command: Command,
  path: readonly string[],
  body: object,
  said: (answer: T) => string = () => DONE,
  maxMs?: number,
): Promise<void> {
  const { client, show } = contextOf(command);
  const encoded = `/${path.map(encodeURIComponent).join('/')}`;
  show(await client.post<T>(encoded, { lease: keptLease(), ...body }, 'ctl', maxMs), said);
}
