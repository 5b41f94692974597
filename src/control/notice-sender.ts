import { DAY_MS } from '../domain/hold.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { Contact } from '../domain/person.ts';
import { backOffMs } from './channel-breaker.ts';
import { NoticeFate } from './notice-fate.ts';
import {
  type Answer,
  isOn,
  type Lane,
  mayBeBooked,
  newLane,
  roomOn,
  type Way,
} from './notice-lane.ts';
import type { NoticeRecord } from './notice-port.ts';
import { isCapped } from './notice-truth.ts';
import {
  CHANNELS,
  type Channel,
  type Clock,
  type Fate,
  type Log,
  type NoticePort,
  type NoticeValues,
  type Random,
  type Timer,
} from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

export interface SenderParts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly port: NoticePort;
  /** Notices that one recipient is sent within a day. */
  readonly perDay: number;
}

/** What the queue knows of its notices, and the sender does not. */
interface Queue {
  contactOf(recipient: string): Contact | null;
  /** What the notice says now; or that it must wait, or is not true any more. */
  saying(notice: NoticeRecord, parcel: ParcelRecord | null): NoticeValues | 'wait' | 'void';
  /** A channel has it: books what follows; inside the transaction. */
  accepted(notice: NoticeRecord): void;
  /** Finds another way for what its channel refuses, or for long was not able to take. */
  reroute(notice: NoticeRecord): Way;
}

/** Handed out in one go; then others have their turn. */
const BATCH_NOTICES = 32;
/** What could not be said just now is looked at again after this. */
const WAIT_MS = 300_000;
/** Who had the notices of a day is told of more later; of numbers at once, as of no use later. */
const CAPPED_MS = 3_600_000;
/** A channel that is down for so long is gone round where that can be. */
const REROUTE_AFTER_MS = 900_000;
/** What is not taken in so many tries, over more than an hour, while others are, is given up. */
const TRIES_MAX = 16;
const WAKE_MIN_MS = 100;
/** Longer than any channel waits for its server. */
const ANSWER_MS_MAX = 120_000;

/** Hands out what waits, each notice over its channel, until the channel has accepted it (M13). */
export class NoticeSender {
  readonly #parts: SenderParts;
  readonly #queue: Queue;
  readonly #fate: NoticeFate;
  readonly #lanes: Readonly<Record<Channel, Lane>>;
  readonly #timers = new Map<string, Timer>();
  readonly #watchers: ((channel: Channel, isDown: boolean) => void)[] = [];
  #stopped = false;

  constructor(parts: SenderParts, queue: Queue) {
    this.#parts = parts;
    this.#queue = queue;
    this.#fate = new NoticeFate(parts);
    const { clock, random } = parts;
    const lanes = CHANNELS.map((channel) => [channel, newLane(channel, clock, random)] as const);
    this.#lanes = Object.fromEntries(lanes) as Record<Channel, Lane>;
  }

  /** Messages seem to get out: what the channel holds up need not wait any more. */
  tryNow(channel: Channel): void {
    const lane = this.#lanes[channel];
    lane.breaker.tryNow();
    this.#parts.store.transaction(() => this.#parts.store.notices.hasten(channel));
    this.#drain(lane);
  }

  isDown(channel: Channel): boolean {
    return this.#lanes[channel].breaker.isOpen;
  }

  /** Calls the watcher when a channel goes down, and when it is back. */
  whenChannel(watcher: (channel: Channel, isDown: boolean) => void): void {
    this.#watchers.push(watcher);
  }

  /** What waits for a channel that the config has no more goes another way. */
  start(): void {
    for (const channel of CHANNELS) {
      if (!this.#parts.port.carries(channel)) this.#reroute(this.#lanes[channel], '');
    }
    this.drain();
  }

  drain(): void {
    for (const channel of CHANNELS) this.#drain(this.#lanes[channel]);
  }

  /** Once whoever queues now has committed. */
  drainSoon(): void {
    this.#after('soon', 0, () => this.drain());
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
  }

  #drain(lane: Lane): void {
    if (this.#stopped || lane.isDraining || !this.#parts.port.carries(lane.channel)) return;
    lane.isDraining = true;
    try {
      let left = BATCH_NOTICES;
      for (let sent = -1; sent !== 0 && left > 0; left -= sent) sent = this.#some(lane, left);
      this.#wake(lane, left <= 0);
    } finally {
      lane.isDraining = false;
    }
  }

  /** Hands out what fits into the window; gives how many were looked at. */
  #some(lane: Lane, most: number): number {
    const { store, clock } = this.#parts;
    const { channel, underWay } = lane;
    const room = Math.min(most, roomOn(lane));
    if (room <= 0) return 0;
    const due = store.notices
      .due(channel, clock.monoMs(), room + underWay.size)
      .filter(({ id }) => !underWay.has(id))
      .slice(0, room);
    let looked = 0;
    for (const notice of due) {
      if (roomOn(lane) <= 0) break;
      this.#send(notice);
      looked += 1;
    }
    return looked;
  }

  /** Answers bring the next ones by themselves; with none under way a timer does. */
  #wake(lane: Lane, hasMore: boolean) {
    const { channel, breaker, underWay } = lane;
    if (hasMore) return this.#after(channel, 0, () => this.#drain(lane));
    if (underWay.size > 0) return;
    const dueMono = this.#parts.store.notices.nextDueMono(channel);
    if (dueMono === null) return;
    const untilDueMs = dueMono - this.#parts.clock.monoMs();
    const delayMs = Math.max(WAKE_MIN_MS, breaker.waitMs, untilDueMs);
    this.#after(channel, delayMs, () => this.#drain(lane));
  }

  #send(notice: NoticeRecord) {
    const { store, port, clock } = this.#parts;
    const { id, kind, channel, recipient, refusedBy } = notice;
    const contact = this.#queue.contactOf(recipient);
    if (contact === null && channel !== 'cloud')
      return this.#fate.end(notice, 'void', 'no contact');
    const parcel = notice.parcel === null ? null : store.parcels.get(notice.parcel);
    const values = this.#queue.saying(notice, parcel);
    if (values === 'void') return this.#fate.end(notice, 'void', 'not true any more');
    if (values === 'wait') return this.#fate.postpone(notice, WAIT_MS, 'cannot be collected now');
    // It waits for another way alone.
    if (refusedBy.includes(channel)) return this.#refused(notice, notice.why ?? 'refused');
    if (isCapped(kind) && this.#hadEnough(recipient))
      return this.#fate.postpone(notice, CAPPED_MS, 'daily limit');
    const lane = this.#lanes[channel];
    lane.underWay.add(id);
    const told = (fate: Fate, why: string = fate): void => {
      limit.cancel();
      if (this.#stopped || !lane.underWay.has(id) || lane.answers.has(id)) return;
      lane.answers.set(id, { fate, why });
      // The next ones are on their way while this is brought to disk.
      if (fate === 'accepted') this.#drain(lane);
      if (mayBeBooked(lane) || fate !== 'accepted') this.#book(lane);
      else this.#after(`answers by ${channel}`, 0, () => this.#book(lane));
    };
    // A place in the window must not be lost to an answer that never comes.
    const limit = clock.after('notice answered', ANSWER_MS_MAX, () => told('down', 'no answer'));
    try {
      port.tell(
        { ...{ id, kind, channel, recipient }, parcel: notice.parcel, contact, values },
        told,
      );
    } catch (error) {
      // It would be thrown again at each start: one message must not stop the kiosk.
      told('refused', error instanceof Error ? error.name : 'not sent');
    }
  }

  #hadEnough(recipient: string): boolean {
    const { store, clock, perDay } = this.#parts;
    return store.notices.sentSince(recipient, clock.wallMs() - DAY_MS) >= perDay;
  }

  /** What was accepted at once is one commit: that takes longer than any message. */
  #book(lane: Lane): void {
    const answers = [...lane.answers];
    lane.answers.clear();
    const taken = answers.filter(([, { fate }]) => fate === 'accepted');
    if (taken.length > 0) this.#worked(lane);
    this.#parts.store.transaction(() => {
      for (const [id] of taken) if (lane.underWay.delete(id)) this.#accepted(id, lane.channel);
    });
    for (const [id, answer] of answers)
      if (lane.underWay.delete(id)) this.#missed(id, lane, answer);
    this.#drain(lane);
  }

  #missed(id: string, lane: Lane, { fate, why }: Answer) {
    const { store, log } = this.#parts;
    const { channel, breaker } = lane;
    if (fate === 'down') this.#failed(lane, why);
    else this.#worked(lane);
    const notice = store.notices.get(id);
    if (notice === null || !isOn(channel, notice)) return;
    log.warn('notice not accepted', { notice: id, channel, fate, why });
    // While nothing gets through, that is not the message's fault; others find out first.
    const isDown = fate === 'down';
    if (isDown && breaker.isOpen) return this.#fate.postpone(notice, breaker.waitMs, why, true);
    const tried = { ...notice, tries: notice.tries + 1 };
    if (fate === 'refused' || tried.tries >= TRIES_MAX) return this.#refused(tried, why);
    this.#fate.postpone(tried, backOffMs(tried.tries, this.#parts.random), why, isDown);
  }

  #accepted(id: string, channel: Channel): void {
    const notice = this.#parts.store.notices.get(id);
    if (notice === null) return;
    // What was replaced while it was under way reached somebody all the same.
    this.#fate.accepted(notice, channel);
    if (isOn(channel, notice)) this.#queue.accepted(notice);
  }

  #refused(notice: NoticeRecord, why: string): void {
    const refusedBy = [...new Set([...notice.refusedBy, notice.channel])];
    const way = this.#queue.reroute({ ...notice, refusedBy });
    if (way === 'later') this.#fate.postpone({ ...notice, refusedBy }, WAIT_MS, why);
    if (way === 'none') this.#fate.end({ ...notice, refusedBy }, 'failed', why);
  }

  #worked({ channel, breaker }: Lane): void {
    if (!breaker.worked()) return;
    this.#turned(channel, 'channel.up', {});
    this.#parts.store.transaction(() => this.#parts.store.notices.hasten(channel));
  }

  #failed(lane: Lane, why: string): void {
    if (lane.breaker.failed()) this.#turned(lane.channel, 'channel.down', { why });
    if (lane.breaker.openForMs >= REROUTE_AFTER_MS) this.#reroute(lane, '');
  }

  #turned(channel: Channel, t: string, data: Readonly<Record<string, string>>): void {
    const { store, recorder, log } = this.#parts;
    log.warn(t, { channel, ...data });
    store.transaction(() => recorder.record({ t, data: { channel, ...data } }));
    for (const watcher of this.#watchers) watcher(channel, t === 'channel.down');
  }

  /** Some of what waits behind a dead channel goes another way, page by page. */
  #reroute(lane: Lane, behind: string): void {
    const { channel, underWay } = lane;
    const page = this.#parts.store.notices.waitingAfter(channel, behind, BATCH_NOTICES);
    for (const notice of page) if (!underWay.has(notice.id)) this.#queue.reroute(notice);
    const last = page.at(-1);
    if (last === undefined || page.length < BATCH_NOTICES) return;
    this.#after(`reroute ${channel}`, 0, () => this.#reroute(lane, last.id));
  }

  #after(name: string, delayMs: number, fire: () => void): void {
    this.#timers.get(name)?.cancel();
    if (this.#stopped) return;
    this.#timers.set(name, this.#parts.clock.after(`notices by ${name}`, delayMs, fire));
  }
}
