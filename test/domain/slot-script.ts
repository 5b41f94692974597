import { newSlot, type SlotRecord } from '../../src/domain/slot.ts';
import type { Act, Fact, SlotEventBody } from '../../src/domain/slot-events.ts';
import { slotStepper } from '../../src/domain/slot-machine.ts';

/** Plays events to one slot, a second apart unless told, and remembers what came of them. */
export class SlotScript {
  slot: SlotRecord = newSlot('L/1');
  nowMs = 0;
  facts: Fact[] = [];
  acts: Act[] = [];
  ignored = false;
  readonly #step = slotStepper();

  constructor(occupancy: 'empty' | 'full' | 'unknown' = 'unknown') {
    this.play({ type: 'BOOT', door: 'closed', occupancy });
  }

  play(...events: readonly SlotEventBody[]): this {
    for (const event of events) {
      this.nowMs += 1_000;
      const step = this.#step(this.slot, { ...event, atMono: this.nowMs });
      this.slot = step.record;
      this.facts = [...step.facts];
      this.acts = [...step.acts];
      this.ignored = step.ignored;
    }
    return this;
  }

  wait(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  /** Lets the deadline pass, as the supervisor's timer would. */
  deadline(): this {
    this.nowMs = Math.max(this.nowMs, (this.slot.deadlineAtMono ?? this.nowMs) - 1_000);
    return this.play({ type: 'DEADLINE_PASSED' });
  }

  arm(purpose: 'drop' | 'pickup' | 'recall' | 'service', intent = `i${this.nowMs}`): this {
    return this.play({ type: 'ARM', intent, purpose });
  }

  /** The board answers the pulse that is under way. */
  pulsed(verdict: 'acknowledged' | 'unanswered' | 'refused' | 'not_sent' = 'acknowledged'): this {
    return this.play({ type: 'PULSE_RESULT', intent: this.slot.intent ?? '', verdict });
  }

  closed(occupancy: 'empty' | 'full' | 'unknown' = 'unknown'): this {
    return this.play({ type: 'DOOR_CLOSED', occupancy });
  }

  /** A parcel lies in the slot: dropped, sensed open and closed, and confirmed. */
  stored(): this {
    return this.opened('drop').closed().play({ type: 'LEFT_IT' });
  }

  /** The door stands open for this purpose. */
  opened(purpose: 'drop' | 'pickup' | 'recall'): this {
    if (purpose === 'drop') this.play({ type: 'RESERVE', parcel: 'p1' });
    return this.arm(purpose).pulsed().play({ type: 'DOOR_OPENED' });
  }

  /** Three pulses went out and were read after, and the door never moved. */
  unmoved(): this {
    for (let pulse = 0; pulse < 3; pulse += 1) {
      if (pulse > 0) this.arm(this.slot.purpose ?? 'drop');
      this.pulsed().play({ type: 'READ' }).deadline();
    }
    return this;
  }

  tags(): string[] {
    return this.facts.map((fact) => fact.t);
  }
}
