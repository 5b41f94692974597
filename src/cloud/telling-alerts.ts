import type { Notices } from '../control/notices.ts';
import { CHANNELS, type Channel } from '../control/ports.ts';
import type { Store } from '../control/store-port.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { Alerts } from './alerts.ts';

interface Parts {
  readonly store: Pick<Store, 'journal' | 'parcels' | 'notices'>;
  readonly notices: Pick<Notices, 'isDown' | 'whenChannel'>;
  readonly alerts: Alerts;
  readonly slots: readonly string[];
}

/** After these somebody may have been given up, or be told after all, or be gone. */
const TELLING = /^(parcel\.|notice\.(accepted|failed|resent)|code\.reissued)/;
const GIVEN_UP = /^(parcel\.untold|notice\.failed)$/;

/** Alerts about telling people: channels that are down, and slots of which nobody could be told. */
export class TellingAlerts {
  readonly #parts: Parts;
  #untold: ReadonlySet<string> = new Set();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.notices.whenChannel((channel, isDown) => this.#channel(channel, isDown));
    parts.store.journal.onCommitted((rows) => {
      const wanted = this.#untold.size > 0 ? TELLING : GIVEN_UP;
      if (rows.some(({ t }) => wanted.test(t))) this.#look(this.#untold);
    });
  }

  /** Holds what the broker may keep against how things are: once, when the kiosk serves. */
  start(): void {
    const { notices, slots } = this.#parts;
    for (const channel of CHANNELS) this.#channel(channel, notices.isDown(channel));
    this.#look(slots);
  }

  #channel(channel: Channel, isDown: boolean): void {
    this.#parts.alerts.set(`channel.${channel}`, isDown, 'channel.down');
  }

  #look(before: Iterable<string>): void {
    const { store, alerts, slots } = this.#parts;
    const untold = store.parcels.untold(slots.length).filter((parcel) => this.#isGivenUp(parcel));
    this.#untold = new Set(untold.map(({ slot }) => slot ?? ''));
    for (const slot of new Set([...before, ...this.#untold])) {
      alerts.set(`untold.${slot.replace('/', '.')}`, this.#untold.has(slot), 'untold', slot);
    }
  }

  /** A day has passed (R19), or every channel has refused, and none is being tried. */
  #isGivenUp({ id, hold }: ParcelRecord): boolean {
    const codes = this.#parts.store.notices.of(id).filter(({ hasCode }) => hasCode);
    const isOver = codes.some(({ state }) => state === 'failed');
    return hold.told || (isOver && !codes.some(({ state }) => state === 'waiting'));
  }
}
