import type { ParcelRecord } from '../domain/parcel.ts';
import type { Contact } from '../domain/person.ts';
import type { Way } from './notice-lane.ts';
import type { NoticeRecord } from './notice-port.ts';
import { NoticeSender, type SenderParts } from './notice-sender.ts';
import { numbersTaken } from './notice-taken.ts';
import { hasNumbers, type Outlook, sayingOf } from './notice-truth.ts';
import { firstWorking, waysTo } from './notice-ways.ts';
import { contactOf } from './people.ts';
import type { Channel, NoticeKind, NoticeValues, Vault } from './ports.ts';

/**
 * Over which channels a notice goes: the first that its recipient has, and another one when that
 * fails; each of them; one alone; or none, as its event stands in the journal anyway.
 */
type Route = 'first' | 'each' | Channel | 'journal';

interface NoticeRules {
  /** The first one carries codes, the second one second numbers (M8). */
  readonly order: readonly Channel[];
  /** Numbers have a way of their own: see `issue.ts`. */
  readonly routes: Readonly<Partial<Record<NoticeKind, Route>>>;
  readonly operator: Contact | null;
}

export interface Parts extends SenderParts {
  readonly vault: Vault;
  readonly rules: NoticeRules;
}

/** Makes new numbers for a parcel that go over these channels; false where that cannot be now. */
type Replace = (
  parcel: ParcelRecord,
  channels: readonly Channel[],
  refusedBy: readonly Channel[],
) => boolean;

const OPERATOR = 'operator';
/** Whoever asks for new numbers waits so long at most to be told that none can be sent. */
const PROBE_MAX_MS = 3_000;

/**
 * What people must be told. A notice is written in the transaction of its event, sealed, and handed
 * out until a channel accepts it; then its numbers are wiped.
 */
export class Notices {
  readonly #parts: Parts;
  readonly #sender: NoticeSender;
  readonly #whenTold: ((parcel: string) => void)[] = [];
  #outlookOf: (parcel: ParcelRecord) => Outlook | null = () => null;
  #replace: Replace = () => false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#sender = new NoticeSender(parts, {
      contactOf: (recipient) => this.contactOf(recipient),
      saying: (notice, parcel) => this.#saying(notice, parcel),
      accepted: (notice) => this.#accepted(notice),
      reroute: (notice) => this.#reroute(notice),
    });
    // The clock of their turns began anew.
    parts.store.transaction(() => parts.store.notices.hasten(null));
  }

  /** How stored parcels stand, once that is known. */
  outlookBy(outlookOf: (parcel: ParcelRecord) => Outlook): void {
    this.#outlookOf = outlookOf;
  }

  /** How numbers find another way, where the one that they were to go does not work. */
  replaceBy(replace: Replace): void {
    this.#replace = replace;
  }

  start(): void {
    this.#sender.start();
  }

  stop(): void {
    this.#sender.stop();
  }

  /** Tells a recipient by the route of the kind; inside the transaction of its event. */
  tell(parcel: ParcelRecord, kind: NoticeKind, values: NoticeValues = {}): void {
    for (const channel of this.#routed(kind, this.channelsOf(parcel.recipient))) {
      this.queue(parcel, kind, channel, { ref: parcel.ref, ...values });
    }
  }

  /**
   * Tells the operator by the route of the kind; inside the transaction of its event. What waits
   * to be said already is not said twice.
   */
  tellOperator(kind: NoticeKind, values: NoticeValues): void {
    const { about = values.ref ?? '', trouble = '' } = values;
    const topic = `${kind} ${about} ${trouble}`;
    const isSaid = (channel: Channel) =>
      this.#parts.store.notices.waitingOn(channel, topic) !== null;
    const channels = this.channelsOf(OPERATOR);
    const working = channels.filter((channel) => this.#works(channel));
    for (const channel of this.#routed(kind, working.length > 0 ? working : channels)) {
      if (isSaid(channel)) continue;
      const whose = { parcel: null, recipient: OPERATOR, topic };
      this.#put({ ...whose, kind, channel, refusedBy: [] }, values);
      this.#sender.drainSoon();
    }
  }

  /** Queues one notice; call it inside the transaction of its event, and `drain` after it. */
  queue(
    { id: parcel, recipient }: ParcelRecord,
    kind: NoticeKind,
    channel: Channel,
    values: NoticeValues,
    refusedBy: readonly Channel[] = [],
  ): void {
    this.#put({ parcel, recipient, topic: null, kind, channel, refusedBy }, values);
  }

  /** The channels by which somebody is told, the first one first, while these work. */
  channelsOf(recipient: string, working: readonly Channel[] = this.channels): Channel[] {
    return firstWorking(this.#waysTo(recipient), working);
  }

  #waysTo(recipient: string): Channel[] {
    const { rules, port } = this.#parts;
    return waysTo(this.contactOf(recipient), rules.order, port);
  }

  /** What this kiosk sends over, the first one first. */
  get channels(): Channel[] {
    const { rules, port } = this.#parts;
    return rules.order.filter((channel) => port.carries(channel));
  }

  /**
   * Asks anew by which of these channels messages get out: what became of earlier ones would tell
   * whoever caused them whether there were any (R14). Calls back once, after 3 s at the latest.
   */
  probe(channels: readonly Channel[], answered: (working: readonly Channel[]) => void): void {
    const said = new Map<Channel, boolean>();
    const { clock, port } = this.#parts;
    const limit = clock.after('probe of channels', PROBE_MAX_MS, () => done());
    let done = (): void => {
      done = () => {};
      limit.cancel();
      answered(channels.filter((channel) => said.get(channel)));
    };
    if (channels.length === 0) done();
    for (const channel of channels) {
      port.probe(channel, (ok) => {
        said.set(channel, ok);
        if (ok) this.#sender.tryNow(channel);
        if (said.size === channels.length) done();
      });
    }
  }

  /** Whether this kiosk has the channel at all. */
  carries(channel: Channel): boolean {
    return this.#parts.port.carries(channel);
  }

  isDown(channel: Channel): boolean {
    return this.#sender.isDown(channel);
  }

  whenChannel(watcher: (channel: Channel, isDown: boolean) => void): void {
    this.#sender.whenChannel(watcher);
  }

  /** Hands out what waits; called after each commit that queued. */
  drain(): void {
    this.#sender.drain();
  }

  /** Calls the listener when a channel has accepted that a parcel is here. */
  whenTold(listener: (parcel: string) => void): void {
    this.#whenTold.push(listener);
  }

  /**
   * Sends a notice once more, as the operator wishes: under a new id, so that nobody takes it for
   * what they have had, and with new numbers where it had numbers. False where it is not true any
   * more, or somebody is at the slot.
   */
  resend(notice: NoticeRecord, cause: string): boolean {
    const { store } = this.#parts;
    const parcel = notice.parcel === null ? null : store.parcels.get(notice.parcel);
    if (hasNumbers(notice.kind)) return parcel !== null && this.renew(parcel, cause);
    if (parcel === null || this.#saying(notice, parcel) === 'void') return false;
    store.transaction(() => {
      this.#resent(parcel, cause);
      this.queue(parcel, notice.kind, notice.channel, { ref: parcel.ref });
    });
    this.drain();
    return true;
  }

  #resent({ id: parcel, slot }: ParcelRecord, cause: string): void {
    this.#parts.recorder.record({ t: 'notice.resent', parcel, slot, cause });
  }

  /** New numbers for a stored parcel over all channels of its recipient. */
  renew(parcel: ParcelRecord, cause: string): boolean {
    const channels = this.channelsOf(parcel.recipient);
    if (channels.length === 0) return false;
    const isDone = this.#parts.store.transaction(() => {
      const isReplaced = this.#replace(parcel, channels, []);
      if (isReplaced) this.#resent(parcel, cause);
      return isReplaced;
    });
    if (isDone) this.drain();
    return isDone;
  }

  /** How somebody can be reached; null when nobody knows. */
  contactOf(recipient: string): Contact | null {
    const { rules, store, vault } = this.#parts;
    if (recipient === OPERATOR) return rules.operator;
    return contactOf(store.people.get(recipient), vault);
  }

  #routed(kind: NoticeKind, channels: readonly Channel[]): readonly Channel[] {
    const route = this.#parts.rules.routes[kind] ?? 'first';
    if (route === 'each') return channels;
    if (route === 'first') return channels.slice(0, 1);
    return channels.filter((channel) => channel === route);
  }

  #put(
    whose: Pick<NoticeRecord, 'parcel' | 'recipient' | 'topic' | 'kind' | 'channel' | 'refusedBy'>,
    values: NoticeValues,
  ): void {
    const { store, vault, recorder, clock } = this.#parts;
    const sealed = vault.seal(JSON.stringify(values));
    store.notices.put({
      ...{ id: recorder.newId(), ...whose, hasCode: values.code !== undefined },
      ...{ state: 'waiting', sealed, tries: 0, why: null },
      ...{ dueMono: 0, isHeldUp: false, createdAtWall: clock.wallMs(), endedAtWall: null },
    });
  }

  #valuesOf({ sealed }: NoticeRecord): NoticeValues {
    return sealed === null ? {} : (JSON.parse(this.#parts.vault.unseal(sealed)) as NoticeValues);
  }

  #saying(notice: NoticeRecord, parcel: ParcelRecord | null) {
    const values = this.#valuesOf(notice);
    if (notice.kind === 'CHANNEL_DOWN' && !this.isDown(values.about as Channel)) return 'void';
    const outlook = parcel?.status === 'stored' ? this.#outlookOf(parcel) : null;
    return sayingOf(notice.kind, values, parcel, outlook);
  }

  #accepted(notice: NoticeRecord): void {
    if (notice.parcel === null || !hasNumbers(notice.kind)) return;
    const isTold = numbersTaken(this.#parts, notice, this.#valuesOf(notice));
    if (isTold) for (const listener of this.#whenTold) listener(notice.parcel);
  }

  /**
   * Numbers that would meet on one channel are made anew for it; anything else just goes there.
   * What is refused here waits for another channel, even for one that is down now.
   */
  #reroute(notice: NoticeRecord): Way {
    const { store, rules, port } = this.#parts;
    const { kind, channel, recipient, refusedBy } = notice;
    const isFixed = !hasNumbers(kind) && (rules.routes[kind] ?? 'first') !== 'first';
    const others = this.#waysTo(recipient).filter(
      (one) => one !== channel && !refusedBy.includes(one) && port.carries(one),
    );
    const isRefused = refusedBy.includes(channel);
    const other = others.find((one) => this.#works(one)) ?? (isRefused ? others[0] : undefined);
    if (other === undefined || isFixed) return 'none';
    if (hasNumbers(kind)) {
      const parcel = notice.parcel === null ? null : store.parcels.get(notice.parcel);
      if (parcel === null) return 'none';
      if (!this.#replace(parcel, [other], refusedBy)) return 'later';
    } else {
      const moved = { ...notice, channel: other, tries: 0, dueMono: 0 };
      store.transaction(() => store.notices.put(moved));
    }
    this.drain();
    return 'gone';
  }

  #works(channel: Channel): boolean {
    return this.#parts.port.carries(channel) && !this.#sender.isDown(channel);
  }
}
