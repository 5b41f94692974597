import { rmSync } from 'node:fs';
import { COIL_WINDOW_MS } from '../../hardware/bus/limits.ts';
import type { BytePortHandlers, OpenBytePort } from '../../hardware/index.ts';
import type { Config } from '../../src/config/config.ts';
import type { PersonRecord } from '../../src/domain/person.ts';
import { isAllocatable } from '../../src/domain/slot.ts';
import { Bench, copyKiosk, newFolder, type Sent } from './bench-kiosk.ts';

/** A kiosk that stopped with a parcel in slot 1, a cancelled one in slot 2 and one announced. */
export interface Base {
  readonly folder: string;
  readonly config: Config;
  readonly courier: PersonRecord;
  readonly stored: { readonly id: string; readonly slot: string; readonly sent: Sent };
  readonly cancelled: { readonly id: string; readonly slot: string; readonly sent: Sent };
  readonly announced: string;
  /** Rows of the journal by then. */
  readonly rows: number;
}

export async function makeBase(config: Config): Promise<Base> {
  const bench = new Bench({ folder: newFolder(), config }).start();
  const courier = await bench.courier();
  const first = bench.drop(courier);
  const stored = { id: first.parcel, slot: first.slot, sent: bench.numbers() };
  const second = bench.drop(courier, bench.announce(undefined, 'S', 'AC0022222').id);
  const cancelled = { id: second.parcel, slot: second.slot, sent: bench.numbers() };
  bench.app.cancel.byOperator(second.parcel);
  const announced = bench.announce(undefined, 'S', 'AC0033333').id;
  const rows = bench.journal().length + 1;
  bench.stop();
  return { folder: bench.folder, config, courier, stored, cancelled, announced, rows };
}

/**
 * Where the plug is pulled: after so many events of the clock, changes of slots, pulses, or doors
 * that opened, or before so many writes have left.
 */
export interface Cut {
  readonly at: 'event' | 'change' | 'write' | 'pulse' | 'opened';
  readonly count: number;
  /** Chooses what else happens: who goes on, how long it is off, whether it is cut again. */
  readonly variant: number;
}

/** What happens at the kiosk until nothing is under way any more. */
export interface Play {
  readonly parcel: (base: Base) => string;
  /** Begins the visit; hands and answers follow on the clock, answers while `isOn`. */
  readonly begin: (bench: Bench, base: Base, isOn: () => boolean) => void;
  readonly lastsMs: number;
}

/** What the world looked like when the kiosk had come to rest after a cut. */
interface Aftermath {
  readonly bench: Bench;
  readonly base: Base;
  /** False when the visit was over before the cut came. */
  readonly wasCut: boolean;
  readonly cutMs: number;
  readonly pulsesAtRestart: number;
}

/** Longer than an open door, the question after it and the grace together. */
const SETTLE_MS = 5 * 60_000;
/** Off for less than a pulse, for less than a visit, or for longer than both. */
const OFF_MS = [50, 2_000, 120_000];
/** People go on, walk off, or go on while the boards lose their power as well. */
const WORLDS = ['goes on', 'walks off', 'mains', 'goes on'];
/** After the restart the power goes again, before or after the boards were read; or not. */
const AGAIN_MS = [null, null, 5, 30, 12_000];

/** Plays it, cuts the power there, switches on again and waits for rest. */
export function playAndCut(base: Base, play: Play, cut: Cut): Aftermath {
  const folder = newFolder();
  copyKiosk(base.folder, folder);
  const cutter = new Cutter(cut);
  const bench = new Bench({
    folder,
    config: base.config,
    seed: 2,
    openPort: (_wall, bus) => cutter.tapped(() => bench.kiosk.port(bus).open),
  });
  bench.fill(base.stored.slot, base.stored.id);
  bench.fill(base.cancelled.slot, base.cancelled.id);
  bench.start();
  // The kiosk of the base has pulsed: its coils cool down, and then the visit begins.
  bench.wait(COIL_WINDOW_MS);
  cutter.arm(bench);
  const { store } = bench.app;
  play.begin(bench, base, () => !cutter.isCut);
  cutter.run(bench, play.lastsMs);
  const cutMs = bench.clock.monoMs();
  if (!cutter.isCut) bench.kiosk.cutPower();
  store.close();
  const pulsesAtRestart = comeBack(bench, cut.variant);
  bench.wait(SETTLE_MS);
  return { bench, base, wasCut: cutter.isCut, cutMs, pulsesAtRestart };
}

/** Switches on again, perhaps twice; gives the pulses up to the first time. */
function comeBack(bench: Bench, variant: number): number {
  const { boards } = bench.kiosk.wall;
  const world = chosen(WORLDS, variant);
  const againMs = chosen(AGAIN_MS, variant);
  if (world === 'walks off') bench.hands.walksOff();
  if (world === 'mains') for (const board of boards) board.powerOff();
  bench.wait(chosen(OFF_MS, variant));
  if (world === 'mains') for (const board of boards) board.powerOn();
  const pulses = bench.pulses();
  if (againMs !== null) {
    bench.kiosk.start();
    bench.wait(againMs);
    bench.cut();
    bench.wait(1_000);
  }
  bench.start();
  return pulses;
}

function chosen<T>(choices: readonly T[], variant: number): T {
  return choices[variant % choices.length] as T;
}

/** The kiosk of an aftermath is no longer needed. */
export function clearUp({ bench }: Aftermath): void {
  bench.stop();
  rmSync(bench.folder, { recursive: true, force: true });
}

/** What any cut may leave, and nothing else; empty when all is as the rules say. */
export function faultsOf(after: Aftermath, parcelId: string): string[] {
  const { bench, base } = after;
  const rows = bench.journal().slice(base.rows);
  const faults: string[] = [];
  const pulsed = bench.pulses();
  const armed = rows.filter((row) => row.t === 'intent.armed').length;
  if (pulsed !== after.pulsesAtRestart) faults.push('R21: a pulse after the restart by itself');
  if (pulsed > armed) faults.push(`I1, I2: ${pulsed} pulses for ${armed} intents`);
  for (const t of ['parcel.stored', 'parcel.retrieved', 'parcel.recalled']) {
    const times = rows.filter((row) => row.t === t && row.parcel === parcelId).length;
    if (times > 1) faults.push(`I4: ${t} is booked ${times} times`);
  }
  return [...faults, ...falseBeliefs(bench), ...lostParcels(bench, base)];
}

/** Slots that could be given away and are not closed and empty (R1, R2, R18). */
function falseBeliefs(bench: Bench): string[] {
  return bench.app.supervisor.all().flatMap((slot) => {
    const door = bench.kiosk.door(slot.id);
    if (!isAllocatable(slot)) return [];
    const faults = [];
    if (door.contents.length > 0) faults.push(`R1: ${slot.id} is available and full`);
    if (door.isOpen) faults.push(`R18: ${slot.id} is available and open`);
    return faults;
  });
}

/** Parcels that lie in a slot which neither their record nor the slot's knows of. */
function lostParcels(bench: Bench, base: Base): string[] {
  return [base.stored.id, base.cancelled.id, base.announced].flatMap((id) => {
    const record = bench.parcel(id);
    const where = bench.app.supervisor
      .all()
      .find((slot) => bench.kiosk.door(slot.id).contents.includes(id));
    if (where === undefined) {
      return record.status === 'stored' && id === base.announced
        ? [`R16a: parcel ${id} is booked in and was never put in`]
        : [];
    }
    if (record.slot === where.id) return [];
    const named = bench.app.store.journal.of(id).some((row) => row.slot === where.id);
    return named && where.bar !== null ? [] : [`R2: parcel ${id} in ${where.id} is lost`];
  });
}

/** Pulls the plug once, at the place it was told. */
class Cutter {
  readonly #cut: Cut;
  #left = Number.POSITIVE_INFINITY;
  #bench: Bench | undefined;
  isCut = false;

  constructor(cut: Cut) {
    this.#cut = cut;
  }

  arm(bench: Bench): void {
    this.#bench = bench;
    this.#left = this.#cut.count;
    bench.app.supervisor.watch(() => this.#count('change'));
    bench.kiosk.wall.watch(({ event }) => {
      if (event === 'opened') this.#count('opened');
      else if (typeof event === 'object' && event.kind === 'pulse') this.#count('pulse');
    });
  }

  run(bench: Bench, forMs: number): void {
    bench.clock.runUntil(() => this.isCut || this.#count('event'), forMs);
    this.#left = Number.POSITIVE_INFINITY;
  }

  /** The port, but the plug is pulled before the bytes of the write that was meant. */
  tapped(open: () => OpenBytePort): OpenBytePort {
    return (handlers: BytePortHandlers) =>
      open()({
        ...handlers,
        opened: (port) =>
          handlers.opened({
            close: () => port.close(),
            write: (bytes, written) => {
              const wasCut = this.isCut;
              this.#count('write');
              if (this.isCut === wasCut) port.write(bytes, written);
            },
          }),
      });
  }

  #count(at: Cut['at']): boolean {
    if (at !== this.#cut.at || this.isCut) return false;
    this.#left -= 1;
    if (this.#left >= 0) return false;
    this.isCut = true;
    this.#bench?.kiosk.cutPower();
    return true;
  }
}
