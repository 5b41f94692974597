import { request } from 'node:http';
import { socketPath } from '../config/socket-path.ts';
import { CannotReach, Refused } from './errors.ts';

/** A daemon that does not answer within this time has hung. */
const REPLY_MAX_MS = 10_000;

/** One daemon, by the folder of its sockets. */
export class Client {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get<T>(path: string): Promise<T> {
    return JSON.parse(await this.text(path)) as T;
  }

  /** What is no JSON, or not to be read as such. */
  text(path: string): Promise<string> {
    return this.#ask('GET', path, 'ro');
  }

  async post<T>(path: string, body: unknown, role: 'panel' | 'ctl' = 'ctl'): Promise<T> {
    return JSON.parse(await this.#ask('POST', path, role, body)) as T;
  }

  async delete<T>(path: string): Promise<T> {
    return JSON.parse(await this.#ask('DELETE', path, 'ctl')) as T;
  }

  /** Hands each message of a stream to `heard`, until the daemon ends it, or the caller does. */
  follow<T>(
    path: string,
    heard: (message: T) => void,
    { role = 'ro', signal }: { role?: 'panel' | 'ro'; signal?: AbortSignal } = {},
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = socketPath(this.#folder, role);
      const call = request({ socketPath: socket, path, ...(signal && { signal }) }, (response) => {
        response.setEncoding('utf8');
        if (response.statusCode !== 200) {
          collect(response).then((text) => reject(refused(text)), reject);
          return;
        }
        let rest = '';
        response.on('data', (chunk: string) => {
          const messages = (rest + chunk).split('\n\n');
          rest = messages.pop() ?? '';
          for (const message of messages) heard(JSON.parse(message.slice('data: '.length)) as T);
        });
        response.on('close', resolve);
      });
      call.on('error', (error) => {
        if (signal?.aborted) resolve();
        else reject(new CannotReach(socket, error));
      });
      call.end();
    });
  }

  #ask(
    method: string,
    path: string,
    role: 'panel' | 'ro' | 'ctl',
    body?: unknown,
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = socketPath(this.#folder, role);
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const call = request({ socketPath: socket, path, method, headers, timeout: REPLY_MAX_MS });
      call.on('response', (response) => {
        collect(response).then((text) => {
          if (response.statusCode === 200) resolve(text);
          else reject(refused(text));
        }, reject);
      });
      call.on('timeout', () => call.destroy(new Error(`no answer within ${REPLY_MAX_MS} ms`)));
      call.on('error', (error) => reject(new CannotReach(socket, error)));
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

async function collect(response: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of response) text += `${chunk}`;
  return text;
}

function refused(text: string): Refused {
  const { code, message } = (JSON.parse(text) as { error: { code: string; message: string } })
    .error;
  return new Refused(code, message);
}
