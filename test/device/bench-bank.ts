import { families } from '../../hardware/index.ts';
import { MemoryPort } from '../../sim/memory-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { Wall } from '../../sim/wall.ts';
import { LockBank } from '../../src/device/lock-bank.ts';
import type { PulseVerdict } from '../../src/domain/slot-events.ts';

const BAUD = 115_200;
const CHANNELS = 4;
const LINE = families.get('line') ?? never();

function never(): never {
  throw new Error('no family "line"');
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A lock bank of one board of four doors on each bus, and its wall. */
export class BenchBank {
  readonly clock = new VirtualClock();
  readonly wall: Wall;
  readonly bank: LockBank;
  readonly ports = new Map<string, MemoryPort>();
  readonly logged: string[] = [];
  /** Locks of the whole wall that were on at once, at most. */
  energisedMax = 0;

  /** `supplies` has the supply of each bus; bus 1 has the board `B1` with slots `1/1` to `1/4`. */
  constructor(supplies: readonly string[], pulseMs = 500, isRestart = false) {
    const names = supplies.map((_, index) => String(index + 1));
    const random = seededRandom(1);
    const board = { address: 1, channels: CHANNELS };
    this.wall = new Wall(this.clock, random, {
      buses: names.map((name) => ({
        name,
        baud: BAUD,
        boards: [{ ...board, id: `B${name}`, family: 'line', occupancy: false }],
      })),
    });
    for (const { name, wire } of this.wall.buses) {
      this.ports.set(name, new MemoryPort(this.clock, wire));
    }
    this.wall.watch(() => {
      const doors = this.wall.boards.flatMap((one) => one.doors);
      const on = doors.filter((door) => door.isEnergised).length;
      this.energisedMax = Math.max(this.energisedMax, on);
    });
    this.bank = new LockBank({
      hatch: null,
      buses: names.map((name, index) => ({
        name,
        open: this.port(name).open,
        baud: BAUD,
        supply: supplies[index] ?? name,
        idlePollMs: 250,
        activePollMs: 40,
        boards: [{ ...board, id: `B${name}`, family: LINE, settings: {} }],
      })),
      wiring: names.flatMap((name) =>
        Array.from({ length: CHANNELS }, (_, index) => ({
          slot: `${name}/${index + 1}`,
          board: `B${name}`,
          channel: index + 1,
          contactWhenShut: 'closed' as const,
          occupancy: false,
        })),
      ),
      pulseMs,
      isRestart,
      clock: this.clock,
      random,
      log: { ...SILENT, info: (_, fields) => this.logged.push(String(fields?.verdict)) },
    });
    this.bank.start({ seen: () => {}, dark: () => {} }, () => {});
    this.clock.advance(200);
  }

  port(bus: string): MemoryPort {
    return this.ports.get(bus) ?? never();
  }

  /** Asks for a pulse; the verdict it got, so far none or one, is in the returned list. */
  pulse(slot: string): PulseVerdict[] {
    const verdicts: PulseVerdict[] = [];
    this.bank.pulse(
      slot,
      () => true,
      (verdict) => verdicts.push(verdict),
    );
    return verdicts;
  }

  /** When each board pulsed, oldest first. */
  pulses(): readonly { readonly board: string; readonly atMs: number }[] {
    return this.wall.boards
      .flatMap(({ id, pulses }) => pulses.map(({ atMs }) => ({ board: id, atMs })))
      .sort((a, b) => a.atMs - b.atMs);
  }
}
