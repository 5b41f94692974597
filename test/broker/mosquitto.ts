import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const DOCS = new URL('../../docs/broker/', import.meta.url).pathname;
/** 50 ms lie between two. */
const TRIES_MAX = 200;
const MOSQUITTO = '/usr/sbin/mosquitto';

/** Certificates are made once: they take longer than everything else. */
let made: string | undefined;

interface Tls {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** A Mosquitto of its own, set up as docs/broker says, on a free port. */
export class Mosquitto {
  readonly folder = mkdtempSync(join(tmpdir(), 'lockerd-broker-'));
  readonly port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number, more: string) {
    this.port = port;
    onTestFinished(() => {
      this.kill();
      rmSync(this.folder, { recursive: true, force: true });
    });
    const conf = readFileSync(join(DOCS, 'mosquitto.conf'), 'utf8');
    // As root it would become a user that may not read this folder.
    const user = process.getuid?.() === 0 ? '\nuser root\n' : '';
    writeFileSync(
      join(this.folder, 'mosquitto.conf'),
      conf.replace('8883', `${port}`) + user + more,
    );
    writeFileSync(join(this.folder, 'acl'), readFileSync(join(DOCS, 'acl')));
    execFileSync('cp', ['-r', certificates(), join(this.folder, 'certs')]);
    mkdirSync(join(this.folder, 'data'));
  }

  /** `more` lines of its configuration, which follow those of the document. */
  static async start(more = ''): Promise<Mosquitto> {
    const broker = new Mosquitto(await freePort(), more);
    await broker.up();
    return broker;
  }

  get url(): string {
    return `mqtts://localhost:${this.port}`;
  }

  path(name: string): string {
    return join(this.folder, 'certs', name);
  }

  tls(client: string): Tls {
    const read = (name: string) => readFileSync(this.path(name), 'utf8');
    return { cert: read(`${client}.crt`), key: read(`${client}.key`), ca: read('ca.crt') };
  }

  async up(): Promise<void> {
    this.#process = spawn(MOSQUITTO, ['-c', 'mosquitto.conf'], {
      cwd: this.folder,
      stdio: 'ignore',
    });
    for (let tries = 0; !(await answers(this.port)); tries += 1) {
      if (tries > TRIES_MAX) throw new Error('Mosquitto does not start');
    }
  }

  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  /** Killed, and its disk lost. */
  wipe(): void {
    this.kill();
    rmSync(join(this.folder, 'data'), { recursive: true, force: true });
    mkdirSync(join(this.folder, 'data'));
  }
}

function certificates(): string {
  if (made !== undefined) return made;
  made = join(mkdtempSync(join(tmpdir(), 'lockerd-certs-')), 'certs');
  const names = ['localhost', 'cloud', 'operator', 'watcher', 'archive', 'LOC001', 'NYC001'];
  execFileSync('sh', [join(DOCS, 'certificates.sh'), made, ...names]);
  return made;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => setTimeout(() => resolve(false), 50));
  });
}
