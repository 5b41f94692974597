import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announced } from '../../sim/announced.ts';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { Person } from '../../sim/person.ts';
import { PtyPort } from '../../sim/pty-port.ts';
import { RealClock, sleep } from '../../sim/real-clock.ts';
import type { Drop } from '../../src/control/deposit.ts';
import type { PersonRecord } from '../../src/domain/person.ts';
import type { SlotRecord } from '../../src/domain/slot.ts';
import { createLog } from '../../src/platform/log.ts';
import { ANNA, CARRIER } from '../app/bench-kiosk.ts';
import type { Member, Variant } from './members.ts';
import { BOARD, configOf } from './site.ts';

/** A start bit, eight data bits, a stop bit. */
const BITS_PER_BYTE = 10;
const LOOK_MS = 20;
const UNTIL_MS_MAX = 40_000;
/** The least that a config may have. */
const GRACE_SECONDS = 10;

/**
 * A kiosk in real time: its own serial port opens a pseudo terminal, behind which the simulated
 * wire takes the time that bytes take at the family's rate.
 */
export class TerminalStage {
  readonly clock = new RealClock();
  readonly hands = new Person(this.clock);
  readonly kiosk: EmbeddedKiosk;
  /** What one scene leaves to the next. */
  drop: Drop | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'lockerd-contract-'));
  readonly #baud: number;
  readonly #pty: PtyPort;
  readonly #courier = Promise.withResolvers<PersonRecord>();
  #labels = 20_000;

  constructor(member: Member, variant: Variant) {
    const port = join(this.#folder, 'bus');
    const place = { folder: this.#folder, port, graceSeconds: GRACE_SECONDS };
    const config = configOf(member, variant, place);
    this.#baud = config.buses[0]?.baud ?? 0;
    this.kiosk = new EmbeddedKiosk({
      ...{ clock: this.clock, config, folder: this.#folder, seed: 1, serial: true },
      log: createLog('error', { write: () => {} }),
      baud: this.#baud,
    });
    this.#pty = new PtyPort(this.kiosk.wall.bus(port).wire, port);
  }

  async start(): Promise<void> {
    const serving = Promise.withResolvers<void>();
    this.kiosk.start(() => serving.resolve());
    await serving.promise;
    const { people, store } = this.kiosk.app;
    const person = store.people.get(people.addCustomer(ANNA));
    if (person !== null) this.#courier.resolve({ ...person, role: 'courier', carrier: CARRIER });
  }

  async stop(): Promise<void> {
    const stopped = Promise.withResolvers<void>();
    this.kiosk.app.stop(() => stopped.resolve());
    await stopped.promise;
    this.#pty.unplug();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The time that bytes take on the wire. */
  wireMs(bytes: number): number {
    return (bytes * BITS_PER_BYTE * 1_000) / this.#baud;
  }

  slot(id: string): SlotRecord {
    return this.kiosk.app.supervisor.get(id);
  }

  /** How often locks were energised. */
  get pulses(): number {
    return this.kiosk.wall.board(BOARD).pulses.length;
  }

  /** The courier names a parcel, and a door is being opened for it. */
  async beginDrop(): Promise<Drop> {
    const { people, deposit, sessions } = this.kiosk.app;
    this.#labels += 1;
    const recipient = people.addCustomer(ANNA);
    const label = `AC${this.#labels}`;
    const parcel = { carrier: CARRIER, label, recipient, size: 'S' };
    const { id } = announced(this.kiosk.app, parcel);
    const brought = { kind: 'announced', parcel: id } as const;
    const start = deposit.begin(sessions.begin(), await this.#courier.promise, brought);
    if (start.kind !== 'opening') throw new Error(`the drop ended with ${start.kind}`);
    return start.drop;
  }

  /** The two numbers that were sent last. */
  numbers(): readonly [code: string, second: string] {
    const texts = [...this.kiosk.mailbox, ...this.kiosk.phone].map(({ text }) => text).join('\n');
    const last = (pattern: RegExp) => [...texts.matchAll(pattern)].at(-1)?.[1] ?? '';
    return [last(/Pickup code: (\d+)/g), last(/Second number: (\d+)/g)];
  }

  async until(what: string, isSo: () => boolean, limitMs = UNTIL_MS_MAX): Promise<void> {
    const fromMs = this.clock.monoMs();
    while (!isSo()) {
      if (this.clock.monoMs() - fromMs > limitMs) {
        const busy = this.kiosk.app.supervisor.all().map(({ id, state }) => `${id} ${state}`);
        throw new Error(`it never came to pass that ${what}; ${busy.join(', ')}`);
      }
      await sleep(LOOK_MS);
    }
  }
}
