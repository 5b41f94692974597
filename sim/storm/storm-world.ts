import type { ParcelRecord } from '../../src/domain/parcel.ts';
import type { PersonRecord } from '../../src/domain/person.ts';
import { describeEvent } from '../describe.ts';
import type { Door } from '../door.ts';
import { EmbeddedKiosk } from '../embedded.ts';
import { VirtualClock } from '../virtual-clock.ts';
import type { WallEvent } from '../wall.ts';
import { StormCloud } from './cloud/storm-cloud.ts';
import { type Dice, diceOf } from './dice.ts';
import { Inspector } from './inspector.ts';
import { Keypads } from './keypads.ts';
import { Mains } from './mains.ts';
import { type Letter, Post, town } from './people/post.ts';
import { Rarities } from './rarities.ts';
import type { Scene, Trouble } from './scene.ts';
import { stormSite } from './site.ts';
import { type Happening, Tally } from './sometimes.ts';
import { type Commit, tapStore } from './store-tap.ts';
import { inspectedLog, tappedPort, tapSignIn } from './taps.ts';
import { Trace } from './trace.ts';
import { Wiring } from './wiring.ts';

export interface StormOptions {
  readonly seed: number;
  readonly hours: number;
  readonly troubles: readonly Trouble[];
  readonly folder: string;
  /** Breaks something of each controller that starts, to see whether it is noticed. */
  readonly sabotage?: (kiosk: EmbeddedKiosk) => void;
}

export interface Violation {
  readonly rule: string;
  readonly how: string;
  readonly atMs: number;
}

const HOUR_MS = 3_600_000;
/** So long before the end all faults stop, and nobody comes any more. */
export const CALM_MS = 780_000;
const LATE_MS = 420_000;
const PEOPLE = 12;
const BAUD = 115_200;
/** One seed in so many has a cloud: it takes a third more time. */
const CLOUDED = 4;
/** Of sign-ins with the right PIN, so many are computed; the others would only take time. */
const COMPUTED = 0.01;

/** One kiosk, its wall, its mains and everybody's view of them, under inspection. */
export class StormWorld implements Scene {
  readonly clock = new VirtualClock();
  readonly tally = new Tally();
  readonly trace = new Trace(this.clock);
  readonly kiosk: EmbeddedKiosk;
  readonly keypads: Keypads;
  readonly post: Post;
  readonly mains: Mains;
  readonly inspector: Inspector;
  readonly cloud: StormCloud | null;
  /** Rows of the journal by their kind. */
  readonly rows = new Map<string, number>();
  violation: Violation | null = null;
  /** What another thread computes; virtual time stands still meanwhile. */
  computing: Promise<unknown>[] = [];
  readonly endMs: number;
  readonly #options: StormOptions;
  readonly #rarities: Rarities;
  readonly #signIns: Dice;
  readonly #wiring: Wiring;
  /** One for each time that the controller was started. */
  readonly #lives: { isOver: boolean }[] = [];
  #courier: PersonRecord | null = null;
  #latestWallMs = 0;

  constructor(options: StormOptions, arrived: (letter: Letter) => void) {
    const { seed, folder, hours } = options;
    this.#options = options;
    this.endMs = hours * HOUR_MS;
    const site = stormSite(folder, diceOf(seed, 'site'));
    this.cloud = this.has('cloud') && seed % CLOUDED === 0 ? this.#newCloud(site.site.id) : null;
    const config = { ...site, ...(this.cloud && { cloud: this.cloud.config }) };
    this.#signIns = this.dice('sign-in');
    const log = inspectedLog(
      () => this.inspector.secrets,
      (rule, how) => this.fail(rule, how),
    );
    this.kiosk = new EmbeddedKiosk({
      ...{ clock: this.clock, config, folder, seed, log, baud: BAUD },
      onMessage: () => this.#delivered(),
      openPort: (_wall, bus) => tappedPort(this.kiosk.port(bus).open, () => this.mains.cutsWrite()),
      ...(this.cloud && { openBroker: this.cloud.open }),
    });
    this.#wiring = new Wiring(config, this.kiosk);
    this.post = new Post(town(PEOPLE), arrived);
    const monoMs = () => this.clock.monoMs();
    this.keypads = new Keypads(monoMs, () => this.pressed());
    this.#rarities = new Rarities((what) => this.mark(what), monoMs, this.cloud);
    this.inspector = new Inspector({
      monoMs,
      wiring: this.#wiring,
      cloud: this.cloud,
      fail: (rule, how) => this.fail(rule, how),
      isCalm: () => this.isCalm(),
    });
    for (const { phone, email } of this.post.addressees) {
      this.keepSecret(phone, phone.replace(/\D/g, ''), ...(email === null ? [] : [email]));
    }
    this.mains = new Mains({
      ...{ clock: this.clock, kiosk: this.kiosk, dice: this.dice('cut') },
      hasCuts: this.has('cut'),
      say: (line) => this.say(line),
      isCalm: () => this.isCalm(),
      began: () => this.#began(),
      served: () => this.#served(),
      ended: (wasCut) => this.#ended(wasCut),
    });
    this.kiosk.wall.watch((event) => this.#happened(event));
  }

  isCalm(): boolean {
    return this.clock.monoMs() >= this.endMs - CALM_MS;
  }

  isLate(): boolean {
    return this.clock.monoMs() >= this.endMs - LATE_MS;
  }

  get slots(): readonly string[] {
    return this.#wiring.slots;
  }

  isServing(): boolean {
    return this.mains.isServing;
  }

  parcelOf(ref: string): ParcelRecord | undefined {
    return this.inspector.parcelOf(ref);
  }

  areOfOnePerson(ref: string, other: string): boolean {
    return this.parcelOf(ref)?.recipient === this.parcelOf(other)?.recipient;
  }

  has(trouble: Trouble): boolean {
    return this.#options.troubles.includes(trouble);
  }

  dice(purpose: string): Dice {
    return diceOf(this.#options.seed, purpose);
  }

  door(number: number): Door {
    return this.doorOf(this.slots[number - 1] ?? '');
  }

  doorOf(slot: string): Door {
    return this.#wiring.doorOf(slot);
  }

  stepWall(byMs: number): void {
    this.#latestWallMs = this.latestWallMs();
    this.clock.jumpWall(byMs);
  }

  latestWallMs(): number {
    return Math.max(this.#latestWallMs, this.clock.wallMs());
  }

  say(line: string): void {
    this.trace.say(line);
  }

  mark(what: Happening): void {
    this.tally.mark(what);
  }

  pressed(): void {
    this.inspector.pulses.pressed();
  }

  touch(slot: string): void {
    this.inspector.beliefs.touch(slot);
  }

  looked(slot: string): void {
    this.inspector.beliefs.looked(slot);
  }

  /** Only the first one counts: what comes after it may come of it. */
  fail(rule: string, how: string): void {
    this.violation ??= { rule, how, atMs: this.clock.monoMs() };
  }

  cutPower(why: string): boolean {
    return this.has('cut') && !this.isCalm() && this.mains.cut(why);
  }

  cardDies(): boolean {
    return this.mains.cut('and the card dies with it', true);
  }

  computes(work: Promise<unknown>): void {
    this.computing.push(work);
  }

  wordsAbout(violation: Violation | null): string[] {
    const about = violation?.how.split(/[ ,]/) ?? [];
    return this.#wiring.wordsAbout(this.slots.filter((slot) => about.includes(slot)));
  }

  keepSecret(...secrets: readonly string[]): void {
    this.inspector.secrets.keep(...secrets);
  }

  #began(): void {
    const { app } = this.kiosk;
    const life = { isOver: false };
    this.#lives.push(life);
    tapStore(app.store, (commit) => {
      if (!life.isOver) this.#committed(commit);
    });
    app.supervisor.watch((after, _facts, before) => {
      if (!life.isOver) this.inspector.changed(after, before);
    });
    tapSignIn(app, {
      waved: () => this.#waved(),
      computing: (answer) => this.computes(answer),
    });
    this.#options.sabotage?.(this.kiosk);
    this.inspector.began(app);
  }

  #served(): void {
    const { app } = this.kiosk;
    this.keypads.switchOn(app);
    if (this.#lives.length > 1) this.#rarities.served(app.supervisor.all());
  }

  #ended(wasCut: boolean): void {
    for (const life of this.#lives) life.isOver = true;
    this.keypads.switchOff();
    this.cloud?.cut();
    if (wasCut) this.#rarities.cut(this.inspector.slots());
    this.inspector.ended();
  }

  #committed(commit: Commit): void {
    for (const { row } of commit.rows) {
      this.rows.set(row.t, (this.rows.get(row.t) ?? 0) + 1);
      this.trace.row(row);
    }
    this.inspector.committed(commit);
    this.#rarities.committed(commit);
    this.mains.committed(commit);
  }

  #happened(event: WallEvent): void {
    const line = describeEvent(event);
    if (line !== undefined) this.say(line);
    this.inspector.happened(event);
    this.#rarities.happened(event);
    if (event.kind !== 'board' || event.event.kind !== 'pulse') return;
    const slot = this.#wiring.slotAt(event.board.id, event.event.channel);
    this.#rarities.pulsed(slot ?? '');
    this.mains.pulsed(slot ?? '');
  }

  #delivered(): void {
    for (const message of [...this.kiosk.phone.splice(0), ...this.kiosk.mailbox.splice(0)]) {
      this.post.received(message);
    }
  }

  /** Most of those with the right PIN are let in at once. */
  #waved(): PersonRecord | null {
    return this.#signIns.chance(COMPUTED) ? null : this.#courier;
  }

  /** Adds the courier and signs them in for the first time, which takes real time. */
  async hire(carrier: string, pin: string): Promise<{ staff: string; person: string }> {
    const { people, signIn } = this.kiosk.app;
    const staff = await people.addCourier(carrier, pin);
    const answer = await signIn.check(staff, pin);
    if (answer.kind !== 'welcome') throw new Error(`the courier is not let in: ${answer.kind}`);
    this.#courier = answer.person;
    this.keepSecret(pin, staff);
    return { staff, person: answer.person.id };
  }

  #newCloud(kiosk: string): StormCloud {
    const dice = this.dice('cloud');
    return new StormCloud({
      ...{ kiosk, clock: this.clock, dice },
      isCalm: () => this.isCalm(),
      passes: (topic, payload) => this.inspector.passes(topic, payload),
    });
  }
}
