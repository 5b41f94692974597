import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { demoSite } from '../demo-site.ts';
import { scratchFolder } from './bench-kiosk.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
export const MAIN = join(ROOT, 'src/main.ts');
const SIM = join(ROOT, 'sim/sim.ts');

/** A program that was started, with all that it said. */
class Running {
  readonly child: ChildProcess;
  #said = '';
  #listeners: (() => void)[] = [];

  constructor(file: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, ...more };
    const child = spawn(process.execPath, [file, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.#heard(chunk.toString()));
    }
    onTestFinished(() => void child.kill('SIGKILL'));
  }

  get said(): string {
    return this.#said;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits until it has said this; the test's own time limit ends the waiting. */
  async says(text: string): Promise<void> {
    while (!this.#said.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`it ended, and said: ${this.#said}`);
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  /** Waits for its end; gives its exit status, or the signal that killed it. */
  async ends(): Promise<number | string> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return child.exitCode ?? child.signalCode ?? 'unknown';
  }

  #heard(text: string): void {
    this.#said += text;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}

/** A wall in a process of its own, and the config of a kiosk that is wired to it. */
export async function simulatedSite(): Promise<{ folder: string; config: string }> {
  const folder = scratchFolder();
  const wall = new Running(SIM, ['--wall', join(ROOT, 'sim/walls/demo.toml'), '--links', folder]);
  await wall.says('bus main');
  return { folder, config: writeConfig(folder, 'main') };
}

/** Writes a config whose files lie in the folder, with one passage replaced. */
export function writeConfig(folder: string, name: string, from = '', to = ''): string {
  const path = join(folder, `${name}.toml`);
  writeFileSync(path, demoSite(folder).replace(from, to));
  return path;
}

export const run = (config: string, environment: NodeJS.ProcessEnv = {}): Running =>
  new Running(MAIN, ['run', '--config', config], environment);

/** Runs one command to its end. */
export function lockerd(
  ...args: readonly string[]
): Promise<{ status: number | null; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args]);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
    }
    child.on('close', (status) => resolve({ status, text }));
  });
}
