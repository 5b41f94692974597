import type { OpenBytePort } from '../hardware/index.ts';
import { EmbeddedKiosk, type Received } from '../sim/embedded.ts';
import { MemoryPort } from '../sim/memory-port.ts';
import { Person } from '../sim/person.ts';
import type { Wall } from '../sim/wall.ts';
import type { Log } from '../src/control/ports.ts';
import type { PersonRecord } from '../src/domain/person.ts';
import { LeapClock } from './leap-clock.ts';
import type { Plant } from './plant.ts';
import { siteConfig } from './site-file.ts';

/** Each board has a bus of its own: on a shared one every simulated board would hear all others. */
const BUS = { family: 'line', baud: 115_200 } as const;
const USUAL = { buses: 9, boards: 1, channels: 48 } as const;
const SEED = 1;
/** The shortest that the config takes: less time in which boards are polled and nobody acts. */
const GRACE_SECONDS = 10;
const IDLE_POLL_MS = 1_000;
/** A coil rests before the next one is energised; then the next person may stand there. */
const BETWEEN_PEOPLE_MS = 700;
/** A door that was open for less than 2 s proves nothing (R1). */
const PACE = { afterMs: 1_000, closesAfterMs: 1_500 };
/** Doors that wait for their turn, far below what would wait for 10 s (R21). */
const WAITING = 4;
const OUTCOME_MAX_MS = 60_000;
/** The budget of R13 is full again after this: 30 tries at one in 6 minutes. */
const REFILL_MS = 30 * 360_000;
const PIN = '246813';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The numbers of a stored parcel, as its recipient got them on the phone and in the mailbox. */
export interface Numbers {
  readonly code: string;
  readonly second: string;
}

/** One pickup that is under way. */
export interface Visit {
  readonly session: string;
  readonly id: string;
  /** From the last key until the door was on its way. */
  readonly answerMs: number;
  /** Of that, what the processor was at it. */
  readonly answerCpuMs: number;
}

/** So many buses, each with the same boards; their wires take time only where `baud` is given. */
interface Size extends Omit<Plant, 'family' | 'baud'> {
  readonly buses: number;
  readonly family?: Plant['family'];
  readonly baud?: number;
}

/** Real channels in the place of the phone and the mailbox. */
type EmbeddedTransports = NonNullable<ConstructorParameters<typeof EmbeddedKiosk>[0]['transports']>;

/** Stands between the kiosk and a wire. */
type Witness = (open: OpenBytePort, wall: Wall, clock: LeapClock) => OpenBytePort;

/** A kiosk in this process with one large wall, and everybody who uses it. */
export class PickupSite {
  readonly clock = new LeapClock();
  readonly kiosk: EmbeddedKiosk;
  readonly #hands = new Person(this.clock);
  #customers = 0;

  constructor(
    folder: string,
    { buses, ...bus }: Size = USUAL,
    witness: Witness = (open) => open,
    transports?: EmbeddedTransports,
  ) {
    const config = siteConfig({
      ...{ folder, idlePollMs: IDLE_POLL_MS, graceSeconds: GRACE_SECONDS },
      buses: Array.from({ length: buses }, (_, index) => ({ port: `bus${index}`, ...BUS, ...bus })),
    });
    const world = { clock: this.clock, config, folder, log: silent, baud: bus.baud ?? 0 };
    const openPort = (wall: Wall, bus: string): OpenBytePort =>
      witness(new MemoryPort(this.clock, wall.bus(bus).wire).open, wall, this.clock);
    const own = transports && { transports };
    this.kiosk = new EmbeddedKiosk({ ...world, ...own, seed: SEED, openPort });
    this.kiosk.start();
    this.clock.until('the kiosk serves', () => this.kiosk.isServing, OUTCOME_MAX_MS);
  }

  async courier(): Promise<PersonRecord> {
    const { people, signIn } = this.kiosk.app;
    const answer = await signIn.check(await people.addCourier('acme', PIN), PIN);
    if (answer.kind !== 'welcome') throw new Error(`the courier cannot sign in: ${answer.kind}`);
    return answer.person;
  }

  /** Stores one parcel for a new customer, who is told both numbers. */
  store(courier: PersonRecord): Numbers {
    const { people, sessions, deposit, supervisor } = this.kiosk.app;
    this.#customers += 1;
    const phone = `+49170${String(this.#customers).padStart(7, '0')}`;
    const email = `customer${this.#customers}@example.org`;
    people.addCustomer({ phone, email, language: 'en' });
    const session = sessions.begin();
    const started = deposit.begin(session, courier, { kind: 'unannounced', phone, size: 'M' });
    if (started.kind !== 'opening') throw new Error(`a deposit ended with ${started.kind}`);
    const { drop } = started;
    const door = this.kiosk.door(drop.slot);
    this.#hands.dropsParcel(door, drop.ref, PACE);
    this.clock.until('the drop opens', () => door.isOpen, OUTCOME_MAX_MS);
    deposit.answer(drop, 'done');
    const isStored = (): boolean => supervisor.get(drop.slot).state === 'occupied';
    this.clock.until('the parcel is stored', isStored, OUTCOME_MAX_MS);
    sessions.end(session);
    return {
      code: numberIn(this.kiosk.phone.splice(0), phone, /(?<=Pickup code: )\d+/),
      second: numberIn(this.kiosk.mailbox.splice(0), email, /(?<=Second number: )\d+/),
    };
  }

  /**
   * The recipients come one after the other, while those before them are still at their doors.
   * Gives how long each waited in front of the keypad until the door was on its way.
   */
  pickUp(all: readonly Numbers[]): number[] {
    const visits = all.map((numbers) => this.collect(numbers));
    this.leave(visits);
    return visits.map(({ answerMs }) => answerMs);
  }

  /** The same as fast as the locks go: there is always somebody whose door waits for its turn. */
  crowd(all: readonly Numbers[]): void {
    const { supervisor } = this.kiosk.app;
    const isShort = (): boolean =>
      supervisor.all().filter(({ state }) => state === 'opening').length < WAITING;
    const visits = all.map((numbers) => {
      const visit = this.#come(numbers);
      this.clock.until('the next one may type', isShort, OUTCOME_MAX_MS);
      return visit;
    });
    this.leave(visits);
  }

  /** One recipient comes; the next one follows when this is over. */
  collect(numbers: Numbers): Visit {
    const visit = this.#come(numbers);
    this.clock.advance(BETWEEN_PEOPLE_MS);
    return visit;
  }

  #come({ code, second }: Numbers): Visit {
    const { sessions, collect } = this.kiosk.app;
    const session = sessions.begin();
    const keyCpu = process.threadCpuUsage();
    const keyMs = performance.now();
    const answer = collect.begin(session, code, second);
    const answerMs = performance.now() - keyMs;
    const { user, system } = process.threadCpuUsage(keyCpu);
    const answerCpuMs = (user + system) / 1_000;
    if (answer.kind !== 'opening') throw new Error(`a pickup ended with ${answer.kind}`);
    this.#hands.takesParcel(this.kiosk.door(answer.slot), PACE);
    return { session, id: answer.parcel, answerMs, answerCpuMs };
  }

  /** Waits until all have left with what they came for, and were told. */
  leave(visits: readonly Visit[]): void {
    const areAllTold = (): boolean => this.kiosk.phone.length >= visits.length;
    this.clock.until('all are told', areAllTold, OUTCOME_MAX_MS);
    this.end(visits);
  }

  /** The same, whether or not they can be told. */
  end(visits: readonly Visit[]): void {
    const { sessions, collect, store } = this.kiosk.app;
    const isGone = ({ id }: Visit): boolean => store.parcels.get(id)?.status === 'retrieved';
    this.clock.until('all parcels have left', () => visits.every(isGone), OUTCOME_MAX_MS);
    for (const { session } of visits) {
      collect.forget(session);
      sessions.end(session);
    }
    this.kiosk.phone.length = 0;
  }

  /** Until the budget for codes is full again. */
  rest(): void {
    this.clock.leap(REFILL_MS);
    this.clock.advance(IDLE_POLL_MS);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.kiosk.app.stop(resolve);
      this.clock.advance(IDLE_POLL_MS);
    });
  }
}

function numberIn(messages: readonly Received[], to: string, pattern: RegExp): string {
  const found = messages.map(({ text }) => pattern.exec(text)?.[0]).find((text) => text);
  if (found === undefined) throw new Error(`${to} was told no number: ${JSON.stringify(messages)}`);
  return found;
}
