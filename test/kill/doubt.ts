import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type Replacement, TreeCopy } from '../mutants/changed-tree.ts';

/**
 * Kills daemons that have a deliberate fault, and fails when a run does not name it: a harness that
 * finds nothing must be known to be able to (docs/TESTING.md, "Kills").
 */
interface Doubt {
  readonly what: string;
  readonly changes: readonly Replacement[];
  /** What the run has to say of a command. */
  readonly named: RegExp;
}

const KILLS = 20;
const LANES = 4;
const DOUBTS: readonly Doubt[] = [
  {
    what: 'a pulse is repeated at the start',
    changes: [
      {
        file: 'src/domain/boot-moves.ts',
        from: "export const bootRecovered: Move<On<'BOOT'>> = (slot, event, times) => ({",
        to: `export const bootRecovered: Move<On<'BOOT'>> = (slot, event, times) => ({
  acts: slot.intent === null ? [] : [{ do: 'pulse', intent: slot.intent }],`,
      },
      {
        file: 'src/control/open-slot.ts',
        from: 'locks.pulse(slotId, wanted, (verdict) => {',
        to: `if (!this.#orders.has(slotId)) {
      this.#parts.clock.after('again', 1_000, () => locks.pulse(slotId, () => true, () => {}));
    }
    locks.pulse(slotId, wanted, (verdict) => {`,
      },
    ],
    named: /: 2 pulses$/m,
  },
  {
    what: 'a result is told 300 ms before it is kept',
    changes: [
      {
        file: 'src/cloud/command-desk.ts',
        from: `store.transaction(() => {
      const { slot = null,`,
        to: `this.#parts.clock.after('kept late', 300, () => store.transaction(() => {
      const { slot = null,`,
      },
      {
        file: 'src/cloud/command-desk.ts',
        from: `state: 'finished', result, finishedSeq });
    });`,
        to: `state: 'finished', result, finishedSeq });
    }));`,
      },
    ],
    // Another text after the restart, or none that is ever told again.
    named: /: [02] different results$/m,
  },
];

let noticed = 0;
for (const doubt of DOUBTS) {
  const said = await killed(doubt.changes);
  const line = doubt.named.exec(said);
  if (line !== null) noticed += 1;
  const [end = ''] = said.trimEnd().split('\n').slice(-1);
  process.stdout.write(`${doubt.what}: ${line === null ? 'NOT NOTICED' : 'noticed'}, ${end}\n`);
}
process.stdout.write(`kill: ${noticed} of ${DOUBTS.length} faults are noticed\n`);
process.exitCode = noticed === DOUBTS.length ? 0 : 1;

/** What a run in a copy of the tree with these changes prints. */
async function killed(changes: readonly Replacement[]): Promise<string> {
  const tree = new TreeCopy();
  try {
    for (const change of changes) tree.change(change);
    const args = ['test/kill/kill.ts', '--kills', `${KILLS}`, '--lanes', `${LANES}`];
    const { stdout } = spawn(process.execPath, args, {
      cwd: tree.top,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return await text(stdout);
  } finally {
    tree.remove();
  }
}
