import { isAllocatable, type SlotRecord } from '../../src/domain/slot.ts';
import type { Site } from './site.ts';

/** The latest answers that documents of boards speak of come after a second. */
const STALE_MS = 1_500;

/**
 * Watches a kiosk for what no fault of board, wire or adapter may lead to: a second pulse for one
 * intent, a wrong slot reported open, a slot that is wrongly available.
 */
export class Watch {
  /** What was seen, in words. */
  readonly wrongs: string[] = [];
  readonly #site: Site;
  readonly #armed = new Map<string, string>();
  readonly #pulsed = new Set<string>();
  /** When a door last moved, by slot. */
  readonly #movedMs = new Map<string, number>();

  /** When the board went dark, and when it came back. */
  #darkMs = Number.POSITIVE_INFINITY;
  #backMs = Number.NEGATIVE_INFINITY;

  /** From now on, of the controller that runs now. */
  constructor(site: Site) {
    this.#site = site;
    const { kiosk, app } = site.bench;
    kiosk.wall.watch((event) => {
      if (event.board !== site.board) return;
      if (event.kind === 'door') this.#moved(`L/${event.channel}`);
      else if (event.event.kind === 'pulse') this.#pulse(`L/${event.event.channel}`);
    });
    app.supervisor.watch((slot, facts, before) => {
      const isArmed = facts.some(({ t }) => t === 'intent.armed');
      if (isArmed && slot.intent !== null) this.#armed.set(slot.id, slot.intent);
      if (slot.board !== before.board) this.#changed(slot.board === 'dark');
      if (slot.door === 'open' && before.door !== 'open') this.#reportedOpen(slot);
      this.#checkContents();
    });
  }

  /** To be called when everything has come to rest: nothing is given away that is open or full. */
  rest(): void {
    this.#checkContents();
    const { kiosk, app } = this.#site.bench;
    for (const slot of app.supervisor.all()) {
      if (isAllocatable(slot) && kiosk.door(slot.id).isOpen) {
        this.wrongs.push(`R18: ${slot.id} is given away, and its door is open`);
      }
    }
  }

  #pulse(slot: string): void {
    const intent = this.#armed.get(slot);
    if (intent === undefined) this.wrongs.push(`I1: a pulse for ${slot}, and nobody armed it`);
    else if (this.#pulsed.has(intent)) this.wrongs.push(`I2: a second pulse for ${slot}`);
    else this.#pulsed.add(intent);
  }

  #moved(slot: string): void {
    this.#movedMs.set(slot, this.#site.bench.clock.monoMs());
    this.#checkContents();
  }

  #changed(isDark: boolean): void {
    const nowMs = this.#site.bench.clock.monoMs();
    if (isDark) this.#darkMs = nowMs;
    else this.#backMs = nowMs;
  }

  /** A door whose contact is bent may be told wrongly: it is that very slot's. */
  #reportedOpen({ id, board }: SlotRecord): void {
    const { kiosk, clock } = this.#site.bench;
    const door = kiosk.door(id);
    if (door.isOpen || door.contact.fault !== 'none') return;
    const nowMs = clock.monoMs();
    // Boards that count changes tell afterwards of a door that moved while they were dark.
    const isJustBack = board === 'dark' || nowMs - this.#backMs <= STALE_MS;
    const sinceMs = (isJustBack ? Math.min(this.#darkMs, nowMs) : nowMs) - STALE_MS;
    if ((this.#movedMs.get(id) ?? Number.NEGATIVE_INFINITY) >= sinceMs) return;
    this.wrongs.push(`R5: ${id} is reported open, and is shut`);
  }

  #checkContents(): void {
    const { kiosk, app } = this.#site.bench;
    for (const slot of app.supervisor.all()) {
      const { contents } = kiosk.door(slot.id);
      if (slot.state !== 'available' || contents.length === 0) continue;
      this.wrongs.push(`R1: ${slot.id} is available, and ${contents.join(', ')} is inside`);
    }
  }
}
