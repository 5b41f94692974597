import type { IntentRecord, JournalRow } from '../../../src/control/store-port.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

/** An unlock waits at most 10 s for its turn (R21), and adapters hold it up to a second longer. */
const FROM_ARMED_MS_MAX = 12_000;
/** What was on the wire when the power went may still arrive. */
const AFTER_CUT_MS_MAX = 1_100;
/** The coils' limit (I8). */
const COIL_ON_MS_MAX = 2_500;
const COIL_WINDOW_MS = 10_000;

interface Armed {
  readonly intent: string;
  readonly atMs: number;
  readonly life: number;
}

interface Coil {
  readonly slot: string;
  readonly supply: string;
  readonly spans: { readonly onMs: number; offMs: number }[];
}

/** I1, I2, I8, R21: what may energise a lock, how often, and how many at a time. */
export class PulseCheck {
  readonly #fail: Fail;
  readonly #monoMs: () => number;
  /** Intents that were armed and neither pulsed nor given up, by slot. */
  readonly #armed = new Map<string, Armed[]>();
  /** When a parcel last left a slot for another one. */
  readonly #movedMs = new Map<string, number>();
  readonly #coils = new Map<string, Coil>();
  #life = 0;
  #cutMs = Number.NEGATIVE_INFINITY;
  #keyMs = Number.NEGATIVE_INFINITY;

  constructor(fail: Fail, monoMs: () => number) {
    this.#fail = fail;
    this.#monoMs = monoMs;
  }

  /** Somebody pressed a key, or asked for a door without one. */
  pressed(): void {
    this.#keyMs = this.#monoMs();
  }

  /** The program ended, whichever way. */
  lifeEnded(): void {
    this.#life += 1;
    this.#cutMs = this.#monoMs();
  }

  committed(commit: Commit): void {
    for (const intent of commit.intents) {
      if (intent.state === 'ARMED') this.#arm(intent);
      if (intent.state === 'ABORTED') this.#drop(intent);
    }
    for (const { row } of commit.rows) {
      // A drop goes to another slot by itself, and as soon as the first one is out of it (R6, R16).
      const leaves = row.t === 'parcel.not_stored' || row.t === 'slot.released';
      if (leaves) this.#movedMs.set(row.parcel ?? '', this.#monoMs());
      if (row.t === 'intent.armed') this.#isWanted(row);
    }
  }

  /** A lock of the wall was energised. */
  pulsed(slot: string): void {
    const nowMs = this.#monoMs();
    const waiting = (this.#armed.get(slot) ?? []).filter((one) => this.#mayPulse(one, nowMs));
    const [first, ...rest] = waiting;
    this.#armed.set(slot, rest);
    if (first === undefined) {
      this.#fail('I1 I2', `${slot} is pulsed, and no intent is left that was armed for it`);
    }
  }

  energised(slot: string, supply: string): void {
    const nowMs = this.#monoMs();
    const coil = this.#coils.get(slot) ?? { slot, supply, spans: [] };
    this.#coils.set(slot, coil);
    const other = [...this.#coils.values()].find((one) => {
      return one !== coil && one.supply === supply && one.spans.at(-1)?.offMs === Infinity;
    });
    if (other !== undefined) this.#fail('I8', `${slot} and ${other.slot} are energised at once`);
    coil.spans.push({ onMs: nowMs, offMs: Infinity });
  }

  released(slot: string): void {
    const nowMs = this.#monoMs();
    const spans = this.#coils.get(slot)?.spans ?? [];
    const last = spans.at(-1);
    if (last !== undefined) last.offMs = nowMs;
    const fromMs = nowMs - COIL_WINDOW_MS;
    while (spans[0] !== undefined && spans[0].offMs < fromMs) spans.shift();
    const onMs = spans.reduce((sum, one) => sum + one.offMs - Math.max(one.onMs, fromMs), 0);
    if (onMs > COIL_ON_MS_MAX)
      this.#fail('I8', `the coil of ${slot} was on for ${onMs} ms in 10 s`);
  }

  /** The pulses of a burst follow by themselves; the first of each wants a key (R6, R21). */
  #isWanted({ slot, parcel, data }: JournalRow): void {
    const nowMs = this.#monoMs();
    // What may be opened from afar, and when, is held by what is checked of commands.
    if (data.purpose === 'service') return;
    const isFirst = data.pulse === 1 || data.pulse === 4;
    if (!isFirst || this.#keyMs === nowMs) return;
    if (data.purpose === 'drop' && this.#movedMs.get(parcel ?? '') === nowMs) return;
    this.#fail('R21', `${slot} is opened for a ${String(data.purpose)}, and nobody pressed a key`);
  }

  #mayPulse({ atMs, life }: Armed, nowMs: number): boolean {
    if (life === this.#life) return nowMs - atMs <= FROM_ARMED_MS_MAX;
    return life === this.#life - 1 && nowMs - this.#cutMs <= AFTER_CUT_MS_MAX;
  }

  #arm({ id, slot }: IntentRecord): void {
    const armed = this.#armed.get(slot) ?? [];
    this.#armed.set(slot, [...armed, { intent: id, atMs: this.#monoMs(), life: this.#life }]);
  }

  #drop({ id, slot }: IntentRecord): void {
    const armed = this.#armed.get(slot) ?? [];
    this.#armed.set(
      slot,
      armed.filter((one) => one.intent !== id),
    );
  }
}
