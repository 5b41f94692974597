import { type BoardHealth, type BoardStats, Bus, type Family } from '../../hardware/index.ts';
import type { Clock, Random } from '../control/ports.ts';
import type { BusPlan } from './bus-plan.ts';

/** An address that misses so many requests in a row has no board. */
const SILENT_MAX = 2;
/** Looks at an address that answers: two boards with one address disturb each other. */
const LOOKS = 10;
/** Pace of looking, once every address was asked. */
const LOOK_EVERY_MS = 50;
const CHECK_EVERY_MS = 100;
/** Addresses from one word about the progress to the next. */
const ADDRESSES_PER_WORD = 25;
/** The most addresses of the slowest family take two thirds of this, even behind a gateway. */
const SCAN_MS_MAX = 300_000;
/** Noise that a second board with the same address makes, and a good line does not. */
const TROUBLE = ['late', 'garbage', 'checksum', 'half-frame', 'malformed', 'overlong'] as const;

/** What one address answered. */
interface AddressLook {
  readonly address: number;
  readonly family: string;
  readonly board: string | null;
  readonly sent: number;
  readonly answered: number;
  readonly troubled: number;
  readonly misfit: string | null;
}

interface Tools {
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Asks every address that the families of a bus have what is there, switching outputs off and
 * opening nothing; null when the port cannot be opened. The bus must not be open otherwise.
 */
export async function scanBus(
  plan: BusPlan,
  tools: Tools,
  progress: (asked: number, of: number) => void,
): Promise<readonly AddressLook[] | null> {
  const looks: AddressLook[] = [];
  for (const family of new Set(plan.boards.map((board) => board.family))) {
    const found = await new Promise<readonly AddressLook[] | null>((resolve) => {
      new FamilyScan(plan, family, tools, progress, resolve).start();
    });
    if (found === null) return null;
    looks.push(...found);
  }
  return looks;
}

class FamilyScan {
  readonly #plan: BusPlan;
  readonly #family: Family;
  readonly #clock: Clock;
  readonly #progress: (asked: number, of: number) => void;
  readonly #done: (looks: readonly AddressLook[] | null) => void;
  readonly #bus: Bus;
  /** Addresses by the ids that they have here. */
  readonly #addresses: ReadonlyMap<string, number>;
  readonly #health = new Map<string, { readonly health: BoardHealth; readonly why: string }>();
  #untilMs = 0;
  #told = 0;
  #hurried = false;
  #ended = false;

  constructor(
    plan: BusPlan,
    family: Family,
    { clock, random }: Tools,
    progress: (asked: number, of: number) => void,
    done: (looks: readonly AddressLook[] | null) => void,
  ) {
    this.#plan = plan;
    this.#family = family;
    this.#clock = clock;
    this.#progress = progress;
    this.#done = done;
    const { min, max } = family.addresses;
    this.#addresses = new Map(
      Array.from({ length: max - min + 1 }, (_, index) => [String(min + index), min + index]),
    );
    this.#bus = new Bus({
      ...plan,
      clock,
      firstId: random.int(0x10000),
      boards: [...this.#addresses].map(([id, address]) => ({
        ...this.#like(address),
        id,
        address,
      })),
      activePollMs: LOOK_EVERY_MS,
      on: {
        reading: () => {},
        health: (id, health, why) => this.#health.set(id, { health, why }),
        port: (up) => up || this.#end(null),
        noise: () => {},
      },
    });
  }

  start(): void {
    this.#untilMs = this.#clock.monoMs() + SCAN_MS_MAX;
    this.#bus.start();
    this.#check();
  }

  /** The board of the config at an address; elsewhere one like the first of its family. */
  #like(address: number): BusPlan['boards'][number] {
    const own = this.#plan.boards.filter(({ family }) => family === this.#family);
    const board = own.find((one) => one.address === address) ?? own[0];
    if (board === undefined) throw new RangeError(`no board of the family ${this.#family.name}`);
    return board;
  }

  #check(): void {
    if (this.#ended) return;
    const stats = this.#bus.stats();
    const asked = [...stats].filter(([id, one]) => this.#isAsked(id, one)).map(([id]) => id);
    while (asked.length >= this.#told + ADDRESSES_PER_WORD) {
      this.#told += ADDRESSES_PER_WORD;
      this.#progress(this.#told, stats.size);
    }
    const isLate = this.#clock.monoMs() >= this.#untilMs;
    if (isLate || (asked.length === stats.size && this.#isLookedAt(stats))) {
      this.#end(this.#looks(stats));
      return;
    }
    this.#clock.after('scan', CHECK_EVERY_MS, () => this.#check());
  }

  /** Whether it is known that there is a board, or that there is none. */
  #isAsked(id: string, { answered, noReply, badReply }: BoardStats): boolean {
    const health = this.#health.get(id)?.health;
    if (health === 'online' || health === 'quiet' || health === 'misfit') return true;
    return health === 'offline' || (answered === 0 && badReply === 0 && noReply >= SILENT_MAX);
  }

  /** Whether those that answer were looked at often enough; sees to it that they will be. */
  #isLookedAt(stats: ReadonlyMap<string, BoardStats>): boolean {
    const serving = [...stats].filter(([id]) => {
      const health = this.#health.get(id)?.health;
      return health === 'online' || health === 'quiet';
    });
    if (!this.#hurried) {
      for (const [id] of serving) this.#bus.hurry(id, SCAN_MS_MAX);
      this.#hurried = true;
    }
    return serving.every(([, { sent }]) => sent >= LOOKS);
  }

  #looks(stats: ReadonlyMap<string, BoardStats>): AddressLook[] {
    return [...stats].map(([id, { sent, answered, badReply, discarded }]) => {
      const address = this.#addresses.get(id) ?? 0;
      const board = this.#like(address);
      const noise = TROUBLE.reduce((sum, reason) => sum + (discarded[reason] ?? 0), 0);
      const { health, why } = this.#health.get(id) ?? {};
      return {
        address,
        family: this.#family.name,
        board: board.address === address ? board.id : null,
        sent,
        answered,
        troubled: Math.max(badReply, noise),
        misfit: health === 'misfit' ? (why ?? '') : null,
      };
    });
  }

  #end(looks: readonly AddressLook[] | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#bus.stop(() => this.#done(looks));
  }
}
