import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort, MosquittoProcess } from '../../sim/cloud/mosquitto.ts';

const DOCS = new URL('../../docs/broker/', import.meta.url).pathname;

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
  readonly #process: MosquittoProcess;

  private constructor(port: number, more: string) {
    this.port = port;
    onTestFinished(async () => {
      await this.kill();
      rmSync(this.folder, { recursive: true, force: true });
    });
    const conf = readFileSync(join(DOCS, 'mosquitto.conf'), 'utf8');
    // As root it would become a user that may not read this folder.
    const user = process.getuid?.() === 0 ? '\nuser root\n' : '';
    const path = join(this.folder, 'mosquitto.conf');
    writeFileSync(path, conf.replace('8883', `${port}`) + user + more);
    this.#process = new MosquittoProcess(path, port);
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

  up(): Promise<void> {
    return this.#process.up();
  }

  kill(): Promise<void> {
    return this.#process.down('SIGKILL');
  }

  /** Killed, and its disk lost. */
  async wipe(): Promise<void> {
    await this.kill();
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
