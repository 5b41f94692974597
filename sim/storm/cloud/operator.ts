import type { CommandType } from '../../../src/cloud/messages.ts';
import type { Dice } from '../dice.ts';
import { CARRIER } from '../people/courier.ts';
import type { Scene } from '../scene.ts';
import { type Part, play, type Script, until } from '../script.ts';
import type { StormCloud } from './storm-cloud.ts';

/** What the operator asks for from afar: in time and too late, once and again. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const ORDER_MEAN_MS = 3 * MINUTE_MS;
/** As many as no budget pays for at once (R23). */
const SPREE_ORDERS = 14;
const SPREE = 0.02;
const PARCELS_KNOWN = 40;
const AGAIN = 0.15;
/** Later than any command holds. */
const LATE_MS = 310 * SECOND_MS;
const RESERVED_MS = 20 * MINUTE_MS;
const DOOR_OPENS_MS = 20 * SECOND_MS;

/** How an order goes wrong. */
const SLIPS = ['none', 'none', 'none', 'none', 'late', 'old session', 'kept', 'old state'] as const;

type Data = Readonly<Record<string, unknown>>;

/** Remote opens come most often, changes of the mode seldom: a lockdown stops all drops. */
const KINDS: readonly CommandType[] = [
  ...Array.from({ length: 10 }, () => 'slot.open' as const),
  ...(['slot.block', 'slot.unblock', 'slot.unblock', 'parcel.extend', 'parcel.extend'] as const),
  ...(['parcel.cancel', 'parcel.announce', 'log.pull', 'rebirth', 'replay'] as const),
  ...(['kiosk.mode', 'lockout.clear'] as const),
];

export class Operator {
  readonly #scene: Scene;
  readonly #cloud: StormCloud;
  readonly #dice: Dice;
  /** The courier, as the kiosk knows them. */
  readonly #person: string;
  /** Parcels that events told of, the latest last. */
  #parcels: string[] = [];
  #read = 0;

  constructor(scene: Scene, cloud: StormCloud, person: string) {
    this.#scene = scene;
    this.#cloud = cloud;
    this.#person = person;
    this.#dice = scene.dice('operator');
  }

  *works(): Script {
    for (;;) {
      yield this.#dice.waitMs(ORDER_MEAN_MS);
      if (this.#scene.isCalm()) return;
      if (this.#dice.chance(SPREE)) yield* this.#spree();
      else this.#orders(this.#dice.pick(KINDS), this.#dice.pick(SLIPS));
    }
  }

  /** More at once than the budget pays for. */
  *#spree(): Part<void> {
    for (let orders = 0; orders < SPREE_ORDERS; orders += 1) {
      this.#orders('lockout.clear', 'none');
      yield SECOND_MS;
    }
  }

  #orders(t: CommandType, slip: (typeof SLIPS)[number]): void {
    const d = this.#data(t);
    if (d === null) return;
    const { consumer, wire, kiosk, pastSessions } = this.#cloud;
    const old = slip === 'old session' ? pastSessions.at(-1) : undefined;
    const condition = slip === 'old state' ? { ifSlotRev: 0 } : {};
    this.#scene.say(`the operator sends ${t} (${slip}) ${JSON.stringify(d)}`);
    if (slip === 'late') wire.nextLateMs = LATE_MS;
    consumer.send(kiosk, t, { ...d, ...condition } as never, {
      ...(old !== undefined && { sess: old }),
    });
    if (slip === 'late') this.#scene.mark('command too late');
    if (old !== undefined) this.#scene.mark('command of another session');
    if (slip === 'kept') wire.again({ retain: true });
    if (slip !== 'late' && this.#dice.chance(AGAIN)) {
      this.#scene.mark('command that came again');
      wire.again();
    }
    if (t === 'slot.open') play(this.#scene.clock, 'helper', this.#helps(String(d.slot)));
  }

  /** What an order of this type says; null when there is nothing to say it of. */
  #data(t: CommandType): Data | null {
    const parcel = this.#parcel();
    switch (t) {
      case 'slot.open':
      case 'slot.block':
      case 'slot.unblock':
        return { slot: this.#dice.pick(this.#scene.slots) };
      case 'parcel.extend':
        return parcel === null ? null : { parcel, days: this.#dice.between(1, 3) };
      case 'parcel.cancel':
        return parcel === null ? null : { parcel };
      case 'parcel.announce':
        return this.#announcement();
      case 'kiosk.mode':
        return { mode: this.#dice.pick(['serve', 'serve', 'maintenance', 'lockdown']) };
      case 'lockout.clear':
        return { person: this.#person };
      case 'log.pull':
        return { lines: 20 };
      case 'replay':
        return this.#stretch();
      case 'rebirth':
        return {};
    }
  }

  /** One of those that the cloud heard of last. */
  #parcel(): string | null {
    const { events } = this.#cloud.view;
    for (const { t, d } of events.slice(this.#read)) {
      if (t === 'parcel.stored') this.#parcels.push(String(d.parcel));
    }
    this.#read = events.length;
    this.#parcels = this.#parcels.slice(-PARCELS_KNOWN);
    return this.#parcels.length === 0 ? null : this.#dice.pick(this.#parcels);
  }

  #announcement(): Data {
    const label = `OP${this.#dice.digits(9)}`;
    const reserveUntil = new Date(this.#cloud.wallMs() + RESERVED_MS).toISOString();
    return { carrier: CARRIER, label, size: 'S', recipient: this.#person, reserveUntil };
  }

  /** Some of the last events, once more. */
  #stretch(): Data | null {
    const { epoch, upto } = this.#cloud.view;
    const from = upto - this.#dice.between(0, 30);
    return from < 1 ? null : { ep: epoch, from, to: upto };
  }

  /** Somebody whom the operator has asked to shut the door again. */
  *#helps(slot: string): Script {
    const door = this.#scene.doorOf(slot);
    if (!(yield* until(() => door.isOpen, DOOR_OPENS_MS))) return;
    this.#scene.mark('opened from afar');
    yield this.#dice.between(SECOND_MS, 10 * SECOND_MS);
    const { kiosk } = this.#scene;
    // Somebody else may be there by now.
    const isServing = this.#scene.isServing();
    if (isServing && kiosk.app.supervisor.get(slot).purpose === 'service') door.push();
  }
}
