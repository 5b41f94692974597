import type { ParcelRecord } from '../domain/parcel.ts';
import type { Contact } from '../domain/person.ts';
import type {
  Channel,
  Clock,
  Log,
  NoticeKind,
  NoticePort,
  NoticeValues,
  Timer,
  Vault,
} from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { NoticeRecord, Store } from './store-port.ts';

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
/** Whoever asks for new numbers waits so long at most to be told that none can be sent. */
const PROBE_MAX_MS = 3_000;
const BATCH_NOTICES = 32;
const CHANNELS: readonly Channel[] = ['sms', 'email'];

/**
 * The queue of what people must be told. A notice is written in the transaction of its event,
 * sealed, and handed out until a channel accepts it; then its numbers are wiped.
 */
export class Notices {
  readonly #parts: Parts;
  readonly #underWay = new Set<string>();
  readonly #retries = new Map<Channel, Timer>();
  readonly #failures = new Map<Channel, number>();
  readonly #whenTold: ((parcel: string) => void)[] = [];
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
    const contact = this.contactOf(recipient);
    const channels: Channel[] = [];
    if (contact?.phone) channels.push('sms');
    if (contact?.email) channels.push('email');
    return channels;
  }

  /**
   * Asks anew whether messages of a channel get out: what became of earlier ones would tell whoever
   * caused them whether there were any (R14). Calls back once, after 3 s at the latest.
   */
  probe(channel: Channel, answered: (ok: boolean) => void): void {
    let isAnswered = false;
    const once = (ok: boolean): void => {
      if (isAnswered) return;
      isAnswered = true;
      limit.cancel();
      if (ok) this.#goOn(channel);
      answered(ok);
    };
    const limit = this.#parts.clock.after(`probe ${channel}`, PROBE_MAX_MS, () => once(false));
    this.#parts.port.probe(channel, once);
  }

  /** Hands out what waits; called after each commit that queued, and again after a failure. */
  drain(): void {
    for (const channel of CHANNELS) this.#drain(channel);
  }

  /** Calls the listener when a channel has accepted that a parcel is here. */
  whenTold(listener: (parcel: string) => void): void {
    this.#whenTold.push(listener);
  }

  stop(): void {
    this.#stopped = true;
    for (const retry of this.#retries.values()) retry.cancel();
  }

  /** A channel that failed waits for its own retry and holds up no other (M13). */
  #drain(channel: Channel): void {
    if (this.#stopped || this.#retries.has(channel)) return;
    for (const notice of this.#parts.store.notices.waiting(channel, BATCH_NOTICES)) {
      if (!this.#underWay.has(notice.id)) this.#tell(notice);
    }
  }

  #tell(notice: NoticeRecord): void {
    const { vault, port } = this.#parts;
    const contact = this.contactOf(notice.recipient);
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
      this.#failures.delete(notice.channel);
      this.#accepted(notice);
    } else this.#retryLater(notice);
  }

  /** What waits for a retry need not wait any more. */
  #goOn(channel: Channel): void {
    this.#retries.get(channel)?.cancel();
    this.#retries.delete(channel);
    this.#drain(channel);
  }

  #retryLater({ id, channel }: NoticeRecord): void {
    if (this.#retries.has(channel)) return;
    const failures = (this.#failures.get(channel) ?? 0) + 1;
    this.#failures.set(channel, failures);
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (failures - 1));
    this.#parts.log.warn('notice not accepted', { notice: id, channel, retryInMs: delayMs });
    const retry = this.#parts.clock.after(`notices by ${channel}`, delayMs, () => {
      this.#retries.delete(channel);
      this.#drain(channel);
    });
    this.#retries.set(channel, retry);
  }

  #accepted(notice: NoticeRecord): void {
    const { store, clock } = this.#parts;
    store.transaction(() => {
      const acceptedAtWall = clock.wallMs();
      store.notices.put({ ...notice, tries: notice.tries + 1, sealed: null, acceptedAtWall });
      const parcel = store.parcels.get(notice.parcel);
      if (parcel === null) return;
      if (notice.kind === 'CODE_REISSUED') this.#renew(parcel, notice);
      if (parcel.hold.told || notice.kind !== 'STORED') return;
      store.parcels.put({ ...parcel, hold: { ...parcel.hold, told: true } });
      for (const listener of this.#whenTold) listener(parcel.id);
    });
  }

  /** From now on the new numbers are the parcel's; what the message held are the old ones' end. */
  #renew(parcel: ParcelRecord, { sealed, channel }: NoticeRecord): void {
    const { store, vault, recorder } = this.#parts;
    if (sealed === null || parcel.status !== 'stored') return;
    const { code, second, gen } = JSON.parse(vault.unseal(sealed)) as NoticeValues;
    store.parcels.put({
      ...parcel,
      ...(code !== undefined && { codeHash: vault.digest('code', code) }),
      // Whatever was voided meanwhile stays void.
      ...(gen !== undefined && { gen: Math.max(parcel.gen, gen) }),
      ...(second !== undefined && { secondHash: vault.digest('second', second) }),
      secondMisses: 0,
      hold: { ...parcel.hold, told: true },
    });
    recorder.record({
      t: 'code.reissued',
      slot: parcel.slot,
      parcel: parcel.id,
      data: { channel },
    });
  }

  /** How a person can be reached; null when nobody knows. */
  contactOf(recipient: string): Contact | null {
    const person = this.#parts.store.people.get(recipient);
    if (person?.contact == null) return null;
    return JSON.parse(this.#parts.vault.unseal(person.contact)) as Contact;
  }
}
