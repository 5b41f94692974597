import type { DropAnswer, SlotRecord } from '../../domain/slot.ts';
import { isBusy } from '../../domain/slot.ts';
import type { Fact, SlotEventBody } from '../../domain/slot-events.ts';
import { ASK_TO_CLOSE_MS } from '../limits.ts';
import type { Desk } from '../page.ts';
import type { Key, Screen } from '../screen.ts';

/** One visit to a compartment: the slot's record now, and what has happened since it began. */
export class Visit {
  /** The number on the door. */
  readonly door: number;
  readonly #desk: Desk;
  readonly #slot: string;
  readonly #parcel: string | null;
  readonly #happened = new Set<Fact['t']>();
  #answer: DropAnswer | null = null;
  #asksAboutDoor = false;

  constructor(desk: Desk, slot: string, parcel: string | null) {
    this.#desk = desk;
    this.#slot = slot;
    this.#parcel = parcel;
    this.door = doorOf(desk, slot);
  }

  get record(): SlotRecord {
    return this.#desk.supervisor.get(this.#slot);
  }

  /** The courier's last answer; the record forgets it when the slot comes to rest. */
  get answer(): DropAnswer | null {
    return this.#answer;
  }

  /** Whether the outcome is still open; the slot may be somebody else's already. */
  isUnderWay(): boolean {
    return isBusy(this.record) && this.record.parcel === this.#parcel;
  }

  hasHappened(fact: Fact['t']): boolean {
    return this.#happened.has(fact);
  }

  noticed(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void {
    if (after.id !== this.#slot) return;
    for (const fact of facts) this.#happened.add(fact.t);
    this.#answer = after.dropAnswer ?? before.dropAnswer ?? this.#answer;
    if (after.state !== 'open') this.#asksAboutDoor = false;
  }

  send(event: SlotEventBody): void {
    this.#desk.supervisor.send(this.#slot, event);
  }

  /** Opens the same door again, within the session that opened it. True when it is under way. */
  reopen(): boolean {
    return this.#desk.openSlot.again(this.#slot, this.#desk.session).kind === 'opening';
  }

  /** Time until the slot's own deadline, as a screen shows it. */
  secondsLeft(): { readonly secondsLeft?: number } {
    const { deadlineAtMono } = this.record;
    if (deadlineAtMono === null) return {};
    const leftMs = Math.max(0, deadlineAtMono - this.#desk.clock.monoMs());
    return { secondsLeft: Math.ceil(leftMs / 1000) };
  }

  /** "Please close the door now", once it has been open for a minute (R10a). */
  closeRequest(): { readonly lines: readonly string[]; readonly tone: 'normal' | 'warning' } {
    const { openedAtMono } = this.record;
    const now = this.#desk.clock.monoMs();
    const late = openedAtMono !== null && now - openedAtMono >= ASK_TO_CLOSE_MS;
    return late
      ? { lines: [this.#desk.texts.closing.please], tone: 'warning' }
      : { lines: [], tone: 'normal' };
  }

  /** From the next key on, the page asks whether the door really does not close. */
  askAboutDoor(): void {
    this.#asksAboutDoor = true;
  }

  /** The question about a door that does not close, or null when it is not asked. */
  doorQuestion(title: string): Screen | null {
    if (!this.#asksAboutDoor) return null;
    const { closing } = this.#desk.texts;
    return {
      title,
      lines: [closing.ask(this.door), closing.consequence],
      tone: 'warning',
      choices: [
        { key: '1', label: closing.doesNotClose },
        { key: '2', label: closing.backToDoor },
      ],
    };
  }

  /** Takes a key for that question; false when it is not asked. */
  answersAboutDoor(key: Key): boolean {
    if (!this.#asksAboutDoor) return false;
    if (key === '1') this.send({ type: 'DOES_NOT_CLOSE' });
    if (key === '1' || key === '2') this.#asksAboutDoor = false;
    return true;
  }
}

/** The number on the door of a slot. */
export function doorOf(desk: Desk, slot: string): number {
  return desk.site.slots.find((plan) => plan.id === slot)?.number ?? 0;
}
