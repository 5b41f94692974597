import { type ChildProcess, spawn } from 'node:child_process';

const STOP_MS_MAX = 10_000;

/** Nanoseconds that every process of this machine counts from the same moment, in ms. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** A process of ours that is talked with in messages. */
export class Peer<Said> {
  readonly #process: ChildProcess;

  /** `script` is a file of this project, run by the runtime that runs this. */
  constructor(script: string, args: readonly string[], hear: (said: Said) => void) {
    const stdio: ['ignore', 'inherit', 'inherit', 'ipc'] = ['ignore', 'inherit', 'inherit', 'ipc'];
    this.#process = spawn(process.execPath, [script, ...args], { stdio });
    this.#process.on('message', (said) => hear(said as Said));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  tell(order: object): void {
    this.#process.send(order);
  }

  /** Asks it to end, and makes it end if it does not. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise<void>((over) => this.#process.once('exit', () => over()));
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(timer);
  }
}
