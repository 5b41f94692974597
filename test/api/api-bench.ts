import { once } from 'node:events';
import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Role } from '../../src/api/route.ts';
import { openApi } from '../../src/compose/api.ts';
import { socketPath } from '../../src/config/socket-path.ts';
import { createLog } from '../../src/platform/log.ts';
import { Bench, scratchFolder } from '../app/bench-kiosk.ts';

/** A kiosk on virtual time with the real API on real sockets. */
export async function apiBench() {
  const bench = new Bench().start();
  return { bench, ...(await served(bench)) };
}

/** The API of the kiosk as it runs now; a restart needs another. */
export async function served(bench: Bench) {
  const folder = scratchFolder();
  const log = createLog('error', { write: (line) => void bench.logged.push(line) });
  const api = await openApi(folder, bench.app.tools, log);
  onTestFinished(() => api.close());
  return { folder, ask: asker(folder) };
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const asker =
  (folder: string) =>
  async (role: Role, method: string, path: string, body?: unknown): Promise<Reply> => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const call = request({ socketPath: socketPath(folder, role), method, path, headers });
    call.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = await once(call, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    const isJson = response.headers['content-type']?.startsWith('application/json');
    return { status: response.statusCode, body: isJson ? JSON.parse(text) : text };
  };

/** Opens a stream; `next` waits for its next message. */
export function streamOf(folder: string, role: Role, path: string) {
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  const call = request({ socketPath: socketPath(folder, role), path }, (response) => {
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      for (const line of text.split('\n').filter((one) => one.startsWith('data: '))) {
        const message: unknown = JSON.parse(line.slice('data: '.length));
        const waiter = waiting.shift();
        if (waiter === undefined) messages.push(message);
        else waiter(message);
      }
    });
  });
  call.on('error', () => {});
  call.end();
  return {
    next: <T>(): Promise<T> =>
      new Promise((resolve) => {
        const message = messages.shift();
        if (message === undefined) waiting.push(resolve as (message: unknown) => void);
        else resolve(message as T);
      }),
    close: () => call.destroy(),
  };
}
