/** What the recorded process had promised to people and doors by some moment, by its marks. */
export interface Promises {
  /** The head of the journal by the last commit that returned, as `seq:hash`. */
  head: string | null;
  /** Locks that were energised. */
  pulses: number;
  /** Messages that arrived. */
  readonly told: string[];
  /** Doors as they stand, by slot. */
  readonly doors: Map<string, { readonly open: boolean; readonly contents: readonly string[] }>;
}

export const noPromises = (): Promises => ({ head: null, pulses: 0, told: [], doors: new Map() });

/** Takes one line that the process (kiosk.ts) said. @throws Error when it is no mark. */
export function takeMark(promises: Promises, line: string): void {
  const [word = '', rest = ''] = /^(\w+) ?(.*)$/.exec(line)?.slice(1) ?? [];
  switch (word) {
    case 'committed':
      promises.head = rest;
      return;
    case 'pulse':
      promises.pulses += 1;
      return;
    case 'told':
      promises.told.push(JSON.parse(rest));
      return;
    case 'door': {
      const { slot, ...door } = JSON.parse(rest);
      promises.doors.set(slot, door);
      return;
    }
    default:
      throw new Error(`the recorded process said "${line}", which is no mark`);
  }
}
