import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial } from 'node:net';
import { dirname } from 'node:path';
import { sleep } from '../real-clock.ts';

const PROGRAM = '/usr/sbin/mosquitto';
const TRIES_MAX = 200;
const TRY_MS = 50;

/** Debian's broker with one configuration file, to be started, stopped and started again. */
export class MosquittoProcess {
  readonly #conf: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  /** Paths in the file `conf` are relative to its folder; `port` is one on which it listens. */
  constructor(conf: string, port: number) {
    this.#conf = conf;
    this.#port = port;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async up(): Promise<void> {
    const cwd = dirname(this.#conf);
    this.#process = spawn(PROGRAM, ['-c', this.#conf], { cwd, stdio: 'ignore' });
    for (let tries = 0; !(await answers(this.#port)); tries += 1) {
      if (tries > TRIES_MAX) throw new Error('Mosquitto does not start');
      await sleep(TRY_MS);
    }
  }

  /** In order, or at once. */
  async down(how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined || process.exitCode !== null) return;
    const ended = once(process, 'exit');
    process.kill(how);
    await ended;
  }
}

/** A port of this machine on which nobody listens just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((answered) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      answered(true);
    });
    socket.once('error', () => answered(false));
  });
}
