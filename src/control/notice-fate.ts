import type { NoticeRecord } from './notice-port.ts';
import type { Channel, Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** Books what becomes of notices. */
export class NoticeFate {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A channel has it; belongs into a transaction with what follows. */
  accepted(notice: NoticeRecord, channel: Channel): void {
    this.#put(notice, { channel, tries: notice.tries + 1, state: 'accepted', why: null });
    this.#note('notice.accepted', { ...notice, channel });
  }

  end(notice: NoticeRecord, state: 'failed' | 'void', why: string): void {
    this.#parts.store.transaction(() => {
      this.#put(notice, { state, why });
      this.#note(`notice.${state}`, notice, why);
    });
  }

  postpone(notice: NoticeRecord, delayMs: number, why: string, isHeldUp = false): void {
    const { store, clock } = this.#parts;
    const dueMono = clock.monoMs() + delayMs;
    store.transaction(() => store.notices.put({ ...notice, dueMono, why, isHeldUp }));
  }

  /** What waits no more is wiped. */
  #put(notice: NoticeRecord, change: Partial<NoticeRecord>): void {
    const { store, clock } = this.#parts;
    store.notices.put({ ...notice, ...change, sealed: null, endedAtWall: clock.wallMs() });
  }

  #note(t: string, { id, kind, channel, parcel }: NoticeRecord, why?: string): void {
    const data = { notice: id, kind, channel, ...(why !== undefined && { why }) };
    this.#parts.recorder.record({ t, parcel, data });
  }
}
