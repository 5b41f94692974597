import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { families, type OpenBytePort } from '../../hardware/index.ts';
import type { SimBoard } from '../../sim/boards/sim-board.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Bench } from '../app/bench-kiosk.ts';
import type { Member, Variant } from './members.ts';

const DOORS_MAX = 6;
export const BOARD = 'A';

interface Place {
  readonly folder: string;
  /** Path of the serial device, or the name of a port in memory. */
  readonly port: string;
  readonly graceSeconds: number;
}

/** The config of a kiosk with one board of the family; `L/1`, `L/2`, … on channels 1, 2, … */
export function configOf(member: Member, variant: Variant, place: Place): Config {
  const { real = {}, items = false } = variant;
  const { folder, graceSeconds } = place;
  const path = join(folder, 'lockerd.toml');
  writeFileSync(path, textOf(member, variant, place));
  const config = loadConfig(path, families);
  // What the board does besides is not the driver's to know: it looks at its own settings only.
  const buses = config.buses.map((bus) => ({
    ...bus,
    boards: bus.boards.map((board) => ({ ...board, settings: { ...board.settings, ...real } })),
  }));
  const lockers = config.lockers.map((locker) => ({
    ...locker,
    slots: locker.slots.map((slot) => ({ ...slot, occupancy: items })),
  }));
  return { ...config, buses, lockers, policy: { ...config.policy, graceSeconds } };
}

function textOf(member: Member, variant: Variant, { folder, port }: Place): string {
  const { settings = {}, channels = member.channels } = variant;
  const chosen = Object.entries(settings).map(([name, value]) => `${name} = "${value}"`);
  return `[site]
id = "KIT"
name = "The Bench"
address = "Station Road 1"
city = "Lindau"
timeZone = "Europe/Berlin"
helpPhone = "+49 8382 123456"
[database]
path = "${join(folder, 'lockerd.db')}"
[keys]
path = "${join(folder, 'device.key')}"
[[buses]]
name = "main"
port = "${port}"
[[buses.boards]]
id = "${BOARD}"
address = 1
family = "${member.family}"
channels = ${channels}
settings = { ${chosen.join(', ')} }
[[lockers]]
id = "L"
[[lockers.rows]]
from = 1
to = ${Math.min(channels, DOORS_MAX)}
size = "S"
board = "${BOARD}"
firstChannel = 1
doorContact = "closed-when-shut"
`;
}

/** Variants that differ in the driver's own settings, or in what no setting speaks of. */
export function kioskVariants({ family, variants }: Member): readonly Variant[] {
  const settings = families.get(family)?.settings ?? {};
  return variants.filter(({ real = {} }) => !Object.keys(real).some((name) => name in settings));
}

/** Bytes on their way; what is returned goes on. */
type Way = (bytes: Uint8Array) => readonly Uint8Array[];

/** A whole kiosk with one board, on virtual time, and somebody at its adapter. */
export class Site {
  readonly bench: Bench;
  readonly member: Member;
  readonly variant: Variant;
  /** What becomes of bytes on their way to the host. */
  arrive: Way = (bytes) => [bytes];
  /** Called when the host has handed over a request. */
  requested: (bytes: Uint8Array) => void = () => {};
  /** Called when the board has energised a lock. */
  pulsed: () => void = () => {};
  /** Gives bytes to the host, as if they had just come. */
  deliver: (bytes: Uint8Array) => void = () => {};

  readonly #baud: number;
  #statusCode: number | undefined;
  /** The last request. */
  #asked: Uint8Array = new Uint8Array();
  /** The last request whose echo was heard. */
  #echoed = this.#asked;

  constructor(member: Member, variant: Variant, folder: string) {
    this.member = member;
    this.variant = variant;
    const config = configOf(member, variant, { folder, port: 'main', graceSeconds: 10 });
    const baud = config.buses[0]?.baud ?? 0;
    this.#baud = baud;
    const openPort = (): OpenBytePort => this.#open;
    this.bench = new Bench({ config, folder, baud, openPort });
    if (variant.echo) this.wire.toBoards.set('echo', 1);
    this.board.watch(({ kind }) => {
      if (kind === 'pulse') this.pulsed();
    });
  }

  /** To be called while nothing goes on: the kiosk asks for the status, and for nothing else. */
  learn(): void {
    this.#statusCode = this.#asked[this.member.code.at];
  }

  /** Whether a request is none for the status; in service there are no others but unlocks. */
  isUnlock(bytes: Uint8Array): boolean {
    return bytes[this.member.code.at] !== this.#statusCode;
  }

  /** Whether this is the echo of the last request, and not a reply that looks like it. */
  isEcho(bytes: Uint8Array): boolean {
    if (!this.variant.echo || Buffer.compare(bytes, this.#asked) !== 0) return false;
    const isFirst = this.#echoed !== this.#asked;
    this.#echoed = this.#asked;
    return isFirst;
  }

  /** The time that bytes take on the wire. */
  wireMs(bytes: Uint8Array): number {
    return (bytes.length * 10_000) / this.#baud;
  }

  get wire() {
    return this.bench.kiosk.wall.bus('main').wire;
  }

  get board(): SimBoard {
    return this.bench.kiosk.wall.board(BOARD);
  }

  /** No fault any more; what is bent stays so. */
  heal(): void {
    this.bench.kiosk.wall.clearFaults();
    if (this.variant.echo) this.wire.toBoards.set('echo', 1);
    this.arrive = (bytes) => [bytes];
    this.requested = () => {};
    this.pulsed = () => {};
  }

  readonly #open: OpenBytePort = (handlers) => {
    this.deliver = handlers.bytes;
    this.bench.kiosk.port('main').open({
      ...handlers,
      bytes: (chunk) => {
        for (const bytes of this.arrive(chunk)) handlers.bytes(bytes);
      },
      opened: (port) =>
        handlers.opened({
          close: () => port.close(),
          write: (bytes, written) => {
            port.write(bytes, written);
            this.#asked = bytes;
            this.requested(bytes);
          },
        }),
    });
  };
}
