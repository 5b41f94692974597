import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';

/** A process under test: what it printed, and what it is told. */
class Process {
  readonly #child: ChildProcessWithoutNullStreams;
  printed = '';

  constructor(...args: readonly string[]) {
    this.#child = spawn('node_modules/.bin/node', args);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        this.printed += bytes.toString('utf8');
      });
    }
    running.push(this);
  }

  tell(text: string): void {
    this.#child.stdin.write(text);
  }

  /** Waits until it printed this after the `from`-th character. */
  async says(what: RegExp, from = 0): Promise<RegExpExecArray> {
    return await vi.waitFor(() => {
      const found = what.exec(this.printed.slice(from));
      if (found === null) throw new Error(`not printed: ${what}\n${this.printed.slice(-3_000)}`);
      return found;
    }, WAIT);
  }

  /** Types keys and waits for what the screen says afterwards. */
  async types(keys: string, then: RegExp): Promise<RegExpExecArray> {
    const from = this.printed.length;
    this.tell(keys);
    return await this.says(then, from);
  }

  async ends(): Promise<number | null> {
    // It may have ended before anybody asked.
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  stop(): void {
    this.#child.kill('SIGTERM');
  }
}

/** Three processes and their start-up, on a machine that has other work. */
vi.setConfig({ testTimeout: 150_000 });
const WAIT = { timeout: 30_000, interval: 50 };
const running: Process[] = [];
let folder = '';

afterEach(() => {
  for (const process of running) process.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('M3 M4 D5 a parcel goes in and out by keypad, over a wall in another process', async () => {
  folder = mkdtempSync(join(tmpdir(), 'two-'));
  const args = ['--wall', 'sim/walls/demo.toml', '--links', folder];
  const wall = new Process('sim/sim.ts', ...args);
  const [, port = ''] = await wall.says(/bus main: (\S+),/);
  const config = join(folder, 'kiosk.toml');
  writeFileSync(config, configFor(port));

  const add = new Process('src/main.ts', 'add-courier', ...courierArgs(config));
  const [, staff = ''] = await add.says(/staff number .*: (\d{6})/);
  expect(await add.ends()).toBe(0);

  const kiosk = new Process('src/main.ts', 'run', '--config', config, '--keypad', 'lines');
  await kiosk.says(/Collect a parcel/);
  await kiosk.types(`2${staff}246810#`, /Drop a parcel/);
  await kiosk.types('1', /Last 5 digits/);
  await kiosk.types('00000', /Recipient's phone number:/);
  await kiosk.types('2125550111#', /once more/);
  await kiosk.types('2125550111#', /How large/);
  await kiosk.types('1', /Compartment 1 is open/);
  // While the coil is on, the door would spring open again.
  await pause(1_000);
  wall.tell('put A 1 box\nclose A 1\n');
  await kiosk.says(/Left it in compartment 1/);
  await kiosk.types('1', /Done\. Parcel/);
  await kiosk.types('**', /Give a parcel back/);

  const { code, second } = await vi.waitFor(numbers, WAIT);
  await kiosk.types(`1${code}${second}`, /Compartment 1 is open/);
  // A door that is open for less than two seconds proves nothing (R1).
  const opened = wall.printed.length;
  await vi.waitFor(() => expect(kiosk.printed).toMatch(/Take your parcel/), WAIT);
  await pause(2_500);
  wall.tell('take A 1\nclose A 1\n');
  await wall.says(/closed/, opened);
  await kiosk.says(/Done\?/);
  kiosk.stop();
  expect(await kiosk.ends()).toBe(0);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const courierArgs = (config: string): string[] => [
  ...['--config', config],
  ...['--carrier', 'ACME', '--pin', '246810'],
];

function numbers(): { readonly code: string; readonly second: string } {
  const spool = join(folder, 'notices');
  const text = readdirSync(spool)
    .map((name) => readFileSync(join(spool, name), 'utf8'))
    .join();
  const code = /code: (\d+)/.exec(text)?.[1];
  const second = /number: (\d+)/.exec(text)?.[1];
  if (code === undefined || second === undefined) throw new Error(`no numbers in ${text}`);
  return { code, second };
}

/** The demo's site on another port, with a folder for its messages. */
function configFor(port: string): string {
  const text = readFileSync('sim/embedded.toml', 'utf8')
    .replace('port = "main"', `port = "${port}"`)
    .replace('var/demo/lockerd.db', join(folder, 'lockerd.db'))
    .replace('var/demo/device.key', join(folder, 'device.key'));
  return `${text}\n[notices]\nspool = "${join(folder, 'notices')}"\n`;
}
