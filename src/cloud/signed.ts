import type { z } from 'zod';
import type { Incoming } from './broker.ts';
import { type MessageKind, parsed, type Role } from './messages.ts';
import type { Refusals } from './refusals.ts';
import type { Trust } from './trust.ts';

interface Judges {
  readonly trust: Trust;
  readonly refusals: Refusals;
}

/**
 * What a message says, once it is of the right size, not kept by the broker unless its kind is,
 * signed by the role of its kind, and by the contract: in this order. Null when it was refused.
 */
export function said<Kind extends MessageKind & { readonly signedBy: Role }>(
  { retain, signedBy, schema }: Kind,
  message: Incoming,
  { trust, refusals }: Judges,
  maxBytes = Number.POSITIVE_INFINITY,
): z.output<Kind['schema']> | null {
  const { topic, payload, retained } = message;
  if (payload.length > maxBytes) refusals.refuse('TOO_LARGE', topic);
  else if (retained && !retain) refusals.refuse('RETAINED', topic);
  else if (!trust.isSigned(signedBy, message)) refusals.refuse('BAD_SIGNATURE', topic);
  else {
    const value = parsed(schema, payload);
    if (value === null) refusals.refuse('MALFORMED', topic);
    return value as z.output<Kind['schema']> | null;
  }
  return null;
}
