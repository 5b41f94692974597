import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { ReadStream } from 'node:tty';
import * as nodePty from '@lydell/node-pty';
import type { Pluggable } from './memory-port.ts';
import type { Wire } from './wire.ts';

/** The pair that the library opens; its types leave it out. */
interface Pair {
  readonly master: ReadStream;
  readonly slave: ReadStream;
  readonly ptsName: string;
}

const { open } = nodePty as unknown as { open(options: { encoding: null }): Pair };

/**
 * The host's end of a wire as a pseudo terminal, for a controller in a process of its own. The
 * controller opens `linkPath`, which points to the terminal of the day: a terminal that was
 * unplugged cannot come back, and the one in its place has another number.
 */
export class PtyPort implements Pluggable {
  readonly linkPath: string;
  readonly #wire: Wire;
  #terminal: { readonly path: string; readonly close: () => void } | undefined;

  constructor(wire: Wire, linkPath: string) {
    this.#wire = wire;
    this.linkPath = linkPath;
    this.replug();
  }

  /** `/dev/pts/N`, or undefined while unplugged. */
  get path(): string | undefined {
    return this.#terminal?.path;
  }

  /** The controller's open terminal hangs up, and `linkPath` is gone. */
  unplug(): void {
    const terminal = this.#terminal;
    if (terminal === undefined) return;
    this.#terminal = undefined;
    this.#wire.pull();
    unlink(this.linkPath, terminal.path);
    terminal.close();
  }

  replug(): void {
    if (this.#terminal !== undefined) return;
    this.#terminal = openTerminal(this.#wire);
    link(this.linkPath, this.#terminal.path);
  }
}

function openTerminal(wire: Wire): { path: string; close: () => void } {
  const { master, slave, ptsName: path } = open({ encoding: null });
  // Held open and never read: without any opener the master would fail with EIO as soon as the
  // controller closes the terminal, and the path would be gone before it opens it again.
  const holder = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  // The library's own end would take the bytes meant for the controller.
  slave.destroy();
  // As a serial line: no echo, no line editing, every byte as it is, before anyone opens it.
  execFileSync('stty', ['-F', path, 'raw', '-echo']);
  master.on('data', (bytes: Uint8Array) => wire.send(bytes));
  // The stream closes after an error; the controller sees a hang-up, as with a broken adapter.
  master.on('error', () => undefined);
  wire.connect((bytes) => master.write(bytes));
  const close = (): void => {
    master.destroy();
    closeSync(holder);
  };
  return { path, close };
}

function link(linkPath: string, target: string): void {
  const existing = lstatSync(linkPath, { throwIfNoEntry: false });
  if (existing !== undefined && !existing.isSymbolicLink()) {
    throw new Error(`${linkPath} is in the way: it is not a link`);
  }
  mkdirSync(dirname(linkPath), { recursive: true });
  const fresh = `${linkPath}.new`;
  rmSync(fresh, { force: true });
  symlinkSync(target, fresh);
  renameSync(fresh, linkPath);
}

/** Removes the link unless another simulator has taken it over. */
function unlink(linkPath: string, target: string): void {
  const existing = lstatSync(linkPath, { throwIfNoEntry: false });
  if (existing?.isSymbolicLink() && readlinkSync(linkPath) === target) rmSync(linkPath);
}
