import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from './program.ts';

const TOP = join(import.meta.dirname, '..', '..');
const MAIN = join(TOP, 'src/main.ts');
const SIM = join(TOP, 'sim/sim.ts');
const PIN = '246810';
const PHONE = '01701234567';

/**
 * A kiosk as it stands in a street: the real daemon, its wall, and a courier; its files lie in
 * `folder`.
 */
export class Street {
  readonly wall: Program;
  readonly #config: string;
  readonly #staff: string;

  constructor(folder: string) {
    this.#config = join(folder, 'kiosk.toml');
    const text = readFileSync(join(TOP, 'sim/embedded.toml'), 'utf8')
      .replace('"var/demo/lockerd.db"', `"${join(folder, 'lockerd.db')}"`)
      .replace('"var/demo/device.key"', `"${join(folder, 'device.key')}"`)
      .replace('port = "main"', `port = "${join(folder, 'main')}"`);
    writeFileSync(this.#config, text);
    const site = ['--config', this.#config];
    const args = [MAIN, 'add-courier', ...site, '--carrier', 'ACME', '--pin', PIN];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    this.#staff = /\d{6}(?=\n)/.exec(stdout)?.[0] ?? '';
    const wallFile = join(TOP, 'sim/walls/demo.toml');
    this.wall = new Program(process.execPath, [SIM, '--wall', wallFile, '--links', folder]);
  }

  async start(): Promise<Program> {
    await this.wall.says('bus main');
    const args = [MAIN, 'run', '--config', this.#config, '--keypad', 'lines'];
    const daemon = new Program(process.execPath, args);
    await daemon.says('"serving"');
    return daemon;
  }

  /** A courier signs in and stands before the last key of a drop, which opens a door. */
  async courierNames(daemon: Program): Promise<void> {
    const from = daemon.said.length;
    daemon.type(`2${this.#staff}${PIN}#`);
    await daemon.says('Fetch back parcels', from);
    daemon.type(`112345${PHONE}#${PHONE}#`);
    await daemon.says(/1 {2}small/i, from);
  }

  /** Presses that key, puts the parcel in, shuts the door, and leaves. */
  async drop(daemon: Program): Promise<void> {
    const from = daemon.said.length;
    await this.courierNames(daemon);
    daemon.type('1');
    const door = /\d+(?= opened)/.exec(await this.wall.says(/\/\d+ opened/))?.[0];
    this.wall.type(`put A ${door} book\nclose A ${door}\n`);
    await daemon.says('Left it in', from);
    daemon.type('1');
    await daemon.says('Done.', from);
  }

  pulses(): number {
    return this.wall.said.split('pulse').length - 1;
  }
}
