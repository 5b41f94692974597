import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial } from 'node:net';
import { join, resolve } from 'node:path';
import { sleep } from '../real-clock.ts';

const MOSQUITTO = '/usr/sbin/mosquitto';
/** 50 ms lie between two. */
const TRIES_MAX = 200;
const TRY_MS = 50;

/**
 * A Mosquitto on a free port of this machine that lets everybody in without TLS, with the limits of
 * docs/broker/mosquitto.conf: for benches and trials.
 */
export class LocalBroker {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = resolve(folder);
    this.port = port;
    mkdirSync(join(this.#folder, 'data'), { recursive: true });
    const user = process.getuid?.() === 0 ? 'user root' : '';
    const data = join(this.#folder, 'data/');
    const lines = [
      ...[`listener ${port} 127.0.0.1`, 'allow_anonymous true', user],
      ...['persistence true', `persistence_location ${data}`, 'max_packet_size 131072'],
      ...['max_inflight_messages 20', 'max_queued_messages 5000', 'set_tcp_nodelay true'],
    ];
    writeFileSync(join(this.#folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  }

  /** `folder` keeps its settings, and what it retains over a restart in order. */
  static async start(folder: string): Promise<LocalBroker> {
    const broker = new LocalBroker(folder, await freePort());
    await broker.up();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async up(): Promise<void> {
    const conf = join(this.#folder, 'mosquitto.conf');
    this.#process = spawn(MOSQUITTO, ['-c', conf], { stdio: 'ignore' });
    for (let tries = 0; !(await answers(this.port)); tries += 1) {
      if (tries > TRIES_MAX) throw new Error('Mosquitto does not start');
      await sleep(TRY_MS);
    }
  }

  /** In order, or at once. */
  async down(how: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined || process.exitCode !== null) return;
    const ended = new Promise<void>((over) => process.once('exit', () => over()));
    process.kill(how);
    await ended;
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
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
