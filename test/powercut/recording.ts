import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One thing that a process did to the files of its folder, or said. */
export type Step =
  /** A name begins to stand for a new file. */
  | { readonly do: 'create'; readonly name: string; readonly file: number }
  | { readonly do: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly do: 'truncate'; readonly file: number; readonly size: number }
  /** What was written before has reached the disk. */
  | { readonly do: 'sync'; readonly file: number }
  | { readonly do: 'sync folder' }
  | { readonly do: 'link'; readonly from: string; readonly name: string }
  | { readonly do: 'rename'; readonly from: string; readonly name: string }
  | { readonly do: 'unlink'; readonly name: string }
  /** A line on its standard output. */
  | { readonly do: 'say'; readonly line: string };

/** Whatever else could change a file is traced as well, so that it does not go unseen. */
const CALLS = [
  ...['openat', 'write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'rename', 'link'],
  ...['creat', 'writev', 'pwritev', 'pwritev2', 'truncate', 'fallocate', 'unlinkat', 'renameat'],
  ...['renameat2', 'linkat', 'sync_file_range', 'copy_file_range', 'mmap'],
];
/** Longer than any write of the database. */
const STRING_BYTES_MAX = 1_048_576;
const TRACE = ['-f', '--seccomp-bpf', '-y', '-xx', '-s', String(STRING_BYTES_MAX)];

/** strace is not there, or may not trace. */
export class CannotTrace extends Error {
  override readonly name = 'CannotTrace';
}

/**
 * Runs `script` with the path of `folder`, an empty one, and gives all that it did there.
 * @throws CannotTrace; Error when the script fails.
 */
export function record(script: string, folder: string): Step[] {
  const scratch = mkdtempSync(join(tmpdir(), 'lockerd-strace-'));
  const trace = join(scratch, 'trace');
  const watched = ['-o', trace, '-e', `trace=${CALLS.join(',')}`];
  try {
    const args = [...TRACE, ...watched, process.execPath, script, folder];
    const { error, status, stderr } = spawnSync('strace', args, { encoding: 'utf8' });
    if (error !== undefined) {
      throw new CannotTrace(`strace cannot be run (${error.message}): apt-get install strace`);
    }
    if (status !== 0) throw new Error(`the recorded process ended with ${status}: ${stderr}`);
    return stepsOf(readFileSync(trace, 'latin1'), folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `PID CALL(ARGUMENTS) = RESULT`; a call that another thread cut in two comes in two lines. */
const CALL = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/;
const BEGUN = /^(\d+) +(.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/;

export function stepsOf(trace: string, folder: string): Step[] {
  const reader = new Reader(folder);
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, cut = '', head] = BEGUN.exec(line) ?? [];
    if (head !== undefined) {
      begun.set(cut, head);
      continue;
    }
    const [, pid = '', tail] = RESUMED.exec(line) ?? [];
    const whole = tail === undefined ? line : `${pid} ${begun.get(pid)}${tail}`;
    const [, , call, args = '', result] = CALL.exec(whole) ?? [];
    if (call !== undefined && Number(result) >= 0) reader.take(call, args, whole);
  }
  return reader.steps;
}

const STDOUT = '1';

/** Follows descriptors to the files of one folder. */
class Reader {
  readonly steps: Step[] = [];
  readonly #folder: string;
  readonly #files = new Map<string, number>();
  readonly #open = new Map<string, { readonly file: number; at: number }>();
  #said = '';
  #created = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  take(call: string, args: string, line: string): void {
    const [fd = '', path = ''] = /^(\d+)<([^>]*)>/.exec(args)?.slice(1) ?? [];
    if (call === 'openat') this.#opened(args, line);
    else if (call === 'write' && fd === STDOUT) this.#heard(bytesOf(args));
    else if (call === 'mmap') this.#mapped(args);
    else if (fd === '') this.#named(call, args, line);
    else if (text(path).startsWith(this.#folder)) this.#changed(call, fd, args, text(path));
  }

  /** A call on a descriptor that belongs to the folder. */
  #changed(call: string, fd: string, args: string, path: string): void {
    if (call === 'write' || call === 'pwrite64') this.#wrote(call, fd, args);
    else if (call === 'fsync' || call === 'fdatasync') this.#synced(fd, path);
    else if (call === 'ftruncate') {
      this.steps.push({ do: 'truncate', file: this.#fileOf(fd), size: last(args) });
    } else throw new Error(`the replay does not know what ${call} does to ${path}`);
  }

  /** A call on names. */
  #named(call: string, args: string, line: string): void {
    const [from = null, name = null] = stringsOf(args).map((one) => this.#nameOf(one));
    if (from === null && name === null) return;
    if (call === 'unlink' && from !== null) this.#unlinked(from);
    else if ((call === 'link' || call === 'rename') && from !== null && name !== null) {
      this.#moved(call, from, name);
    } else throw new Error(`the replay does not know what this does to the folder: ${line}`);
  }

  /** What is written through memory would go unseen: no file of the folder may be mapped so. */
  #mapped(args: string): void {
    const [, path = ''] = /<([^>]*)>/.exec(args) ?? [];
    if (!args.includes('MAP_SHARED') || !text(path).startsWith(this.#folder)) return;
    throw new Error(`the replay cannot see what is written to ${text(path)} through memory`);
  }

  #opened(args: string, line: string): void {
    const name = this.#nameOf(stringsOf(args)[0] ?? '');
    const fd = /= (\d+)<[^>]*>$/.exec(line)?.[1] ?? '';
    this.#open.delete(fd);
    if (name === null || name === '') return;
    if (name.includes('/'))
      throw new Error(`the replay knows one folder only, not that of ${name}`);
    const known = this.#files.get(name);
    const file = known ?? this.#created;
    if (known === undefined) {
      this.#created += 1;
      this.#files.set(name, file);
      this.steps.push({ do: 'create', name, file });
    }
    if (args.includes('O_TRUNC')) this.steps.push({ do: 'truncate', file, size: 0 });
    this.#open.set(fd, { file, at: 0 });
  }

  #wrote(call: string, fd: string, args: string): void {
    const open = this.#open.get(fd);
    if (open === undefined) throw new Error(`descriptor ${fd} was never opened: ${args}`);
    const bytes = bytesOf(args);
    const at = call === 'write' ? open.at : last(args);
    if (call === 'write') open.at += bytes.length;
    this.steps.push({ do: 'write', file: open.file, at, bytes });
  }

  #synced(fd: string, path: string): void {
    if (path === this.#folder) this.steps.push({ do: 'sync folder' });
    else this.steps.push({ do: 'sync', file: this.#fileOf(fd) });
  }

  #unlinked(name: string): void {
    this.#files.delete(name);
    this.steps.push({ do: 'unlink', name });
  }

  #moved(call: 'link' | 'rename', from: string, name: string): void {
    this.#files.set(name, this.#files.get(from) ?? -1);
    if (call === 'rename') this.#files.delete(from);
    this.steps.push({ do: call, from, name });
  }

  #heard(bytes: Buffer): void {
    const lines = (this.#said + bytes.toString()).split('\n');
    this.#said = lines.pop() ?? '';
    for (const line of lines) this.steps.push({ do: 'say', line });
  }

  #fileOf(fd: string): number {
    return this.#open.get(fd)?.file ?? -1;
  }

  /** The name within the folder, '' for the folder; null outside. */
  #nameOf(hex: string): string | null {
    const path = text(hex);
    if (path === this.#folder) return '';
    return path.startsWith(`${this.#folder}/`) ? path.slice(this.#folder.length + 1) : null;
  }
}

const stringsOf = (args: string): string[] =>
  [...args.matchAll(/"([^"]*)"/g)].map(([, hex = '']) => hex);
/** `\x68\x69` as the bytes that it stands for. */
const decoded = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const text = (hex: string): string => decoded(hex).toString();
const bytesOf = (args: string): Buffer => decoded(stringsOf(args)[0] ?? '');
const last = (args: string): number => Number(args.slice(args.lastIndexOf(',') + 1));
