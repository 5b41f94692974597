import type { Mutant } from './mutant.ts';

const CLOCK = 'src/control/clock.ts';
const GRANTS = 'src/control/grants.ts';
const COMMANDS = 'test/cloud/commands.test.ts';

/** What time, a restore or a second use must not bring about. */
export const lateness: readonly Mutant[] = [
  {
    bug: 'a code opens after a restore',
    rule: 'R31',
    changes: [
      {
        file: 'src/control/restored.ts',
        from: "supervisor.send(id, { type: 'RESTORED' });",
        to: 'supervisor.get(id);',
      },
    ],
    test: 'test/app/restore.test.ts',
    title: 'R31 gives way to the newest whole copy',
  },
  {
    bug: 'counting time while the board is dark',
    rule: 'R19',
    changes: [
      {
        file: 'src/control/holds.ts',
        from: 'count(parcel.hold, elapsedMs, outage === null)',
        to: "count(parcel.hold, elapsedMs, outage === null || outage.reason === 'board_dark')",
      },
    ],
    test: 'test/app/holds.test.ts',
    title: 'R19 does not go on while the board is dark',
  },
  {
    bug: 'wall time below what was committed',
    rule: 'R25',
    changes: [
      {
        file: CLOCK,
        from: '    return this.#floorMs;\n  }\n\n  monoMs()',
        to: '    return wallMs;\n  }\n\n  monoMs()',
      },
    ],
    test: 'test/app/clock.test.ts',
    title: 'R25 wall time never falls below',
  },
  {
    bug: 'accepting a TOTP step twice',
    rule: 'R13a',
    changes: [
      {
        file: 'src/control/staff-proof.ts',
        from: 'step !== null && step > (person.totp?.lastStep ?? 0)',
        to: 'step !== null',
      },
    ],
    test: 'test/app/staff-proof.test.ts',
    title: 'each number once',
  },
  {
    bug: 'accepting a grant twice',
    rule: 'B3',
    changes: [
      {
        file: GRANTS,
        from: "if (store.grants.isSpent(parcel.id, gen, nonce)) return 'GRANT_USED';",
        to: '',
      },
    ],
    test: 'test/app/grants.test.ts',
    title: 'opens its door once',
  },
  {
    bug: 'accepting a grant of another kiosk',
    rule: 'M17',
    changes: [
      {
        file: GRANTS,
        from: "if (grant.kiosk !== keys.kiosk) return 'GRANT_OTHER_KIOSK';",
        to: '',
      },
    ],
    test: 'test/app/grants.test.ts',
    title: 'each is refused with a code of its own',
  },
];

/** What comes from afar, and goes there. */
export const afar: readonly Mutant[] = [
  {
    bug: "forgetting an event on the broker's acknowledgement",
    rule: 'I4',
    changes: [
      {
        file: 'src/cloud/outbox-drain.ts',
        from: "      if (fate === 'forbidden') this.#isForbidden = true;",
        to: `      if (fate === 'forbidden') this.#isForbidden = true;
      if (fate === 'acknowledged') this.#parts.store.outbox.prune(last);`,
      },
    ],
    test: 'test/cloud/delivery.test.ts',
    title: 'I4 forgets an event only when',
  },
  {
    bug: 'carrying out a command that has expired',
    rule: 'I6',
    changes: [
      {
        file: 'src/cloud/command-desk.ts',
        from: 'const isLate = clock.wallMs() > expMs;',
        to: 'const isLate = false;',
      },
    ],
    test: COMMANDS,
    title: 'does nothing when it comes late',
  },
  {
    bug: 'carrying out a command of another session',
    rule: 'R22',
    changes: [
      {
        file: 'src/cloud/command-desk.ts',
        from: "if (actuates && !isOurs) return { ok: false, code: 'BAD_SESSION' };",
        to: '',
      },
    ],
    test: COMMANDS,
    title: 'does nothing when it comes late',
  },
  {
    bug: 'carrying out a command that came again',
    rule: 'R22',
    changes: [
      {
        file: 'src/cloud/command-intake.ts',
        from: 'if (known?.digest === digest) again(known);',
        to: 'if (known?.digest === digest) accepted(id);',
      },
    ],
    test: COMMANDS,
    title: 'R22 I5 the same command again',
  },
  {
    bug: 'opening doors from afar beyond the budget',
    rule: 'R23',
    changes: [
      {
        file: 'src/control/remote-open.ts',
        from: 'if (waitMs === 0) return null;',
        to: 'if (waitMs >= 0) return null;',
      },
    ],
    test: COMMANDS,
    title: 'R23 I7 pays for opens',
  },
];
