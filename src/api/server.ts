import { mkdirSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Log } from '../control/ports.ts';
import {
  BODY_MAX_BYTES,
  CONNECTIONS_MAX,
  METRICS_PATH,
  STREAMS_MAX,
  UNREAD_MAX_BYTES,
} from './limits.ts';
import { Refusal, ROLES, type Role, type Route } from './route.ts';

/** Reading and writing for owner and group; whoever is neither may not even knock. */
const SOCKET_UMASK = 0o117;
const FOLDER_MODE = 0o750;
const LOOPBACK = '127.0.0.1';

interface Parts {
  readonly pathOf: (role: Role) => string;
  readonly log: Log;
  readonly uidOf: (socket: Socket) => number | null;
  /** Gives the figures of {@link METRICS_PATH}, and nothing else, to whoever is on this machine. */
  readonly metricsPort: number | undefined;
  /** A reader of a reply who takes nothing of it for so long is cut off. */
  readonly unreadMaxMs: number;
}

/**
 * HTTP over a unix socket for each role. Whoever may open a socket may do all that it has, so that
 * the file's group is the gate and no password is. Call `listen` only while holding the database:
 * a socket that a killed daemon left is replaced.
 */
export class ApiServer {
  readonly #parts: Parts;
  readonly #servers: ReadonlyMap<Role, FastifyInstance>;
  readonly #metrics: FastifyInstance | null;
  /** Ends of the streams under way, by socket. */
  readonly #streams = new Map<Role, Set<() => void>>(ROLES.map((role) => [role, new Set()]));

  constructor(parts: Parts, routes: readonly Route[]) {
    this.#parts = parts;
    this.#servers = new Map(ROLES.map((role) => [role, this.#server(role, routes)]));
    const figures = routes.filter(({ path }) => path === METRICS_PATH);
    this.#metrics = parts.metricsPort === undefined ? null : this.#server('ro', figures);
  }

  async listen(): Promise<void> {
    for (const [role, server] of this.#servers) {
      await server.ready();
      const path = this.#parts.pathOf(role);
      mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
      rmSync(path, { force: true });
      // Fastify knows no mode for sockets, and a chmod afterwards would come too late.
      const before = process.umask(SOCKET_UMASK);
      try {
        server.server.listen(path);
      } finally {
        process.umask(before);
      }
    }
    await this.#listenForMetrics();
  }

  /** A port that somebody else has is no reason to serve nobody. */
  async #listenForMetrics(): Promise<void> {
    const { metricsPort, log } = this.#parts;
    if (metricsPort === undefined) return;
    try {
      await this.#metrics?.listen({ host: LOOPBACK, port: metricsPort });
    } catch (error) {
      log.error('no figures on api.metricsPort', { metricsPort, error });
    }
  }

  async close(): Promise<void> {
    for (const end of [...this.#streams.values()].flatMap((ends) => [...ends])) end();
    const servers = [...this.#servers.values(), ...(this.#metrics === null ? [] : [this.#metrics])];
    await Promise.all(servers.map((server) => server.close()));
  }

  #server(role: Role, routes: readonly Route[]): FastifyInstance {
    const server = Fastify({ bodyLimit: BODY_MAX_BYTES, forceCloseConnections: true });
    const streams = this.#streams.get(role) ?? new Set();
    server.server.maxConnections = CONNECTIONS_MAX;
    server.setErrorHandler((error, _request, reply) => this.#refuse(error, reply));
    server.setNotFoundHandler((request, reply) => {
      const what = `${request.method} ${request.url.split('?')[0]}`;
      return this.#refuse(new Refusal(404, 'NO_ROUTE', `${role}.sock has no ${what}`), reply);
    });
    for (const one of routes) {
      if (one.role !== role && !(one.role === 'ro' && role === 'ctl')) continue;
      server.route({
        method: one.method,
        url: one.path,
        handler: (request, reply) => this.#answer(one, request, reply, streams),
      });
    }
    return server;
  }

  async #answer(
    way: Route,
    request: FastifyRequest,
    reply: FastifyReply,
    streams: Streams,
  ): Promise<unknown> {
    const ask = {
      path: request.params as Record<string, string>,
      query: read('query', way.query, request.query ?? {}),
      body: read('body', way.body, request.body ?? {}),
      uid: this.#parts.uidOf(request.raw.socket),
    };
    if ('once' in way) {
      if (way.type !== undefined) reply.type(way.type);
      const said = await way.once(ask);
      // Not before: what takes long to find out is no reader's fault. The next request begins anew.
      request.raw.socket.setTimeout(this.#parts.unreadMaxMs);
      return said;
    }
    return stream(reply, streams, (send) => way.stream(ask, send));
  }

  #refuse(error: unknown, reply: FastifyReply): FastifyReply {
    const refusal = asRefusal(error);
    if (refusal === null) this.#parts.log.error('a request failed', { error });
    const { status, code, message } = refusal ?? UNKNOWN;
    return reply.code(status).send({ error: { code, message } });
  }
}

type Streams = Set<() => void>;

/** Server-sent events (HTML Standard, section 9.2): one `data` line for each message. */
function stream(
  reply: FastifyReply,
  streams: Streams,
  begin: (send: (message: unknown) => void) => () => void,
): unknown {
  if (streams.size >= STREAMS_MAX) {
    throw new Refusal(503, 'TOO_MANY', `${STREAMS_MAX} streams are open here already`);
  }
  const { raw } = reply;
  let stop = (): void => {};
  const end = (): void => {
    if (!streams.delete(end)) return;
    stop();
    raw.destroy();
  };
  streams.add(end);
  try {
    const first: unknown[] = [];
    let send = (message: unknown): void => void first.push(message);
    stop = begin((message) => send(message));
    reply.hijack();
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.on('close', end);
    send = (message) => {
      if (!streams.has(end)) return;
      raw.write(textOf(message));
      if (raw.writableLength > UNREAD_MAX_BYTES) end();
    };
    for (const message of first) send(message);
    return reply;
  } catch (error) {
    streams.delete(end);
    throw error;
  }
}

/** What many follow is written out once. */
const texts = new WeakMap<object, string>();

function textOf(message: unknown): string {
  const known = texts.get(message as object);
  if (known !== undefined) return known;
  const text = `data: ${JSON.stringify(message)}\n\n`;
  texts.set(message as object, text);
  return text;
}

const UNKNOWN = { status: 500, code: 'FAULT', message: 'a fault of lockerd: its log says which' };

function asRefusal(error: unknown): Pick<Refusal, 'status' | 'code' | 'message'> | null {
  if (error instanceof Refusal) return error;
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  const isCallers = statusCode !== undefined && statusCode < 500;
  return isCallers ? new Refusal(400, 'BAD_REQUEST', message ?? 'bad request') : null;
}

/** What lets people in is never repeated: a terminal keeps what it shows, and so do its logs. */
const SECRETS: readonly unknown[] = ['pin', 'lease', 'staff'];

/** @throws Refusal that names each key, what it is (unless that is secret) and what is allowed. */
function read(part: 'query' | 'body', shape: z.ZodType, value: unknown): unknown {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  const complaints = error.issues.map(({ path, message }) => {
    const key = path.length > 0 ? `"${path.join('.')}"` : `the ${part}`;
    const found = path.reduce<unknown>(
      (at, name) => (at as Record<string, unknown>)?.[`${String(name)}`],
      value,
    );
    // The whole has the secrets in it, and one under a mistyped name is a secret too.
    const isTold = path.length > 0 && !SECRETS.includes(path.at(-1));
    const said = isTold ? JSON.stringify(found) : 'refused';
    return `${key} is ${found === undefined ? 'missing' : said}: ${message}`;
  });
  throw new Refusal(400, 'BAD_REQUEST', complaints.join('; '));
}
