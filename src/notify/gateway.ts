import { createHmac } from 'node:crypto';
import type { Clock, Fate } from '../control/ports.ts';
import { type Dialling, normalPhone } from '../domain/phone.ts';
import type { Message, Transport } from './message.ts';

/** An HTTP service that makes text messages of requests (docs/NOTICES.md). */
export interface Gateway {
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly type: 'json' | 'form';
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly secret?: string;
  readonly signature?: {
    readonly header: string;
    readonly encoding: 'hex' | 'base64';
    readonly prefix: string;
  };
}

type Values = Readonly<Record<string, string>>;

const ANSWER_MS_MAX = 20_000;
/** ITU-T E.164 has at most 15 digits; shorter than this is no subscriber. */
const PHONE = /^\d{6,15}$/;
const CONTENT_TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' };
/** Not about the message: the time, the pace, and as whom it was asked. */
const NOT_ITS_FAULT = [401, 402, 403, 404, 405, 407, 408, 421, 425, 429];
const TOO_MANY = 429;

/** Text messages through an HTTP gateway. */
export function gateway(service: Gateway, dialling: Dialling, clock: Clock): Transport {
  return {
    send(to, message, told) {
      const digits = normalPhone(to, dialling);
      if (!PHONE.test(digits)) return told('refused', 'not a phone number');
      const values = { to: `+${digits}`, text: message.text.trimEnd(), id: message.id };
      const url = filled(service.url, values, encodeURIComponent);
      asked(clock, url, requestOf(service, message, values)).then(
        (status) => told(fateOf(status), `HTTP ${status}`),
        (error: Error) => told('down', nameOf(error)),
      );
    },
    // Any answer at all shows that requests get there.
    probe(answered) {
      const root = new URL('/', service.url).href;
      asked(clock, root, { method: 'HEAD', redirect: 'manual' }).then(
        (status) => answered(status < 500),
        () => answered(false),
      );
    },
  };
}

/** The status of the answer; rejects without one in time. */
async function asked(clock: Clock, url: string, request: RequestInit): Promise<number> {
  const patience = new AbortController();
  const timer = clock.after('text message', ANSWER_MS_MAX, () => patience.abort());
  try {
    const answer = await fetch(url, { ...request, signal: patience.signal });
    await answer.body?.cancel();
    return answer.status;
  } finally {
    timer.cancel();
  }
}

function requestOf(service: Gateway, { id }: Message, values: Values): RequestInit {
  const { method, type, user, secret = '', signature } = service;
  const write = type === 'json' ? inJson : encodeURIComponent;
  const body = service.body === undefined ? null : filled(service.body, values, write);
  const own = Object.entries(service.headers).map(([name, value]) => [
    name,
    filled(value, { id, secret }, (text) => text),
  ]);
  const headers = new Headers(Object.fromEntries(own) as Record<string, string>);
  if (body !== null && !headers.has('content-type')) {
    headers.set('content-type', CONTENT_TYPES[type]);
  }
  if (user !== undefined) headers.set('authorization', `Basic ${btoa(`${user}:${secret}`)}`);
  if (signature !== undefined) {
    const { header, encoding, prefix } = signature;
    const mac = createHmac('sha256', secret)
      .update(body ?? '')
      .digest(encoding);
    headers.set(header, `${prefix}${mac}`);
  }
  // A code must not follow wherever an answer points.
  return { method, headers, body, redirect: 'manual' };
}

/** Every `{name}` that has a value is put in, once: what stands in a value is not looked at. */
const filled = (text: string, values: Values, write: (value: string) => string): string =>
  text.replace(/\{([a-z]+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : write(value);
  });

/** Inside the quotes of a JSON text. */
const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

function fateOf(status: number): Fate {
  if (status >= 200 && status < 300) return 'accepted';
  if (status === TOO_MANY) return 'later';
  const isPermanent = status >= 400 && status < 500 && !NOT_ITS_FAULT.includes(status);
  return isPermanent ? 'refused' : 'down';
}

/** The name of what failed below, without addresses. */
function nameOf(error: Error): string {
  const { code } = (error.cause ?? error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
