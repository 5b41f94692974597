import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface PostPorts {
  readonly mail: number;
  readonly texts: number;
}

/** How many messages arrived so far. */
export interface PostCount {
  readonly mails: number;
  readonly texts: number;
}

const CERTIFICATE = new URL('../test/notify/tls/', import.meta.url);
const file = (name: string): string => readFileSync(new URL(name, CERTIFICATE), 'utf8');

/** A mail server with TLS and a gateway of text messages, which take all, each after so many ms. */
function main(delayMs: number): void {
  const count = { mails: 0, texts: 0 };
  const later = (done: () => void): void => void setTimeout(done, delayMs);
  const mail = new SMTPServer({
    ...{ secure: true, key: file('server.key'), cert: file('server.crt'), logger: false },
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => {
        count.mails += 1;
        later(() => done(null));
      });
    },
  });
  const texts = createServer((request, answer) => {
    request.resume().on('end', () => {
      count.texts += 1;
      later(() => answer.writeHead(202).end('{}'));
    });
  });
  process.on('message', () => process.send?.(count));
  for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => process.exit(0));
  mail.listen(0, '127.0.0.1', () => {
    texts.listen(0, '127.0.0.1', () => {
      const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
      process.send?.({ mail: portOf(mail.server), texts: portOf(texts) } satisfies PostPorts);
    });
  });
}

if (process.send !== undefined) main(Number(process.argv[2]));
