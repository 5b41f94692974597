import type { Clock } from '../control/ports.ts';
import type { Store } from '../control/store-port.ts';
import type { Supervisor } from '../control/supervisor.ts';
import type { SlotRecord } from '../domain/slot.ts';
import { timeText } from './envelope.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message } from './messages.ts';
import type { UpTopics } from './topics.ts';

interface Parts {
  readonly kiosk: string;
  readonly store: Pick<Store, 'kept' | 'transaction'>;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  readonly link: Link;
  readonly topics: UpTopics;
}

/** An alarm that stands, or one that is resolved and that the broker may still keep. */
interface Kept {
  readonly what: string;
  readonly slot: string | null;
  readonly since: string;
  readonly isResolved: boolean;
}

const KEPT = 'cloud.alerts';

/**
 * The alarms that stand, each a retained message that is deleted when it is resolved. Which ones
 * the broker may have is stored: a resolved one is deleted there also after a restart.
 */
export class Alerts {
  readonly #parts: Parts;
  readonly #alerts: Map<string, Kept>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const kept = (parts.store.kept.get(KEPT) ?? {}) as Readonly<Record<string, Kept>>;
    this.#alerts = new Map(Object.entries(kept));
    parts.supervisor.watch((slot) => this.#look(slot));
  }

  /** Holds what is stored against the slots as they are: once, when the kiosk serves. */
  start(): void {
    for (const slot of this.#parts.supervisor.all()) this.#look(slot);
  }

  /** Raises or resolves one; nothing happens when that is so already. */
  set(id: string, isActive: boolean, what: string, slot: string | null = null): void {
    const { clock } = this.#parts;
    const kept = this.#alerts.get(id);
    const stands = kept !== undefined && !kept.isResolved;
    if (stands === isActive && (kept === undefined || kept.what === what)) return;
    if (!isActive && !stands) return;
    const since = timeText(clock.wallMs());
    if (isActive) this.#alerts.set(id, { what, slot, since, isResolved: false });
    else if (kept !== undefined) this.#alerts.set(id, { ...kept, isResolved: true });
    this.#store();
    this.#publish(id);
  }

  /** Sends all of them on a new connection. */
  all(): void {
    for (const id of this.#alerts.keys()) this.#publish(id);
  }

  #look({ id, bar, board }: SlotRecord): void {
    const what = bar?.reason ?? (board === 'dark' ? 'dark' : null);
    this.set(`slot.${id.replace('/', '.')}`, what !== null, what ?? 'resolved', id);
  }

  #publish(id: string): void {
    const { link, topics, kiosk } = this.#parts;
    const kept = this.#alerts.get(id);
    if (kept === undefined || link.session === null) return;
    const { what, slot, since, isResolved } = kept;
    const alert: Message<'alert'> = { v: 1, k: kiosk, alert: id, what, slot, since };
    const payload = isResolved ? '' : JSON.stringify(alert);
    const { qos, retain } = MESSAGES.alert;
    link.publish({ topic: topics.alert(id), payload, qos, retain }, (fate) => {
      if (fate === 'acknowledged' && isResolved && this.#alerts.get(id) === kept) {
        this.#alerts.delete(id);
        this.#store();
      }
    });
  }

  #store(): void {
    const { store } = this.#parts;
    store.transaction(() => store.kept.put(KEPT, Object.fromEntries(this.#alerts)));
  }
}
