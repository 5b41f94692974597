import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

const START_MS_MAX = 60_000;
const STOP_MS_MAX = 10_000;
/** As the script `lockerd` starts the runtime. */
const FLAGS = ['--max-semi-space-size=4'];

type Process = ChildProcessByStdio<null, Readable, null>;

/** A process of ours: started, waited for, and ended by the one who started it. */
export class Child {
  readonly pid: number;
  readonly startedMs = performance.now();
  readonly #process: Process;
  #heard = '';
  #wake: () => void = () => {};

  /** `script` is a file of this project, run by the runtime that runs this. */
  constructor(script: string, args: readonly string[]) {
    const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
    this.#process = spawn(process.execPath, [...FLAGS, script, ...args], { stdio });
    this.pid = this.#process.pid ?? 0;
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#heard += text;
      this.#wake();
    });
    this.#process.on('exit', () => this.#wake());
  }

  /**
   * The first match of `pattern` in what the process prints.
   * @throws when it ends first, or takes too long.
   */
  async says(pattern: RegExp): Promise<string> {
    const timer = setTimeout(() => this.#wake(), START_MS_MAX);
    try {
      for (;;) {
        const found = pattern.exec(this.#heard)?.[0];
        if (found !== undefined) return found;
        const isLate = performance.now() - this.startedMs >= START_MS_MAX;
        if (this.#hasEnded() || isLate) throw new Error(`no ${pattern} in "${this.#heard}"`);
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks it to end, and makes it end if it does not. */
  async stop(): Promise<void> {
    if (this.#hasEnded()) return;
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(timer);
  }

  #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}
