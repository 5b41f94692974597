import { afar, lateness } from './far-mutants.ts';
import type { Mutant } from './mutant.ts';

const CHART = 'src/domain/slot-chart.ts';
const OPENER = 'src/control/open-slot.ts';
const LEDGER = 'src/control/ledger.ts';
const BUDGETS = 'src/control/budgets.ts';

/** What a start makes of an armed intent. */
const RECOVERED =
  "[goIf(boot.bootDoorOpen, 'open', boot.bootRecovered), go('barred', boot.bootUnknown)]";

const power: readonly Mutant[] = [
  {
    bug: 'firing an ARMED intent again at start',
    rule: 'R21',
    changes: [
      {
        file: 'src/domain/boot-moves.ts',
        from: ": { ...change, facts: [{ t: 'intent.unknown'",
        to: `: { ...change, acts: [{ do: 'pulse', intent: slot.intent }],
          facts: [{ t: 'intent.unknown'`,
      },
    ],
    test: 'test/domain/slot-doubt.test.ts',
  },
  {
    bug: 'a second pulse after a crash',
    rule: 'I2',
    changes: [
      {
        file: CHART,
        from: `BOOT: ${RECOVERED}`,
        to: `BOOT: [stay((_slot, event, times) => ({ set: {
  door: 'closed', board: 'ok', readSincePulse: true,
  deadlineAtMono: event.atMono + times.repulseMs,
} }))]`,
      },
      {
        file: OPENER,
        from: 'if (order !== undefined && this.#isLive(slot.id) && this.#arm(slot, order)) return;',
        to: `const again = { slot: slot.id, authority: 'again', session: '' };
    if (this.#arm(slot, { ...again, purpose: slot.purpose ?? 'service' })) return;`,
      },
      {
        file: OPENER,
        from: 'return order !== undefined && this.#parts.sessions.isLive(order.session);',
        to: 'return true;',
      },
    ],
    test: 'test/app/cut.test.ts',
    title: 'pulsed and no outcome',
  },
  {
    bug: 'synchronous=NORMAL',
    rule: 'R17',
    changes: [
      {
        file: 'src/store/database.ts',
        from: "['synchronous', 'FULL', 2]",
        to: "['synchronous', 'NORMAL', 1]",
      },
    ],
    test: 'test/app/store-file.test.ts',
  },
  {
    bug: 'serving before the reconcile',
    rule: 'R20',
    changes: [
      {
        file: 'src/control/door-watch.ts',
        from: 'this.#awaited = supervisor.all().length;',
        to: 'this.#awaited = 0;\n    onReady();',
      },
    ],
    test: 'test/app/forced.test.ts',
  },
  {
    bug: 'pulsing for a session that is over',
    rule: 'R21',
    changes: [
      {
        file: OPENER,
        from: 'return order !== undefined && this.#parts.sessions.isLive(order.session);',
        to: 'return true;',
      },
    ],
    test: 'test/app/forced.test.ts',
  },
];

const beliefs: readonly Mutant[] = [
  {
    bug: 'freeing a slot on cancel',
    rule: 'R3',
    changes: [
      {
        file: CHART,
        from: '  occupied: {\n    entry: moves.rest,\n    on: {',
        to: `  occupied: {\n    entry: moves.rest,\n    on: {
      RELEASE: go('available', moves.release),`,
      },
      {
        file: 'src/control/cancel.ts',
        from: 'store.parcels.put(cancelled);',
        to: `store.parcels.put(cancelled);
      if (parcel.slot !== null) supervisor.send(parcel.slot, { type: 'RELEASE' });`,
      },
    ],
    test: 'test/app/holds.test.ts',
  },
  {
    bug: 'freeing a slot on an unobserved close',
    rule: 'R2',
    changes: [
      {
        file: CHART,
        from: "stayIf(boot.bootDoorOpen, boot.bootRecovered), go('barred', boot.bootUnknown)",
        to: "stayIf(boot.bootDoorOpen, boot.bootRecovered), go('available', door.taken)",
      },
    ],
    test: 'test/domain/slot-doubt.test.ts',
  },
  {
    bug: 'freeing a slot whose door was open for a moment only',
    rule: 'R1',
    changes: [
      {
        file: CHART,
        from: "goIf(door.wasBrief, 'barred', moves.quarantineFor('brief_open')), ",
        to: '',
      },
    ],
    test: 'test/domain/slot-visits.test.ts',
  },
  {
    bug: 'losing a forced edge',
    rule: 'R8',
    changes: [
      {
        file: 'src/device/lock-bank.ts',
        from: 'if (unseen.length > 0)',
        to: 'if (unseen.length > slots.length)',
      },
    ],
    test: 'test/app/forced.test.ts',
  },
];

const numbers: readonly Mutant[] = [
  {
    bug: 'spending the code at the pulse',
    rule: 'R10',
    changes: [
      {
        file: LEDGER,
        from: "if (fact.t === 'parcel.retrieved') ",
        to: `if (fact.t === 'parcel.retrieved' ||
      (fact.t === 'intent.armed' && slot.purpose === 'pickup')) `,
      },
    ],
    test: 'test/app/collect.test.ts',
  },
  {
    bug: 'never spending the code',
    rule: 'R10',
    changes: [
      {
        file: LEDGER,
        from: "status: 'retrieved', custody } as const",
        to: 'custody } as const',
      },
    ],
    test: 'test/app/collect.test.ts',
  },
  {
    bug: 'forgetting a budget at restart',
    rule: 'R13',
    changes: [
      {
        file: BUDGETS,
        from: '(this.#store.budgets.get(name) ?? { tokens: rule.burst, creditMs: 0 })',
        to: '{ tokens: rule.burst, creditMs: 0 }',
      },
    ],
    test: 'test/app/numbers.test.ts',
  },
  {
    bug: 'refilling a budget by wall clock',
    rule: 'R13',
    changes: [
      {
        file: BUDGETS,
        from: 'const atMono = this.#clock.monoMs();',
        to: 'const atMono = this.#clock.wallMs();',
      },
      {
        file: BUDGETS,
        from: 'atMono: this.#clock.monoMs() }',
        to: 'atMono: this.#clock.wallMs() }',
      },
    ],
    test: 'test/app/numbers.test.ts',
  },
  {
    bug: 'taking any second number for the right one',
    rule: 'R14',
    changes: [
      {
        file: 'src/control/numbers.ts',
        from: "return parcel.secondHash === secondHash ? null : 'WRONG_SECOND';",
        to: 'return null;',
      },
    ],
    test: 'test/app/collect.test.ts',
  },
  {
    bug: 'showing "done" before the commit',
    rule: 'R17',
    changes: [
      {
        file: 'src/kiosk/pages/drop-door.ts',
        from: "if (key === '1') this.#visit.send({ type: 'LEFT_IT' });",
        to: `if (key === '1') {
          this.#desk.clock.after('late', 500, () => this.#visit.send({ type: 'LEFT_IT' }));
          return ends.receiptPage(this.#way, this.#drop, this.#visit.door);
        }`,
      },
    ],
    test: 'test/kiosk/drop.test.ts',
  },
];

const locks: readonly Mutant[] = [
  {
    bug: 'retrying an unlock after "sent and unanswered"',
    rule: 'R6',
    changes: [
      {
        file: 'hardware/bus/bus.ts',
        from: '      job.done(verdict);',
        to: `      if (verdict.kind === 'NoReply') this.#queue.add(job, nowMs);
      else job.done(verdict);`,
      },
    ],
    test: 'test/hardware/bus/unlock.test.ts',
  },
  {
    bug: 'two energised locks on one bus',
    rule: 'R7',
    changes: [
      {
        file: 'hardware/bus/coil-guard.ts',
        from: 'this.#freeMs = offMs + lateMs + COIL_REST_MS;',
        to: 'this.#freeMs = nowMs + lateMs;',
      },
    ],
    test: 'test/hardware/bus/coil-guard.test.ts',
  },
  {
    bug: 'two energised locks on two buses of one supply',
    rule: 'R7',
    changes: [
      {
        file: 'src/device/lock-bank.ts',
        from: 'this.#coils.get(plan.supply) ?? this.#newGuard()',
        to: 'this.#newGuard()',
      },
    ],
    test: 'test/device/supply.test.ts',
  },
];

export const MUTANTS: readonly Mutant[] = [
  ...power,
  ...beliefs,
  ...numbers,
  ...locks,
  ...lateness,
  ...afar,
];
