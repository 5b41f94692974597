import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

const WAIT_MS_MAX = 30_000;
/** Of what it said last, where something else was awaited. */
const SHOWN_CHARS_MAX = 800;

/** A program that was started, with all that it has said. */
export class Program {
  readonly #child: ChildProcessWithoutNullStreams;
  #said = '';
  /** Only then all that it said has been read. */
  #hasEnded = false;
  #wake: () => void = () => {};

  constructor(file: string, args: readonly string[]) {
    this.#child = spawn(file, args);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
        this.#wake();
      });
    }
    this.#child.on('close', () => {
      this.#hasEnded = true;
      this.#wake();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get said(): string {
    return this.#said;
  }

  /** The exit status; null while it runs, or when it was killed. */
  get status(): number | null {
    return this.#child.exitCode;
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Waits until it says this after what it had said before `from`. @throws when it never does. */
  async says(what: string | RegExp, from = 0): Promise<string> {
    const pattern = typeof what === 'string' ? new RegExp(RegExp.escape(what)) : what;
    const found = (): string | undefined => pattern.exec(this.#said.slice(from))?.[0];
    await this.#until(() => found() !== undefined || this.#hasEnded);
    const text = found();
    if (text === undefined)
      throw new Error(`it never said ${pattern}, but: ${this.#said.slice(-SHOWN_CHARS_MAX)}`);
    return text;
  }

  /** Waits for its end; false when it does not come. */
  async ends(limitMs: number): Promise<boolean> {
    await this.#until(() => this.#hasEnded, limitMs);
    return this.#hasEnded;
  }

  async #until(isSo: () => boolean, limitMs = WAIT_MS_MAX): Promise<void> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#wake();
    }, limitMs);
    while (!isSo() && !isLate) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    clearTimeout(timer);
  }
}
