import type { Contact } from '../domain/person.ts';
import type { Channel, NoticePort } from './ports.ts';

/**
 * Every way to somebody, the first one first, those that stand in for another one too. Where this
 * kiosk carries none of them, notices wait for the day on which it does.
 */
export function waysTo(
  contact: Contact | null,
  order: readonly Channel[],
  port: Pick<NoticePort, 'carries'>,
): Channel[] {
  const own = order.filter((channel) => isReachedBy(channel, contact));
  const carried = own.filter((channel) => port.carries(channel));
  return carried.length > 0 ? carried : own;
}

/** Those to begin with: the cloud never beside another one, as it may choose the very same. */
function firstOf(ways: readonly Channel[]): Channel[] {
  return ways[0] === 'cloud' ? ['cloud'] : ways.filter((channel) => channel !== 'cloud');
}

/** Those to begin with; where none of them works now, others that do. */
export function firstWorking(ways: readonly Channel[], working: readonly Channel[]): Channel[] {
  const first = firstOf(ways);
  const others = firstOf(ways.filter((one) => working.includes(one)));
  return others.length === 0 || first.some((one) => working.includes(one)) ? first : others;
}

/** The cloud knows people of whom the kiosk does not know how to reach them. */
function isReachedBy(channel: Channel, contact: Contact | null): boolean {
  if (channel === 'cloud') return true;
  return (channel === 'sms' ? contact?.phone : contact?.email) != null;
}
