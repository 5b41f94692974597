import type { Link } from './link.ts';
import { MESSAGES, type Message } from './messages.ts';
import { ERRORS_MAX, TEXT_CHARS_MAX } from './schemas/values.ts';

type InForce = Message<'cfg'>;

/** Says on a topic of its own what is in force, and what was wrong with what is not. */
export function sayInForce(
  link: Link,
  topic: string,
  said: Omit<InForce, 'v' | 'errors'>,
  errors: readonly string[],
): void {
  const { qos, retain } = MESSAGES.cfg;
  const inForce: InForce = { v: 1, ...said, errors: inShort(errors) };
  link.publish({ topic, payload: JSON.stringify(inForce), qos, retain });
}

/** As many reasons, and as much of each, as a message takes. */
export function inShort(errors: readonly string[]): string[] {
  return errors.slice(0, ERRORS_MAX).map((text) => text.slice(0, TEXT_CHARS_MAX));
}
