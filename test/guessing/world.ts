import { join } from 'node:path';
import { type Random, seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { Budgets } from '../../src/control/budgets.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { Numbers } from '../../src/control/numbers.ts';
import { Recorder } from '../../src/control/recorder.ts';
import { newHold } from '../../src/domain/hold.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { openVault } from '../../src/platform/vault.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';

/** What somebody types. */
export interface Entry {
  readonly code: string;
  readonly second: string;
}

const RULES = { codes: 'code+otp', codeDigits: 6, secondDigits: 6 } as const;

/** The real judge of numbers over a real database, without doors, on virtual time. */
export class Keypad {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly #folder: string;
  #store: OpenStore;
  #numbers: Numbers;
  #sessions = 0;

  constructor(folder: string, seed: number) {
    this.#folder = folder;
    this.random = seededRandom(seed);
    [this.#store, this.#numbers] = this.#open(true);
  }

  /** Pulls the plug and switches on again: what was committed is there, and nothing else. */
  cutPower(): void {
    this.close();
    [this.#store, this.#numbers] = this.#open(false);
  }

  close(): void {
    this.#store.close();
  }

  /** A parcel that lies here, or the same one again with new numbers. */
  store(id: string): Entry {
    const { code, second, codeHash, secondHash } = this.#numbers.mint('code+otp', null);
    const parcel = { ...PARCEL, id, ref: id, slot: `a/${id}`, codeHash, secondHash };
    this.#store.transaction(() => this.#store.parcels.put(parcel));
    return { code, second };
  }

  /** Both numbers in a session of their own. */
  type({ code, second }: Entry): 'right' | 'wrong' | 'malformed' | 'wait' {
    this.#sessions += 1;
    const session = `s${this.#sessions}`;
    const judged = this.#numbers.judge(session, code, second);
    if (judged.kind === 'right') this.#store.transaction(() => judged.settle());
    this.#numbers.forget(session);
    return judged.kind;
  }

  /** How many wrong second numbers were held against the code of a parcel. */
  misses(id: string): number {
    return this.#store.parcels.get(id)?.secondMisses ?? 0;
  }

  #open(isFirst: boolean): [OpenStore, Numbers] {
    const file = (name: string): string => join(this.#folder, name);
    const seal = openSeal(file('audit.key'), isFirst);
    const vault = openVault(file('device.key'), 'k1', isFirst);
    const store = openStore(file('kiosk.db'), seal, this.random);
    const clock = new KeptClock(this.clock, new SimTimeSync(), store.clock.get());
    const recorder = new Recorder(store, clock, this.random);
    const budgets = new Budgets(store, clock);
    const { random } = this;
    return [store, new Numbers({ rules: RULES, store, vault, random, budgets, recorder })];
  }
}

const PARCEL: Omit<ParcelRecord, 'id' | 'ref' | 'slot' | 'codeHash' | 'secondHash'> = {
  status: 'stored',
  custody: 'in_slot',
  size: 'S',
  carrier: 'acme',
  label: null,
  load: {},
  reservedUntilWall: null,
  recipient: 'somebody',
  policy: 'code+otp',
  said: null,
  gen: 0,
  lastGen: 0,
  secondMisses: 0,
  hold: newHold(1, 1),
  createdAtWall: 0,
  storedAtWall: 0,
  endedAtWall: null,
};
