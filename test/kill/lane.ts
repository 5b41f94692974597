import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COIL_WINDOW_MS } from '../../hardware/bus/limits.ts';
import type { LocalBroker } from '../../sim/cloud/local-broker.ts';
import { PtyPort } from '../../sim/pty-port.ts';
import type { Random } from '../../sim/random.ts';
import { RealClock, sleep } from '../../sim/real-clock.ts';
import { Wall } from '../../sim/wall.ts';
import { readWallFile } from '../../sim/wall-file.ts';
import type { Cloud } from './cloud.ts';
import { type Life, type Trial, verdictOf } from './verdict.ts';

const TOP = join(import.meta.dirname, '..', '..');
const WALL = join(TOP, 'sim/walls/demo.toml');
const CONFIG = readFileSync(join(import.meta.dirname, 'kiosk.toml'), 'utf8');
const BOARD = 'A';
const CHANNELS = 15;
const COMMANDS_MAX = 4;
/** Half of the kills come while the first command is on its way from the broker to the lock. */
const EARLY_MS = 60;
const LATE_MS = 1_800;
/** So often, in 10, the next life is killed as well, before or while it settles. */
const TWICE = 3;
const REBIRTH_MS = 900;
const LOOK_MS = 10;
const WAIT_MS_MAX = 60_000;
/** After a start all coils cool down, so that a pulse too many would come after that, and end. */
const PULSES_OVER_MS = COIL_WINDOW_MS + 1_000;

interface Parts {
  readonly cloud: Cloud;
  readonly broker: LocalBroker;
  readonly random: Random;
  readonly folder: string;
  readonly name: string;
}

/** One wall behind a pseudo terminal, and one kiosk after the other in front of it. */
export class Lane {
  readonly #parts: Parts;
  readonly #wall: Wall;
  readonly #port: PtyPort;
  /** None of them outlives the lane, however a trial ends. */
  readonly #running = new Set<ChildProcess>();
  #kiosks = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    mkdirSync(parts.folder, { recursive: true });
    this.#wall = new Wall(new RealClock(), parts.random, readWallFile(WALL));
    this.#port = new PtyPort(this.#wall.bus('main').wire, join(parts.folder, 'main'));
  }

  end(): void {
    for (const kiosk of this.#running) kiosk.kill('SIGKILL');
    this.#port.unplug();
  }

  /** A new kiosk is given commands, is killed, and is started again until all is said. */
  async trial(): Promise<Trial> {
    this.#kiosks += 1;
    const kiosk = `${this.#parts.name}-${this.#kiosks}`;
    const files = this.#newKiosk(kiosk);
    const board = this.#wall.board(BOARD);
    const from = board.pulses.length;
    const { consumer } = this.#parts.cloud;
    const view = consumer.view(kiosk);
    const first = this.#run(files.config);
    await until('it is born', () => view.status?.state === 'ready', files);
    const channels = this.#someChannels();
    const ids = new Map<string, number>();
    const killed = this.#killIn(first, this.#killAfterMs());
    for (const channel of channels) {
      const id = consumer.send(kiosk, 'slot.open', { slot: `LOCK1/${channel}` });
      ids.set(id, channel);
      await sleep(this.#parts.random.int(20));
    }
    await killed;
    const pulsed = countsOf(board.pulses.slice(from));
    const atKill = [...ids].map(([id, channel]): Life => {
      const isTold = consumer.resultOf(kiosk, id) !== null;
      return isTold ? 'told' : pulsed.has(channel) ? 'pulsed' : 'under way';
    });
    let kills = 1;
    if (this.#parts.random.int(10) < TWICE) {
      await this.#killIn(this.#run(files.config), this.#parts.random.int(REBIRTH_MS));
      kills += 1;
    }
    const { sess } = view.birth ?? {};
    const last = this.#run(files.config);
    const isTold = (id: string) =>
      consumer.resultOf(kiosk, id) !== null && finishedRows(view.events, id) > 0;
    const isAllTold = () => [...ids.keys()].every(isTold);
    // What is not told by then stands in the verdict.
    await until('every command has its result', isAllTold, files).catch(() => {});
    await until('it is born again', () => view.birth?.sess !== sess, files);
    await sleep(PULSES_OVER_MS);
    last.kill('SIGKILL');
    await ended(last);
    const counts = countsOf(board.pulses.slice(from));
    for (const door of board.doors) door.push();
    rmSync(files.folder, { recursive: true, force: true });
    const ends = [...ids].map(([id, channel]) => ({
      id,
      pulses: counts.get(channel) ?? 0,
      texts: new Set(view.results.get(id)).size,
      rows: finishedRows(view.events, id),
      code: consumer.resultOf(kiosk, id)?.code ?? '',
    }));
    consumer.kiosks.delete(kiosk);
    return {
      kiosk,
      kills,
      atKill,
      faults: ends.flatMap(verdictOf),
      codes: ends.map((e) => e.code),
    };
  }

  #newKiosk(kiosk: string) {
    const { cloud, broker, folder: lane } = this.#parts;
    const folder = join(lane, kiosk);
    mkdirSync(folder);
    const text = CONFIG.replaceAll('FOLDER', folder)
      .replace('PORT', this.#port.linkPath)
      .replace('KIOSK', kiosk);
    const config = join(folder, 'kiosk.toml');
    writeFileSync(config, text + cloud.section(broker.url));
    return { folder, config };
  }

  #run(config: string): ChildProcess {
    const log = openSync(`${config}.log`, 'a');
    const args = [join(TOP, 'src/main.ts'), 'run', '--config', config, '--keypad', 'none'];
    const kiosk = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
    this.#running.add(kiosk);
    kiosk.once('exit', () => this.#running.delete(kiosk));
    return kiosk;
  }

  async #killIn(child: ChildProcess, ms: number): Promise<void> {
    await sleep(ms);
    child.kill('SIGKILL');
    await ended(child);
  }

  #killAfterMs(): number {
    const { random } = this.#parts;
    return random.int(2) === 0 ? random.int(EARLY_MS) : random.int(LATE_MS);
  }

  #someChannels(): number[] {
    const { random } = this.#parts;
    const from = random.int(CHANNELS);
    const wanted = 1 + random.int(COMMANDS_MAX);
    return Array.from({ length: wanted }, (_, index) => 1 + ((from + index * 4) % CHANNELS));
  }
}

/** How many pulses each channel had. */
function countsOf(pulses: readonly { readonly channel: number }[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { channel } of pulses) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return counts;
}

function finishedRows(
  events: readonly { readonly t: string; readonly cause: string | null }[],
  id: string,
): number {
  return events.filter(({ t, cause }) => t === 'command.finished' && cause === `cmd:${id}`).length;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((over) => child.once('exit', () => over()));
}

async function until(
  what: string,
  isSo: () => boolean,
  { folder }: { readonly folder: string },
): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += LOOK_MS) {
    if (waitedMs > WAIT_MS_MAX) throw new Error(`it never came to pass that ${what}: ${folder}`);
    await sleep(LOOK_MS);
  }
}
