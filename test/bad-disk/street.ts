import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval, setTimeout } from 'node:timers/promises';
import { Program } from './program.ts';

const TOP = join(import.meta.dirname, '..', '..');
const MAIN = join(TOP, 'src/main.ts');
const SIM = join(TOP, 'sim/sim.ts');
const PIN = '246810';
const PHONE = '01701234567';
/** The shortest that a config may have: the end of a pickup is waited for. */
const GRACE_S = 10;
/** People take their time: a door that was open for less than 2 s counts as not used (R1). */
const HANDS_MS = 2_500;
const LOOK_MS = 50;
const WAIT_MS_MAX = 30_000;

/**
 * A kiosk as it stands in a street: the real daemon, its wall, and a courier; its files lie in
 * `folder`.
 */
export class Street {
  readonly wall: Program;
  readonly #config: string;
  readonly #staff: string;
  readonly #spool: string;
  readonly #read = new Set<string>();

  constructor(folder: string) {
    this.#spool = join(folder, 'notices');
    this.#config = join(folder, 'kiosk.toml');
    const text = readFileSync(join(TOP, 'sim/embedded.toml'), 'utf8')
      .replace('"var/demo/lockerd.db"', `"${join(folder, 'lockerd.db')}"`)
      .replace('"var/demo/device.key"', `"${join(folder, 'device.key')}"`)
      .replace('port = "main"', `port = "${join(folder, 'main')}"`)
      .replace(
        '[policy]',
        `[notices]\nspool = "${this.#spool}"\n\n[policy]\ngraceSeconds = ${GRACE_S}`,
      );
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

  /** Presses that key, puts the parcel in, shuts the door, and leaves. Gives the pickup code. */
  async drop(daemon: Program): Promise<string> {
    const from = daemon.said.length;
    await this.courierNames(daemon);
    await this.#visit(daemon, '1', (door) => this.wall.type(`put A ${door} book\n`));
    await daemon.says('Left it in', from);
    daemon.type('1');
    await daemon.says('Done.', from);
    daemon.type('**');
    return this.#newCode();
  }

  /** Types the code, takes the parcel out, and asks after the grace time what became of it. */
  async collect(daemon: Program, code: string, meanwhile = () => {}): Promise<void> {
    const from = daemon.said.length;
    daemon.type(`1${code.slice(0, -1)}`);
    await daemon.says('Second number', from);
    await this.#visit(daemon, code.slice(-1), (door) => {
      meanwhile();
      this.wall.type(`take A ${door}\n`);
    });
    await daemon.says('Done?', from);
    daemon.type('#');
  }

  /** The code in a message that came since the last look; waits for it. */
  async #newCode(): Promise<string> {
    for await (const _ of setInterval(LOOK_MS, null, {
      signal: AbortSignal.timeout(WAIT_MS_MAX),
    })) {
      const names = readdirSync(this.#spool).filter(
        (name) => name.endsWith('.txt') && !this.#read.has(name),
      );
      for (const name of names) {
        this.#read.add(name);
        const text = readFileSync(join(this.#spool, name), 'utf8');
        const [code, second = ''] = /code: (\d+)\n(?:[^\d]*(\d+))?/.exec(text)?.slice(1) ?? [];
        if (code !== undefined) return code + second;
      }
    }
    return '';
  }

  /** A door that springs open at a key; hands do something there, and shut it. */
  async #visit(daemon: Program, key: string, hands: (door: string) => void): Promise<void> {
    const from = this.wall.said.length;
    const shown = daemon.said.length;
    daemon.type(key);
    const door = /\d+(?= opened)/.exec(await this.wall.says(/\/\d+ opened/, from))?.[0] ?? '';
    await daemon.says('is open', shown);
    await setTimeout(HANDS_MS);
    hands(door);
    this.wall.type(`close A ${door}\n`);
  }

  /** So many as there were when the wall answers. */
  async pulses(): Promise<number> {
    const from = this.wall.said.length;
    this.wall.type('show\n');
    await this.wall.says('A: bus main', from);
    return this.wall.said.split('pulse').length - 1;
  }
}
