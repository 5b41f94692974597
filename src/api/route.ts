import { z } from 'zod';

/** Which socket a caller came through: what he may do is decided by who may open that file. */
export const ROLES = ['panel', 'ro', 'ctl'] as const;
export type Role = (typeof ROLES)[number];

/** What one request brings, once it has the shape that its route asks for. */
interface Ask<Query = unknown, Body = unknown> {
  /** The variable pieces of the path, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The caller's user id on this machine, for the journal only; null when it cannot be known. */
  readonly uid: number | null;
}

/** Answers once, or calls `send` with what is now and each change, and gives back how to stop. */
type Answer<Query, Body, Reply> =
  | { readonly once: (ask: Ask<Query, Body>) => Reply | Promise<Reply> }
  | { readonly stream: (ask: Ask<Query, Body>, send: (reply: Reply) => void) => () => void };

interface Way {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With variable pieces as `:name`. */
  readonly path: string;
  /** The socket that has it; what `ro` has, `ctl` has as well. */
  readonly role: Role;
  readonly summary: string;
  /** Of an answer that is not JSON but text. */
  readonly type?: string;
}

/** One way in, with the shapes of what goes in and what comes out. */
export type Route = Way & {
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
} & Answer<unknown, unknown, unknown>;

const NOTHING = z.strictObject({});

/** A route whose answer is held to its shapes by the compiler. */
export function route<
  Reply extends z.ZodType,
  Query extends z.ZodType = typeof NOTHING,
  Body extends z.ZodType = typeof NOTHING,
>(
  way: Way & { readonly reply: Reply; readonly query?: Query; readonly body?: Body } & Answer<
      z.output<Query>,
      z.output<Body>,
      z.input<Reply>
    >,
): Route {
  return { query: NOTHING, body: NOTHING, ...way } as unknown as Route;
}

/** Why a request is not granted; `code` is for programs, the message for people. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409 | 503;
  readonly code: string;

  constructor(status: Refusal['status'], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
