import type { Board, Event, Slot, Status } from '../../api/shapes.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Client } from '../client.ts';
import type { Watched } from './terminal.ts';
import { boardLine, cellOf, headOf, type Picture, storyLine } from './view.ts';

/** Status and boards are asked for so often; doors and events come by themselves. */
const ASK_EVERY_MS = 1_000;
const STORY_KEPT = 50;
const HELP = '▪ closed  ▯ open  · unknown  ? no answer      q quits';

/** A running kiosk, over `ro.sock`. */
export class LiveWatch implements Watched {
  readonly #client: Client;
  readonly #clock = systemClock();
  readonly #listeners = new Set<() => void>();
  /** Each with when it was told. */
  readonly #slots = new Map<string, { readonly slot: Slot; readonly toldMono: number }>();
  #head: readonly string[] = [];
  #boards: readonly string[] = [];
  #story: readonly string[] = [];
  /** The last row of the journal that was told. */
  #after = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Reads all once. @throws when there is no daemon. */
  async begin(): Promise<void> {
    await this.#ask();
    const events = await this.#client.get<Event[]>(`/events?limit=${STORY_KEPT}`);
    this.#story = events.map(storyLine);
    this.#after = events.at(-1)?.seq ?? 0;
  }

  /** Follows the kiosk until the signal, or until it is gone. */
  async follow(signal: AbortSignal): Promise<void> {
    const asking = (): void => {
      if (signal.aborted) return;
      this.#ask().then(
        () => this.#clock.after('ask', ASK_EVERY_MS, asking),
        () => {},
      );
    };
    asking();
    const slots = this.#client.follow<Slot[]>('/slots/stream', (all) => this.#told(all), {
      signal,
    });
    const events = this.#client.follow<Event>(
      `/events/stream?after=${this.#after}`,
      (row) => this.#happened(row),
      { signal },
    );
    await Promise.race([slots, events]);
  }

  picture(): Picture {
    const now = this.#clock.monoMs();
    const cells = [...this.#slots.values()].map(({ slot, toldMono }) =>
      cellOf(slot, Math.floor((now - toldMono) / 1_000)),
    );
    return { head: this.#head, cells, boards: this.#boards, story: this.#story, help: HELP };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  key(): void {}

  async #ask(): Promise<void> {
    const [status, boards] = await Promise.all([
      this.#client.get<Status>('/status'),
      this.#client.get<Board[]>('/boards'),
    ]);
    this.#head = headOf(status);
    this.#boards = boards.map(boardLine);
    this.#changed();
  }

  #told(slots: readonly Slot[]): void {
    const toldMono = this.#clock.monoMs();
    for (const slot of slots) this.#slots.set(slot.slot, { slot, toldMono });
    this.#changed();
  }

  #happened(row: Event): void {
    this.#story = [...this.#story, storyLine(row)].slice(-STORY_KEPT);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
