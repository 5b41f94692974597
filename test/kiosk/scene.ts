import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { announced } from '../../sim/announced.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import type { People } from '../../src/control/people.ts';
import type { Notice } from '../../src/control/ports.ts';
import type { Supervisor } from '../../src/control/supervisor.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import { keyOf } from '../../src/kiosk/keyboard.ts';
import { en } from '../../src/kiosk/messages/en.ts';
import { Panel } from '../../src/kiosk/panel.ts';
import { renderScreen } from '../../src/kiosk/render.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';
import { composed, SITE, slotOf } from './composed.ts';
import { Doors } from './doors.ts';

export const PIN = '135790';
const CARRIER = 'hermes';
export interface Stored {
  readonly parcel: ParcelRecord;
  readonly door: number;
  readonly code: string;
  readonly second: string;
}

/** A kiosk as it runs, but for its wires and its clock: real use cases over a real database. */
/** A PIN takes long on a busy machine. */
const CHECK_MAX_MS = 20_000;

export class Scene {
  readonly clock = new VirtualClock();
  readonly doors = new Doors(
    this.clock,
    SITE.slots.map((slot) => slot.id),
  );
  readonly told: Notice[] = [];
  readonly failures: string[] = [];
  readonly store: OpenStore;
  readonly panel: Panel;
  readonly people: People;
  readonly supervisor: Supervisor;
  readonly #cases: ReturnType<typeof composed>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kiosk-'));

  constructor(profile: 'normal' | 'extended' = 'normal') {
    const seal = openSeal(join(this.#folder, 'audit.key'), true);
    this.store = openStore(join(this.#folder, 'kiosk.db'), seal, systemRandom());
    this.#cases = composed(this.store, this.clock, this.doors, this.#folder, {
      told: (notice) => this.told.push(notice),
      failed: (message) => this.failures.push(message),
    });
    this.people = this.#cases.people;
    this.supervisor = this.#cases.supervisor;
    this.panel = new Panel({
      ...this.#cases,
      site: SITE,
      clock: this.clock,
      language: 'en',
      notice: () => undefined,
      profile,
    });
    this.doors.start(this.#cases.watch);
    this.clock.advance(1_000);
  }

  end(): void {
    this.panel.stop();
    this.supervisor.stop();
    this.store.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Presses digits, `#` and `*`, without haste. */
  press(keys: string): void {
    for (const char of keys.replaceAll(' ', '')) {
      const key = keyOf(char);
      if (key === null) throw new Error(`no key for "${char}"`);
      this.panel.press(key);
      this.clock.advance(0);
    }
  }

  /** Kinds and refusals of the rows to which the reference on the screen leads. */
  visit(): unknown[][] {
    const ref = this.panel.screen().ref?.value.toLowerCase() ?? 'none';
    const rows = this.store.journal.ofSession(ref, 1, 1_000_000, 100);
    return rows.map(({ t, data }) => [t, data.refusal]);
  }

  wait(ms: number): void {
    this.clock.advance(ms);
  }

  shut(door: number): void {
    this.doors.shut(slotOf(door));
    this.clock.advance(200);
  }

  /** The screen as one line of text, without its frame. */
  text(): string {
    return renderScreen(this.panel.screen())
      .map((line) => line.slice(2, -2).trim())
      .join(' ');
  }

  slot(door: number) {
    return this.supervisor.get(slotOf(door));
  }

  parcel(id: string): ParcelRecord {
    const parcel = this.store.parcels.get(id);
    if (parcel === null) throw new Error(`no parcel "${id}"`);
    return parcel;
  }

  announce(label: string, size = 'SMALL', phone = '0170111222'): ParcelRecord {
    const contact = { phone, email: `${phone}@example.org`, language: 'en' };
    const recipient = this.people.addCustomer(contact);
    return announced(this.#cases, { carrier: CARRIER, label, recipient, size });
  }

  /** A parcel that a courier has dropped before this scene begins. */
  stored(size = 'SMALL', phone = '0170111222'): Stored {
    const { sessions, deposit } = this.#cases;
    const parcel = this.announce(
      `L${this.told.length}${Math.floor(this.clock.monoMs())}`,
      size,
      phone,
    );
    const session = sessions.begin();
    const courier = { ...COURIER, carrier: CARRIER };
    const start = deposit.begin(session, courier, { kind: 'announced', parcel: parcel.id });
    if (start.kind !== 'opening') throw new Error(`not dropped: ${start.kind}`);
    this.wait(500);
    const { slot } = start.drop;
    this.doors.shut(slot);
    this.wait(500);
    this.supervisor.send(slot, { type: 'LEFT_IT' });
    sessions.end(session);
    return { parcel: this.parcel(parcel.id), door: Number(slot.slice(2)), ...this.#numbers() };
  }

  /** A courier at the keypad, signed in, on the menu. */
  async signIn(): Promise<void> {
    const staff = await this.people.addCourier(CARRIER, PIN);
    this.press(`2 ${staff} ${PIN}#`);
    await this.checked();
  }

  /** Waits for the other thread that hashes a PIN. */
  async checked(): Promise<void> {
    await vi.waitFor(() => {
      this.clock.advance(1);
      if (this.text().includes(en.common.checking)) throw new Error('still checking');
    }, CHECK_MAX_MS);
  }

  expire(id: string): void {
    this.store.parcels.put({ ...this.parcel(id), status: 'expired' });
  }

  #numbers() {
    const values = this.told.slice(-2).map((notice) => notice.values);
    const code = values.find((one) => one.code !== undefined)?.code;
    const second = values.find((one) => one.second !== undefined)?.second;
    if (code === undefined || second === undefined) throw new Error('nobody was told the numbers');
    return { code, second };
  }
}

const COURIER = {
  id: 'courier-1',
  role: 'courier',
  origin: 'kiosk',
  staffHash: null,
  pinHash: null,
  pinMisses: 0,
  totp: null,
  phoneHash: null,
  contact: null,
  needsLowSlot: false,
} as const;
