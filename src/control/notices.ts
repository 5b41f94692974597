import type { ParcelRecord } from '../domain/parcel.ts';
import type { Contact } from '../domain/person.ts';
import type {
  Channel,
  Clock,
  Log,
  NoticeKind,
  NoticePort,
  NoticeRecord,
  NoticeValues,
  Store,
  Timer,
  Vault,
} from './ports.ts';
import type { Recorder } from './recorder.ts';

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly log: Log;
  readonly port: NoticePort;
}

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 600_000;
const BATCH_NOTICES = 32;

/**
 * The queue of what people must be told. A notice is written in the transaction of its event,
 * sealed, and handed out until a channel accepts it; then its numbers are wiped.
 */
export class Notices {
  readonly #parts: Parts;
  readonly #underWay = new Set<string>();
  #timer: Timer | null = null;
  #failures = 0;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Queues one notice; call it inside the transaction of its event, and `drain` after it. */
  queue(parcel: ParcelRecord, kind: NoticeKind, channel: Channel, values: NoticeValues): void {
    const { store, vault, recorder, clock } = this.#parts;
    store.notices.put({
      id: recorder.newId(),
      parcel: parcel.id,
      kind,
      channel,
      recipient: parcel.recipient,
      sealed: vault.seal(JSON.stringify(values)),
      tries: 0,
      createdAtWall: clock.wallMs(),
      acceptedAtWall: null,
    });
  }

  /** The channels a recipient can be reached by, the first one first. */
  channelsOf(recipient: string): Channel[] {
    const contact = this.#contactOf(recipient);
    const channels: Channel[] = [];
    if (contact?.phone) channels.push('sms');
    if (contact?.email) channels.push('email');
    return channels;
  }

  /** Hands out what waits; called after each commit that queued, and again after a failure. */
  drain(): void {
    if (this.#stopped) return;
    this.#timer?.cancel();
    this.#timer = null;
    for (const notice of this.#parts.store.notices.waiting(BATCH_NOTICES)) {
      if (!this.#underWay.has(notice.id)) this.#tell(notice);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #tell(notice: NoticeRecord): void {
    const { vault, port } = this.#parts;
    const contact = this.#contactOf(notice.recipient);
    if (contact === null || notice.sealed === null) return;
    const values = JSON.parse(vault.unseal(notice.sealed)) as NoticeValues;
    const { id, kind, channel } = notice;
    this.#underWay.add(id);
    port.tell({ id, kind, channel, contact, values }, (ok) => this.#answered(notice, ok));
  }

  #answered(notice: NoticeRecord, ok: boolean): void {
    this.#underWay.delete(notice.id);
    if (this.#stopped) return;
    if (ok) {
      this.#failures = 0;
      this.#accepted(notice);
      return;
    }
    this.#failures += 1;
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (this.#failures - 1));
    this.#parts.log.warn('notice not accepted', { notice: notice.id, retryInMs: delayMs });
    this.#timer ??= this.#parts.clock.after('notices', delayMs, () => this.drain());
  }

  #accepted(notice: NoticeRecord): void {
    const { store, clock } = this.#parts;
    store.transaction(() => {
      const acceptedAtWall = clock.wallMs();
      store.notices.put({ ...notice, tries: notice.tries + 1, sealed: null, acceptedAtWall });
      const parcel = store.parcels.get(notice.parcel);
      if (parcel === null || parcel.hold.told || notice.kind !== 'STORED') return;
      store.parcels.put({ ...parcel, hold: { ...parcel.hold, told: true } });
    });
  }

  #contactOf(recipient: string): Contact | null {
    const person = this.#parts.store.people.get(recipient);
    if (person?.contact == null) return null;
    return JSON.parse(this.#parts.vault.unseal(person.contact)) as Contact;
  }
}
