import { z } from 'zod';
import { emailAddress, host, oneOf, path, phone, table, text, whole } from './values.ts';

/** The shape of `[notices]`; what spans keys is in `check-notices.ts`. */

const PORTS = { min: 1, max: 65_535 };
const PER_DAY = { min: 3, max: 1_000 };
const URL_CHARS_MAX = 1_000;
const BODY_CHARS_MAX = 4_000;
const HEADERS_MAX = 16;
const HEADER = /^[A-Za-z0-9-]{1,64}$/;
/** A line break would begin another header. */
const HEADER_VALUE = /^[\x20-\x7e]{1,1000}$/;
/** Codes go over this line. */
const SAFE_URL = /^(https:\/\/[^\s/]+|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?)(\/\S*)?$/;

const HEADERS_ALLOWED = `at most ${HEADERS_MAX} headers: names and texts of printable ASCII`;
const URL_ALLOWED = '"https://…"; "http://…" to the machine itself only';
const ORDER_ALLOWED = 'a list of "sms", "email" and "cloud", each at most once';
const channel = oneOf(['sms', 'email', 'cloud']);
const route = oneOf(['first', 'each', 'sms', 'email', 'cloud', 'journal']);

const smtp = table({
  host,
  port: whole(PORTS).exactOptional(),
  security: oneOf(['tls', 'starttls', 'none']).default('tls'),
  ca: path.exactOptional(),
  user: text.exactOptional(),
  passwordFile: path.exactOptional(),
  from: emailAddress,
});

const gateway = table({
  url: z.string(URL_ALLOWED).max(URL_CHARS_MAX, URL_ALLOWED).regex(SAFE_URL, URL_ALLOWED),
  method: oneOf(['POST', 'PUT', 'GET']).default('POST'),
  type: oneOf(['json', 'form']).default('json'),
  body: z
    .string('a text')
    .max(BODY_CHARS_MAX, `at most ${BODY_CHARS_MAX} characters`)
    .exactOptional(),
  headers: z
    .record(z.string().regex(HEADER), z.string().regex(HEADER_VALUE), HEADERS_ALLOWED)
    .refine((all) => Object.keys(all).length <= HEADERS_MAX, HEADERS_ALLOWED)
    .default({}),
  user: text.exactOptional(),
  secretFile: path.exactOptional(),
  signature: table({
    header: z.string('the name of a header').regex(HEADER, 'the name of a header'),
    encoding: oneOf(['hex', 'base64']).default('hex'),
    prefix: z.string('a text').max(32, 'at most 32 characters').default(''),
  }).exactOptional(),
});

export const notices = table({
  spool: path.exactOptional(),
  order: z
    .array(channel, ORDER_ALLOWED)
    .min(1, ORDER_ALLOWED)
    .refine((all) => new Set(all).size === all.length, ORDER_ALLOWED)
    .default(['sms', 'email']),
  perDay: whole(PER_DAY).default(20),
  routes: table({
    reminder: route.default('each'),
    expired: route.default('each'),
    retrieved: route.default('first'),
    cancelled: route.default('first'),
    slotFault: route.default('first'),
    untold: route.default('each'),
    channelDown: route.default('first'),
  }).prefault({}),
  operator: table({ email: emailAddress.exactOptional(), phone: phone.exactOptional() })
    .refine((one) => Object.keys(one).length > 0, 'email, phone or both')
    .exactOptional(),
  email: smtp.exactOptional(),
  sms: gateway.exactOptional(),
});
