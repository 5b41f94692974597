import type { SlotRecord } from '../../src/domain/slot.ts';
import type { EventName } from './events.ts';
import { bookOf } from './ledger.ts';
import type { Machine, Taken } from './records.ts';
import type { World } from './world.ts';

/** One step of the machine, and the world just before and after it. */
export interface Moment {
  readonly taken: Taken;
  readonly before: World;
  readonly after: World;
}

/** One thing that happens: what it changes outside, and the events it brings to the slot. */
export class Turn {
  world: World;
  readonly moments: Moment[] = [];
  readonly #machine: Machine;

  constructor(machine: Machine, world: World) {
    this.#machine = machine;
    this.world = world;
  }

  get slot(): SlotRecord {
    return this.world.mem.slot;
  }

  change(change: Partial<World>): void {
    this.world = { ...this.world, ...change };
  }

  /** As `Supervisor.send`: a step that has facts is committed, then its acts are carried out. */
  send(name: EventName): Taken {
    const before = this.world;
    const taken = this.#machine.step(before.mem, name);
    if (taken.ignored) return taken;
    const { after, facts, event } = taken;
    const isBootOfMoved = event.type === 'BOOT' && after.slot.door !== taken.before.door;
    const isKept = facts.length > 0 || isBootOfMoved;
    this.change({
      mem: after,
      disk: isKept ? this.#machine.stored(after) : before.disk,
      ledger: bookOf(before.ledger, taken),
    });
    for (const act of taken.acts) {
      this.change(act.do === 'pulse' ? { pulse: 'queued' } : { wantsPulse: true });
    }
    this.moments.push({ taken, before, after: this.world });
    return taken;
  }

  /** Forgets what makes no difference any more. */
  settle(): void {
    const { purpose, state, bar, door } = this.slot;
    const { inHands, sprung, doorOpen } = this.world;
    const isGivenUp = bar?.reason === 'door_open' && doorOpen;
    const isDrop = purpose === 'drop' || state === 'reserved' || isGivenUp;
    if (inHands && !isDrop) this.change({ inHands: false });
    if (sprung && (!doorOpen || door === 'open')) this.change({ sprung: false });
  }

  /** Everything that was only in memory is gone; a start begins with what the disk has. */
  cut(): void {
    this.change({ mem: this.world.disk, power: 'off', pulse: 'none', wantsPulse: false });
  }
}
