import {
  type BoardHealth,
  type BoardReading,
  Bus,
  CoilGuard,
  describe,
  type Verdict,
} from '../../hardware/index.ts';
import type { DoorWatch } from '../control/door-watch.ts';
import type { Clock, Hatch, Locks, Log, Random, SlotReading } from '../control/ports.ts';
import type { PulseVerdict } from '../domain/slot-events.ts';
import type { BusPlan } from './bus-plan.ts';
import { boardCounts, busReport } from './bus-report.ts';

/** Which board and channel a slot is, and how its sensors are to be read. */
interface SlotWiring {
  readonly slot: string;
  readonly board: string;
  /** From 1. */
  readonly channel: number;
  /** The raw contact that a shut door gives. */
  readonly contactWhenShut: 'closed' | 'open';
  readonly occupancy: boolean;
}

/** A contact on a channel without a slot. */
type HatchWiring = Pick<SlotWiring, 'board' | 'channel' | 'contactWhenShut'>;

/** A board, a port or the hatch changed: for the journal and the operator. */
type Noted = (
  t: 'board.health' | 'port.health' | 'hatch.moved',
  data: Readonly<Record<string, unknown>>,
) => void;

/** What a board said, and what that says of its slots. */
interface LastLook {
  readonly reading: BoardReading;
  /** The same list for as long as the board says the same. */
  readonly slots: readonly SlotReading[];
}

/** Every reading as the board gave it, whatever it says of the doors. */
type Looked = (board: string, reading: BoardReading, atMonoMs: number) => void;

interface Parts {
  readonly buses: readonly BusPlan[];
  readonly wiring: readonly SlotWiring[];
  readonly hatch: HatchWiring | null;
  readonly pulseMs: number;
  /** Whether this program ran here before, and may have pulsed a moment ago. */
  readonly isRestart: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const FRAMES_SHOWN = 20;

/** The doors of the kiosk: slots on one side, boards and channels on the other. */
export class LockBank implements Locks, Hatch {
  readonly #parts: Parts;
  readonly #bySlot = new Map<string, SlotWiring & { readonly bus: Bus }>();
  readonly #byBoard = new Map<string, SlotWiring[]>();
  readonly #buses: Bus[];
  /** One for each supply, by its name (R7). */
  readonly #coils = new Map<string, CoilGuard>();
  readonly #health = new Map<string, BoardHealth>();
  /** What was noted of each board last. */
  readonly #told = new Map<string, BoardHealth>();
  /** What each board said last, and what that says of its slots. */
  readonly #last = new Map<string, LastLook>();
  /** Until when each slot is to be read fast. */
  readonly #attended = new Map<string, number>();
  #doors: Pick<DoorWatch, 'seen' | 'dark'> = { seen: () => {}, dark: () => {} };
  #noted: Noted = () => {};
  #looked: Looked = () => {};
  #hatchOpen = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#buses = parts.buses.map((plan) => this.#bus(plan));
    for (const [index, plan] of parts.buses.entries()) {
      const bus = this.#buses[index];
      for (const board of plan.boards) {
        const slots = parts.wiring.filter((one) => one.board === board.id);
        this.#byBoard.set(board.id, slots);
        for (const one of slots) if (bus) this.#bySlot.set(one.slot, { ...one, bus });
      }
    }
  }

  /**
   * Opens the ports; from now on readings and losses go to `doors`, health to `noted`, and what
   * the boards said before it was held against the wiring to `looked`.
   */
  start(doors: Pick<DoorWatch, 'seen' | 'dark'>, noted: Noted, looked: Looked = () => {}): void {
    this.#doors = doors;
    this.#noted = noted;
    this.#looked = looked;
    for (const bus of this.#buses) bus.start();
  }

  /** Lets exchanges under way end and closes the ports. */
  stop(done: () => void): void {
    let open = this.#buses.length;
    for (const bus of this.#buses) {
      bus.stop(() => {
        open -= 1;
        if (open === 0) done();
      });
    }
  }

  pulse(slot: string, wanted: () => boolean, done: (verdict: PulseVerdict) => void): void {
    const { board, channel, bus } = this.#wired(slot);
    const { pulseMs, log } = this.#parts;
    bus.unlock({
      board,
      channel,
      pulseMs,
      wanted,
      done: (verdict) => {
        log.info('pulse', { slot, board, channel, verdict: describe(verdict) });
        done(pulseVerdict(verdict));
      },
    });
  }

  attend(slot: string, forMs: number): void {
    const { board, bus } = this.#wired(slot);
    const nowMono = this.#parts.clock.monoMs();
    this.#attended.set(slot, nowMono + forMs);
    const slots = this.#byBoard.get(board) ?? [];
    const untilMono = Math.max(...slots.map((one) => this.#attended.get(one.slot) ?? 0));
    bus.hurry(board, Math.max(0, untilMono - nowMono));
  }

  isOpen(): boolean {
    return this.#hatchOpen;
  }

  /** How each board answered so far. */
  boards() {
    const { buses } = this.#parts;
    return this.#buses.flatMap((bus, index) => {
      return boardCounts(buses[index]?.name ?? '', bus, this.#health);
    });
  }

  /** How the boards answered so far, in lines for a person, with the last frames. */
  report(frames = FRAMES_SHOWN): string[] {
    const { buses } = this.#parts;
    return this.#buses.flatMap((bus, index) => {
      return busReport(buses[index]?.name ?? '', bus, this.#health, frames);
    });
  }

  #wired(slot: string): SlotWiring & { readonly bus: Bus } {
    const wiring = this.#bySlot.get(slot);
    if (wiring === undefined) throw new RangeError(`slot "${slot}" is wired to no board`);
    return wiring;
  }

  #bus(plan: BusPlan): Bus {
    const { clock, random, pulseMs } = this.#parts;
    const coils = this.#coils.get(plan.supply) ?? this.#newGuard();
    this.#coils.set(plan.supply, coils);
    return new Bus({
      ...plan,
      boards: plan.boards.map((board) => ({ ...board, pulseMs })),
      coils,
      clock,
      firstId: random.int(0x10000),
      on: {
        reading: (board, reading, atMs) => {
          this.#looked(board, reading, atMs);
          this.#seeHatch(board, reading);
          this.#read(board, reading);
        },
        health: (board, health, why) => this.#changed(board, health, why),
        port: (up, why) => this.#port(plan, up, why),
        noise: (board, reason, text) =>
          this.#parts.log.debug('noise on the wire', { board, reason, text }),
      },
    });
  }

  #newGuard(): CoilGuard {
    const { isRestart, clock } = this.#parts;
    return isRestart ? new CoilGuard(clock.monoMs()) : new CoilGuard();
  }

  #read(board: string, reading: BoardReading): void {
    const slots = this.#byBoard.get(board) ?? [];
    const last = this.#last.get(board);
    if (last?.reading === reading) {
      this.#doors.seen(last.slots);
      return;
    }
    const missed = missedEdges(last?.reading, reading);
    const unseen = slots.filter((one) => missed.has(one.channel));
    if (unseen.length > 0)
      this.#doors.seen(unseen.map((one) => opposite(slotReading(one, reading))));
    const looked = slots.map((one) => slotReading(one, reading));
    this.#last.set(board, { reading, slots: looked });
    this.#doors.seen(looked);
  }

  #seeHatch(board: string, reading: BoardReading): void {
    const { hatch } = this.#parts;
    if (hatch?.board !== board) return;
    this.#moveHatch(contactOf(hatch, reading) !== hatch.contactWhenShut);
  }

  #moveHatch(isOpen: boolean): void {
    if (isOpen === this.#hatchOpen) return;
    this.#hatchOpen = isOpen;
    this.#noted('hatch.moved', { door: isOpen ? 'open' : 'closed' });
  }

  /** Boards behind a port that never opened change no health: they were dark before. */
  #port(plan: BusPlan, up: boolean, why: string): void {
    this.#noted('port.health', { bus: plan.name, up, why });
    if (up) return;
    for (const { id } of plan.boards) this.#goDark(id);
  }

  #changed(board: string, health: BoardHealth, why: string): void {
    this.#health.set(board, health);
    // Probing is on the way to something; and that a board answers as it should is no news.
    if (health !== 'probing' && health !== (this.#told.get(board) ?? 'online')) {
      this.#told.set(board, health);
      this.#noted('board.health', { board, health, why });
    }
    if (health === 'online' || health === 'quiet') return;
    if (health !== 'probing') this.#goDark(board);
  }

  /** A hatch that nobody sees proves nothing. */
  #goDark(board: string): void {
    if (this.#parts.hatch?.board === board) this.#hatchOpen = false;
    this.#doors.dark((this.#byBoard.get(board) ?? []).map((one) => one.slot));
  }
}

function slotReading(wiring: SlotWiring, reading: BoardReading): SlotReading {
  const index = wiring.channel - 1;
  const contact = contactOf(wiring, reading);
  const full = wiring.occupancy ? reading.occupied?.[index] : undefined;
  return {
    slot: wiring.slot,
    door: contact === wiring.contactWhenShut ? 'closed' : 'open',
    occupancy: full === undefined ? 'unknown' : full ? 'full' : 'empty',
  };
}

function contactOf({ channel }: Pick<SlotWiring, 'channel'>, { contacts }: BoardReading) {
  return contacts[channel - 1] === true ? 'closed' : 'open';
}

const opposite = (reading: SlotReading): SlotReading => ({
  ...reading,
  door: reading.door === 'open' ? 'closed' : 'open',
});

function pulseVerdict(verdict: Verdict): PulseVerdict {
  switch (verdict.kind) {
    case 'Answered':
      return 'acknowledged';
    case 'Refused':
      return 'refused';
    case 'NotSent':
      return 'not_sent';
    case 'NoReply':
    case 'BadReply':
    case 'PortLost':
      return 'unanswered';
  }
}

/** Change counters run modulo 16 (hardware/README.md, "S"). */
const COUNTER_MASK = 15;

/**
 * Channels, from 1, whose door moved and moved back between two readings: the contact is as
 * before, the board's change counter is not. Without it a forced door that is shut again at once
 * goes unseen.
 */
function missedEdges(last: BoardReading | undefined, reading: BoardReading): ReadonlySet<number> {
  const missed = new Set<number>();
  if (last === undefined || last.boot !== reading.boot) return missed;
  for (const [index, contact] of reading.contacts.entries()) {
    const now = reading.changes?.[index] ?? 0;
    const before = last.changes?.[index] ?? 0;
    const same = contact === last.contacts[index];
    if (same && ((now - before) & COUNTER_MASK) >= 2) missed.add(index + 1);
  }
  return missed;
}
