import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { announced } from '../../sim/announced.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { Allocation } from '../../src/control/allocation.ts';
import { Announcements } from '../../src/control/announcements.ts';
import { Budgets } from '../../src/control/budgets.ts';
import { Cancel } from '../../src/control/cancel.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { Collect } from '../../src/control/collect.ts';
import { Deposit } from '../../src/control/deposit.ts';
import { DoorWatch } from '../../src/control/door-watch.ts';
import { Ledger } from '../../src/control/ledger.ts';
import { Notices } from '../../src/control/notices.ts';
import { Numbers } from '../../src/control/numbers.ts';
import { OpenSlot } from '../../src/control/open-slot.ts';
import { People } from '../../src/control/people.ts';
import type { Log, Notice } from '../../src/control/ports.ts';
import { Recall } from '../../src/control/recall.ts';
import { Recorder } from '../../src/control/recorder.ts';
import { Reservations } from '../../src/control/reservations.ts';
import { Sessions } from '../../src/control/sessions.ts';
import { SignIn } from '../../src/control/sign-in.ts';
import { StaffProof } from '../../src/control/staff-proof.ts';
import { Supervisor } from '../../src/control/supervisor.ts';
import { Upkeep } from '../../src/control/upkeep.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import type { SitePlan } from '../../src/domain/site.ts';
import { slotStepper } from '../../src/domain/slot-machine.ts';
import { keyOf } from '../../src/kiosk/keyboard.ts';
import { en } from '../../src/kiosk/messages/en.ts';
import { Panel } from '../../src/kiosk/panel.ts';
import { renderScreen } from '../../src/kiosk/render.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { rfc6238 } from '../../src/platform/totp.ts';
import { openVault } from '../../src/platform/vault.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';
import { Doors } from './doors.ts';

export const PIN = '135790';
const CARRIER = 'hermes';
const SIZES = ['SMALL', 'MEDIUM', 'LARGE'] as const;

/** Compartments 1 to 3 are small, 4 and 5 medium, 6 large. */
const SITE: SitePlan = {
  kiosk: 'k1',
  name: 'Station',
  address: 'Platform 1',
  city: 'Bremen',
  timeZone: 'Europe/Berlin',
  helpPhone: '0800 1234',
  sizes: SIZES,
  limits: {},
  slots: [0, 0, 0, 1, 1, 2].map((rank, order) => ({
    id: slotOf(order + 1),
    number: order + 1,
    size: SIZES[rank] ?? '',
    rank,
    accessible: false,
    order,
  })),
};

export function slotOf(door: number): string {
  return `a/${door}`;
}

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

const DIALLING = { countryCode: '49', trunkPrefix: '0' };

const COURIER = {
  id: 'courier-1',
  role: 'courier',
  staffHash: null,
  pinHash: null,
  pinMisses: 0,
  totp: null,
  phoneHash: null,
  contact: null,
  needsLowSlot: false,
} as const;

const RULES = { holdMs: 3 * 86_400_000, remindBeforeMs: 86_400_000 } as const;

/** Takes every notice at once. */
const gateway = (told: (notice: Notice) => void) => ({
  tell(notice: Notice, accepted: (ok: boolean) => void) {
    told(notice);
    accepted(true);
  },
});

function composed(
  store: OpenStore,
  clock: VirtualClock,
  locks: Doors,
  folder: string,
  heard: { told: (notice: Notice) => void; failed: (message: string) => void },
) {
  const random = systemRandom();
  const quiet = (): void => {};
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: heard.failed };
  const vault = openVault(join(folder, 'device.key'), SITE.kiosk, true);
  const kept = new KeptClock(clock, new SimTimeSync(), store.clock.get());
  const recorder = new Recorder(store, kept, random);
  const totp = rfc6238(random);
  const people = new People({
    store,
    vault,
    totp,
    random,
    recorder,
    language: 'en',
    dialling: DIALLING,
  });
  const budgets = new Budgets(store, clock);
  const rules = { codes: 'code+otp', codeDigits: 6, secondDigits: 6 } as const;
  const judge = new Numbers({ rules, store, vault, random, budgets, recorder });
  const port = gateway(heard.told);
  const notices = new Notices({ store, vault, recorder, clock, log, port });
  const ledger = new Ledger({ store, clock, recorder, numbers: judge, notices });
  const slots = SITE.slots.map((slot) => slot.id);
  const supervisor = new Supervisor({ store, clock, log, step: slotStepper(), ledger }, slots);
  supervisor.watch(() => notices.drain());
  const sessions = new Sessions(() => recorder.newId());
  const openSlot = new OpenSlot({ supervisor, store, sessions, locks, recorder, clock });
  const all = { store, supervisor, openSlot, recorder, clock, notices, sessions, people, random };
  const allocation = new Allocation({ ...all, site: SITE, strategy: 'best-fit' });
  const reservations = new Reservations({ ...all, site: SITE, allocation });
  const announcements = new Announcements({ ...all, site: SITE, rules: RULES, reservations });
  return {
    people,
    supervisor,
    sessions,
    openSlot,
    log,
    numbers: rules,
    collect: new Collect({ ...all, numbers: judge }),
    cancel: new Cancel({ ...all, numbers: judge }),
    recall: new Recall(store, openSlot),
    signIn: new SignIn({ store, vault, budgets, recorder }),
    staffProof: new StaffProof({
      ...{ store, vault, totp, budgets, recorder, clock: kept, hatch: { isOpen: () => false } },
    }),
    upkeep: new Upkeep(all),
    announcements,
    deposit: new Deposit({ ...all, site: SITE, allocation, announcements }),
    watch: new DoorWatch(supervisor, store, log, () => {}),
  };
}
