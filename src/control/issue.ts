import { policyFor, weaker } from '../domain/code-policy.ts';
import { nextGen } from '../domain/grant.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { Grants } from './grants.ts';
import type { Notices } from './notices.ts';
import type { Numbers } from './numbers.ts';
import type { Channel, NoticeValues } from './ports.ts';

export interface IssueParts {
  readonly numbers: Numbers;
  readonly notices: Notices;
  readonly grants: Grants;
}

/** Numbers that were just made for a parcel, and which channel is to carry which. */
interface Issued {
  readonly record: Pick<
    ParcelRecord,
    'policy' | 'gen' | 'lastGen' | 'codeHash' | 'secondHash' | 'secondMisses'
  >;
  readonly messages: readonly (readonly [channel: Channel, numbers: Partial<NoticeValues>])[];
}

/**
 * Makes the numbers of a parcel by the policy that its recipient can have (M8). Two numbers never
 * travel over one channel, unless there is only one. A grant goes where the code goes, which it
 * replaces.
 */
export function issueNumbers(
  { numbers, notices, grants }: IssueParts,
  parcel: ParcelRecord,
  channels: readonly Channel[] = notices.channelsOf(parcel.recipient),
): Issued {
  const { recipient, status, policy: own } = parcel;
  const contact = notices.contactOf(recipient);
  const phone = contact?.phone ?? null;
  const [first, other] = channels;
  const reach = { phone, channels: other === undefined ? 1 : 2 };
  const possible = policyFor(numbers.rules.codes, reach);
  const policy = status === 'stored' ? weaker(own, possible) : possible;
  const { code, second, codeHash, secondHash } = numbers.mint(policy, phone);
  // Grants that went with earlier numbers are void with them.
  const gen = parcel.codeHash === null ? parcel.gen : nextGen(parcel);
  const grant = grants.mint({ id: parcel.id, gen });
  const key = { code, gen, ...(grant !== null && { grant }) };
  const record = { policy, gen, lastGen: gen, codeHash, secondHash, secondMisses: 0 };
  if (first === undefined) return { record, messages: [] };
  if (policy === 'code+phone') return { record, messages: [[first, key]] };
  if (policy === 'code') {
    return { record, messages: [[first, second === '' ? key : { ...key, second }]] };
  }
  return {
    record,
    messages: [
      [first, key],
      [other ?? first, { second }],
    ],
  };
}
