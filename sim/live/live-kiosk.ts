import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, readConfig } from '../../src/app.ts';
import type { Log, LogFields, Timer } from '../../src/control/ports.ts';
import type { SimClock } from '../clock.ts';
import type { Door } from '../door.ts';
import { EmbeddedKiosk } from '../embedded.ts';
import { PtyPort } from '../pty-port.ts';
import { type HandKey, handle, keepDoors, restoreDoors } from './hands.ts';
import { readKept, writeKept } from './kept.ts';
import { COURIER_PIN, isOf, ownerOf, Players } from './players.ts';
import { type DoorView, doorView, type LiveView, messageViews } from './view.ts';

const MESSAGES_KEPT_MAX = 20;
const STOP_MAX_MS = 2_000;
const SEEDS = 2 ** 31;

/** What a key of the arrows does to the selection: columns to the right, doors down. */
export type Way = 'left' | 'right' | 'up' | 'down';

/** The embedded kiosk in real time, behind pseudo terminals, with one pair of hands. */
export class LiveKiosk {
  readonly #clock: SimClock;
  readonly #kept: string;
  readonly #links = mkdtempSync(join(tmpdir(), 'lockerd-live-'));
  readonly #kiosk: EmbeddedKiosk;
  readonly #ptys: readonly PtyPort[];
  readonly #listeners = new Set<() => void>();
  #doors: ReadonlyMap<string, Door> = new Map();
  #columns: readonly (readonly string[])[] = [];
  #players: Players | undefined;
  #selected = '';
  #note = '';
  #turn: Timer | null = null;
  #stopped = false;

  /** Keeps everything in `folder`. */
  constructor(folder: string, clock: SimClock) {
    this.#clock = clock;
    this.#kept = join(folder, 'kept.json');
    const read = readConfig(new URL('../embedded.toml', import.meta.url).pathname);
    const buses = read.buses.map((bus) => ({ ...bus, port: join(this.#links, bus.name) }));
    this.#kiosk = new EmbeddedKiosk({
      clock,
      config: { ...read, buses },
      folder,
      // Numbers must not come again at the next start: the database is still there.
      seed: clock.wallMs() % SEEDS,
      log: this.#log(),
      baud: buses[0]?.baud ?? 0,
      serial: true,
      onMessage: () => this.#changed(),
    });
    this.#ptys = this.#kiosk.wall.buses.map(({ name, wire }) => new PtyPort(wire, name));
  }

  /**
   * Switches the kiosk on and gives its keypad once it serves.
   * @throws an error with an `exitStatus` when the kiosk refuses to start, such as a second one.
   */
  async start(): Promise<ReturnType<App['newPanel']>> {
    const serving = Promise.withResolvers<void>();
    this.#kiosk.start(() => serving.resolve());
    const { site, supervisor } = this.#kiosk.app;
    this.#doors = new Map(site.slots.map(({ id }) => [id, this.#kiosk.door(id)]));
    this.#columns = site.sizes.map((size) =>
      site.slots.filter((slot) => slot.size === size).map(({ id }) => id),
    );
    this.#selected = site.slots[0]?.id ?? '';
    const kept = readKept(this.#kept);
    const known = kept !== null && isOf(this.#kiosk, kept) ? kept : null;
    if (known !== null) {
      // Before the first reading of the boards: the wall stood there all the time.
      restoreDoors(this.#doors, known.doors);
      this.#kiosk.phone.push(...known.phone);
      this.#kiosk.mailbox.push(...known.mailbox);
    }
    this.#players = await Players.meet(this.#kiosk, known);
    this.#watchDoors();
    supervisor.watch(() => this.#changed());
    await serving.promise;
    this.#note = '';
    this.#changed();
    return this.#kiosk.app.newPanel();
  }

  /** Stops the controller, which closes its ports and its database, and then the wall. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#turn?.cancel();
    this.#keep();
    const stopped = Promise.withResolvers<void>();
    const timer = this.#clock.after('stop', STOP_MAX_MS, () => stopped.resolve());
    this.#kiosk.app.stop(() => stopped.resolve());
    await stopped.promise;
    timer.cancel();
    this.unplug();
  }

  /** Closes the pseudo terminals. */
  unplug(): void {
    for (const pty of this.#ptys) pty.unplug();
    rmSync(this.#links, { recursive: true, force: true });
  }

  /** Calls the listener after changes. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  view(): LiveView {
    const { phone, mailbox } = this.#kiosk;
    const { staff = '', announced = [] } = this.#players?.part ?? {};
    return {
      columns: this.#columns.map((column) => column.map((slot) => this.#doorView(slot))),
      staff,
      pin: COURIER_PIN,
      announced,
      phone: messageViews(phone, ownerOf),
      mailbox: messageViews(mailbox, ownerOf),
      note: this.#note,
    };
  }

  /** The hands do something to the selected door. */
  hand(key: HandKey): void {
    const door = this.#doors.get(this.#selected);
    if (door === undefined) return;
    const happened = handle(key, door, this.#thing());
    this.#note = `Door ${this.#number(this.#selected)}: ${happened}.`;
    this.#changed();
  }

  /** Selects the next door that way, if there is one. */
  select(way: Way): void {
    const column = this.#columns.findIndex((slots) => slots.includes(this.#selected));
    const row = this.#columns[column]?.indexOf(this.#selected) ?? 0;
    const across = { left: -1, right: 1, up: 0, down: 0 }[way];
    const along = { left: 0, right: 0, up: -1, down: 1 }[way];
    this.#selected = this.#columns[column + across]?.[row + along] ?? this.#selected;
    this.#changed();
  }

  #watchDoors(): void {
    for (const [slot, door] of this.#doors) {
      door.watch((event) => {
        if (event === 'opened') {
          this.#selected = slot;
          this.#note = `Door ${this.#number(slot)}: springs open after the pulse.`;
        }
        this.#changed();
      });
    }
  }

  /** What hands put in: the parcel that the kiosk expects there, or anything. */
  #thing(): string {
    const { store, supervisor } = this.#kiosk.app;
    const { parcel } = supervisor.get(this.#selected);
    if (parcel === null) return 'some thing';
    const { label = null, ref = '' } = store.parcels.get(parcel) ?? {};
    return label ?? `parcel ${ref}`;
  }

  #doorView(slot: string): DoorView {
    const { site, supervisor } = this.#kiosk.app;
    const plan = site.slots.find(({ id }) => id === slot);
    const door = this.#doors.get(slot);
    if (plan === undefined || door === undefined) throw new RangeError(`no slot "${slot}"`);
    return doorView(plan, door, supervisor.get(slot), slot === this.#selected);
  }

  #number(slot: string): number {
    return this.#kiosk.app.site.slots.find(({ id }) => id === slot)?.number ?? 0;
  }

  /** In a turn of its own: changes come in bursts, and from inside the slot machine. */
  #changed(): void {
    if (this.#stopped) return;
    this.#turn ??= this.#clock.after('live turn', 0, () => {
      this.#turn = null;
      this.#players?.fillCart();
      this.#keep();
      for (const listener of this.#listeners) listener();
    });
  }

  #keep(): void {
    if (this.#players === undefined) return;
    const { phone, mailbox } = this.#kiosk;
    writeKept(this.#kept, {
      ...this.#players.part,
      phone: phone.slice(-MESSAGES_KEPT_MAX),
      mailbox: mailbox.slice(-MESSAGES_KEPT_MAX),
      doors: keepDoors(this.#doors),
    });
  }

  /** Only what an operator should look at, in the line where the hands' doings are told. */
  #log(): Log {
    const tell = (message: string, fields: LogFields = {}): void => {
      this.#note = `Log: ${message} ${JSON.stringify(fields)}`;
      this.#changed();
    };
    return { debug: () => {}, info: () => {}, warn: tell, error: tell };
  }
}
