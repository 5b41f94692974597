import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** How a server treats what it gets: takes it, or answers with this status. */
type Mood = 'takes' | 'silent' | 'hangs_up' | number;

const LOGIN = { user: 'locker', pass: 'open sesame' };
const file = (name: string) => readFileSync(new URL(`tls/${name}`, import.meta.url), 'utf8');
/** Self-signed, for 127.0.0.1 and localhost, made for these tests. */
export const TLS = { key: file('server.key'), cert: file('server.crt') };

interface Mail {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly raw: string;
}

/** A mail server on this machine that wants TLS and a login, with a mood for each recipient. */
export class MailBox {
  readonly login = LOGIN;
  /** As taken, duplicates too. */
  readonly mails: Mail[] = [];
  mood: Mood = 'takes';
  /** Of single recipients. */
  readonly moods = new Map<string, Mood>();
  logins = 0;
  #server: SMTPServer | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  /** Each mail once, as a server that looks at `Message-ID` has it. */
  get distinct(): Mail[] {
    return [...new Map(this.mails.map((mail) => [mail.id, mail])).values()];
  }

  async listen(security: 'tls' | 'starttls' = 'tls'): Promise<this> {
    const server = new SMTPServer({
      ...{ ...TLS, secure: security === 'tls', authOptional: false, logger: false },
      ...this.#handlers(),
    });
    server.on('error', () => {});
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
    onTestFinished(() => this.close());
    return this;
  }

  /** Nobody listens on the port from now on; connections are cut. */
  close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return Promise.resolve();
    return new Promise((done) => {
      for (const connection of server.connections) connection.close();
      server.close(done);
    });
  }

  #handlers(): SMTPServerOptions {
    return {
      onAuth: ({ username, password }, _session, done) => {
        this.logins += 1;
        const isRight = username === LOGIN.user && password === LOGIN.pass;
        done(isRight ? null : failure(535), { user: username });
      },
      onRcptTo: ({ address }, _session, done) => {
        const mood = this.moods.get(address) ?? this.mood;
        if (mood === 'silent') return;
        if (mood === 'hangs_up') for (const one of this.#server?.connections ?? []) one.close();
        else done(typeof mood === 'number' ? failure(mood) : null);
      },
      onData: (stream, { envelope }, done) => {
        let raw = '';
        stream.on('data', (piece: Buffer) => {
          raw += piece.toString('latin1');
        });
        stream.on('end', () => {
          const id = /^Message-ID: <(.+)>/im.exec(raw)?.[1] ?? '';
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          this.mails.push({ from, to: envelope.rcptTo[0]?.address ?? '', id, raw });
          done(null);
        });
      },
    };
  }
}

const failure = (responseCode: number): Error =>
  Object.assign(new Error('no, ada@example.org is not here'), { responseCode });

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An HTTP gateway on this machine. */
export class SmsGateway {
  /** As taken, duplicates too. */
  readonly requests: Request[] = [];
  mood: Mood = 'takes';
  /** Of requests whose body has this text. */
  readonly moods = new Map<string, Mood>();
  #server: ReturnType<typeof createServer> | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  /** Each request once, as a gateway that looks at its idempotency key has it. */
  get distinct(): Request[] {
    const all = this.requests.map((one) => [one.headers['idempotency-key'], one] as const);
    return [...new Map(all).values()];
  }

  async listen(): Promise<this> {
    const server = createServer((request, answer) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        const mood = [...this.moods].find(([text]) => body.includes(text))?.[1] ?? this.mood;
        if (mood === 'silent') return;
        if (mood === 'hangs_up') return void request.socket.destroy();
        const { method = '', url = '', headers } = request;
        if (mood === 'takes') this.requests.push({ method, url, headers, body });
        const status = mood === 'takes' ? 202 : mood;
        answer.writeHead(status, { location: 'http://127.0.0.1:9/elsewhere' }).end('{}');
      });
    });
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    onTestFinished(() => this.close());
    return this;
  }

  close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return Promise.resolve();
    return new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  }
}
