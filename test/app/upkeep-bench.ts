import { generateSync } from 'otplib';
import { type Bench, PIN } from './bench-kiosk.ts';
import { Keys } from './keys.ts';

/** A technician with an app on their telephone. */
export class Technician {
  readonly keys: Keys;
  readonly staff: string;
  readonly #bench: Bench;
  readonly #secret: string;

  private constructor(bench: Bench, staff: string, secret: string) {
    this.#bench = bench;
    this.staff = staff;
    this.#secret = secret;
    this.keys = new Keys(bench);
  }

  static async of(bench: Bench, role: 'technician' | 'admin' = 'technician') {
    const { staff, secret } = await bench.app.people.addUpkeeper(role, PIN);
    return new Technician(bench, staff, secret);
  }

  /** What the app shows. */
  token(): string {
    const epoch = Math.floor(this.#bench.clock.wallMs() / 1_000);
    return generateSync({ secret: this.#secret, epoch });
  }

  /** Another number than the right one. */
  wrongToken(): string {
    return this.token() === '000000' ? '000001' : '000000';
  }

  /** Staff number, PIN and a fresh number of the app: on the menu. */
  async signIn(): Promise<Keys> {
    this.#bench.wait(60_000);
    await this.keys.enterPin(this.staff);
    this.keys.shows('Number from your app');
    this.keys.type(this.token());
    this.keys.shows('Compartments that take no parcels');
    return this.keys;
  }

  /** Shuts the door of a slot once it is open. */
  shuts(slot: string): void {
    this.#bench.untilState(slot, 'open');
    this.#bench.wait(3_000);
    this.#bench.kiosk.door(slot).push();
    this.keys.shows('What is inside');
  }
}
