import { request } from 'node:http';
import { socketPath } from '../config/socket-path.ts';
import { CannotReach, Refused } from './errors.ts';

/** A daemon that does not answer within this time has hung. */
const REPLY_MAX_MS = 10_000;
/** What copies the database or reads the whole journal is not hung for so long, on a slow card. */
export const LONG_REPLY_MAX_MS = 1_800_000;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly role: 'panel' | 'ro' | 'ctl';
  readonly body?: unknown;
  readonly maxMs?: number;
}

/** One daemon, by the folder of its sockets. */
export class Client {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get<T>(path: string, maxMs?: number): Promise<T> {
    return JSON.parse(await this.text(path, maxMs)) as T;
  }

  /** What is no JSON, or not to be read as such. */
  text(path: string, maxMs = REPLY_MAX_MS): Promise<string> {
    return this.#ask({ method: 'GET', path, role: 'ro', maxMs });
  }

  async post<T>(
    path: string,
    body: unknown,
    role: 'panel' | 'ctl' = 'ctl',
    maxMs = REPLY_MAX_MS,
  ): Promise<T> {
    return JSON.parse(await this.#ask({ method: 'POST', path, role, body, maxMs })) as T;
  }

  async delete<T>(path: string): Promise<T> {
    return JSON.parse(await this.#ask({ method: 'DELETE', path, role: 'ctl' })) as T;
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

  #ask({ method, path, role, body, maxMs = REPLY_MAX_MS }: Request): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = socketPath(this.#folder, role);
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const call = request({ socketPath: socket, path, method, headers, timeout: maxMs });
      call.on('response', (response) => {
        collect(response).then((text) => {
          if (response.statusCode === 200) resolve(text);
          else reject(refused(text));
        }, reject);
      });
      call.on('timeout', () => call.destroy(new Error(`no answer within ${maxMs} ms`)));
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
