import type { Command, Message } from '../../../src/cloud/messages.ts';
import type { IntentRecord, JournalRow } from '../../../src/control/store-port.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

/** What a command says of itself. */
interface Order {
  readonly id: string;
  readonly type: string;
  readonly sess: string | null;
  /** By wall time. */
  readonly expMs: number;
}

interface Parts {
  readonly fail: Fail;
  /** Of the connection that the kiosk has now. */
  readonly session: () => string | null;
  readonly mode: () => string | undefined;
}

/** These do something at the kiosk that only who sees it as it is now may ask for. */
const ACTUATING = ['slot.open', 'kiosk.mode', 'lockout.clear'];
/** One burst and no second one (R6). */
const PULSES_MAX = 3;
const CAUSE = /^cmd:(.+)$/;
const AUTHORITY = /^command:(.+)$/;

/** I5, I6, R22, R23: what commands from afar may do, when, how often, and what is said of it. */
export class OrderCheck {
  readonly #parts: Parts;
  readonly #orders = new Map<string, Order>();
  readonly #results = new Map<string, string>();
  readonly #accepted = new Set<string>();
  readonly #finished = new Set<string>();
  readonly #pulses = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A command is sent, for the first time or again. */
  sent(payload: string): void {
    const { id, t, sess = null, exp } = JSON.parse(payload) as Command;
    if (this.#orders.has(id)) return;
    this.#orders.set(id, { id, type: t, sess, expMs: Date.parse(exp) });
  }

  /** The kiosk starts: the last rows of its journal may be of a commit that nobody told of. */
  booted(tail: readonly JournalRow[]): void {
    for (const row of tail) {
      const id = CAUSE.exec(row.cause ?? '')?.[1] ?? '';
      if (row.t === 'command.accepted') this.#accepted.add(id);
      if (row.t === 'command.finished') this.#finished.add(id);
    }
  }

  /** The kiosk says what became of a command (I5). */
  told(payload: string): void {
    const { t, d } = JSON.parse(payload) as Message<'res'>;
    const { cmd } = d;
    if (cmd === null || t !== 'command.result') return;
    const before = this.#results.get(cmd);
    this.#results.set(cmd, payload);
    if (before === undefined || before === payload) return;
    this.#parts.fail('I5', `command ${cmd} had the result ${before} and now has ${payload}`);
  }

  /** The database is that of a copy: what was in the ledger later is not known any more. */
  restored(): void {
    this.#accepted.clear();
    this.#finished.clear();
    this.#results.clear();
  }

  committed({ rows, intents }: Commit): void {
    for (const { row } of rows) {
      if (row.t === 'command.accepted') this.#isNew(row);
      if (row.t === 'command.finished') this.#ends(row);
    }
    const [row] = rows.map((one) => one.row);
    for (const intent of intents) {
      if (intent.state === 'ARMED' && row !== undefined) this.#opens(intent, row);
    }
  }

  /** Commands that were taken and have no end (R22). */
  open(): string[] {
    return [...this.#accepted].filter((id) => !this.#finished.has(id));
  }

  #isNew({ cause }: JournalRow): void {
    const id = CAUSE.exec(cause ?? '')?.[1] ?? '';
    if (this.#accepted.has(id)) this.#parts.fail('I5', `command ${id} is taken a second time`);
    if (!this.#orders.has(id)) this.#parts.fail('I1', `command ${id} was never sent, and is taken`);
    this.#accepted.add(id);
  }

  #ends(row: JournalRow): void {
    const id = CAUSE.exec(row.cause ?? '')?.[1] ?? '';
    if (this.#finished.has(id)) this.#parts.fail('R22', `command ${id} ends a second time`);
    this.#finished.add(id);
    const order = this.#orders.get(id);
    if (row.data.ok === true && order !== undefined && order.type !== 'slot.open') {
      this.#isTimely(order, row, 'is done');
    }
  }

  #opens({ authority, slot }: IntentRecord, row: JournalRow): void {
    const id = AUTHORITY.exec(authority)?.[1];
    if (id === undefined) return;
    const { fail, mode } = this.#parts;
    const order = this.#orders.get(id);
    const pulse = (this.#pulses.get(id) ?? 0) + 1;
    this.#pulses.set(id, pulse);
    if (pulse > PULSES_MAX) fail('I5', `command ${id} pulses ${slot} for the ${pulse}th time`);
    if (order?.type !== 'slot.open') fail('I1', `${slot} is opened by what is no such command`);
    if (mode() === 'lockdown') fail('R23', `${slot} is opened from afar in a lockdown`);
    if (order !== undefined && pulse === 1) this.#isTimely(order, row, `opens ${slot}`);
  }

  /** By the kiosk's own clock, where somebody vouches for it (I6). */
  #isTimely({ id, type, sess, expMs }: Order, { clk, tsWall }: JournalRow, does: string): void {
    const { fail, session } = this.#parts;
    if (clk !== 'unsynced' && tsWall > expMs) {
      fail('I6', `command ${id} (${type}) ${does} ${tsWall - expMs} ms after its expiry`);
    }
    if (ACTUATING.includes(type) && sess !== session()) {
      fail('I6', `command ${id} (${type}) ${does} and is of another session`);
    }
  }
}
