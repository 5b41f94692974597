import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort, MosquittoProcess } from './mosquitto.ts';

/**
 * A Mosquitto on a free port of this machine that lets everybody in without TLS, with the limits of
 * docs/broker/mosquitto.conf: for benches and trials.
 */
export class LocalBroker {
  readonly port: number;
  readonly #process: MosquittoProcess;

  private constructor(folder: string, port: number) {
    this.port = port;
    const data = join(resolve(folder), 'data/');
    mkdirSync(data, { recursive: true });
    const user = process.getuid?.() === 0 ? 'user root' : '';
    const lines = [
      ...[`listener ${port} 127.0.0.1`, 'allow_anonymous true', user],
      ...['persistence true', `persistence_location ${data}`, 'max_packet_size 131072'],
      ...['max_inflight_messages 20', 'max_queued_messages 5000', 'set_tcp_nodelay true'],
    ];
    const conf = join(resolve(folder), 'mosquitto.conf');
    writeFileSync(conf, `${lines.join('\n')}\n`);
    this.#process = new MosquittoProcess(conf, port);
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
    return this.#process.pid;
  }

  up(): Promise<void> {
    return this.#process.up();
  }

  /** In order, or at once. */
  down(how: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    return this.#process.down(how);
  }
}
