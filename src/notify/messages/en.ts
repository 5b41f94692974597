import type { Channel, OwnChannel } from '../../control/ports.ts';
import type { Catalogue, Facts } from './catalogue.ts';

/**
 * The messages in English. None has a link or asks for anything but the numbers at the keypad, so
 * that recipients learn to trust no message that does.
 */
export const en: Catalogue = {
  STORED: {
    subject: 'Your parcel is in the locker',
    lines: (facts) => [
      `Your parcel ${facts.ref} is in the locker ${facts.place}.`,
      ...numberLines(facts),
      ...reachLines(facts),
      `It is held for ${days(facts.days)}${facts.until ? `, at least until ${facts.until}` : ''}.`,
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  CODE_REISSUED: {
    subject: 'Your new numbers for the parcel locker',
    lines: (facts) => [
      `New numbers for your parcel ${facts.ref} in the locker ${facts.place}.`,
      ...numberLines(facts),
      'What was sent before no longer works.',
      ...(facts.until ? [`It is held at least until ${facts.until}.`] : []),
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  REMINDER: {
    subject: 'Your parcel is waiting',
    lines: (facts) => [
      `Your parcel ${facts.ref} is waiting in the locker ${facts.place}.`,
      `It is held ${facts.until ? `until ${facts.until}` : `for ${days(facts.days)} more`}.`,
      'The numbers that you were sent still work.',
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  EXPIRED: {
    subject: 'The time for your parcel has ended',
    lines: (facts) => [
      `The time to collect parcel ${facts.ref} from the locker ${facts.place} has ended.`,
      ...(facts.until ? [`It ended on ${facts.until}.`] : []),
      `Its code no longer works. ${facts.isGone ? TAKEN_BACK : KEPT}`,
      helpLine(facts),
    ],
  },
  RETRIEVED: {
    subject: 'Your parcel counts as collected',
    lines: (facts) => [
      `Your parcel ${facts.ref} counts as collected from the locker ${facts.place}.`,
      `If that was not you, call ${facts.helpPhone}.`,
    ],
  },
  CANCELLED: {
    subject: 'Your parcel was cancelled',
    lines: (facts) => [
      `Your parcel ${facts.ref} for the locker ${facts.place} was cancelled.`,
      'Its code no longer works.',
      helpLine(facts),
    ],
  },
  SLOT_FAULT: {
    subject: 'A compartment needs a look',
    lines: (facts) => [
      `Compartment ${facts.about} of ${facts.place}: ${facts.trouble}.`,
      ...(facts.ref === '' ? [] : [`Parcel ${facts.ref}.`]),
      'lockerctl doctor says what to do.',
    ],
  },
  UNTOLD: {
    subject: 'A recipient could not be told',
    lines: (facts) => [
      `Nobody could be told of parcel ${facts.ref} in ${facts.place}.`,
      'lockerctl notices says why, and sends it again.',
    ],
  },
  CHANNEL_DOWN: {
    subject: 'Messages do not get through',
    lines: (facts) => [
      `No ${CHANNEL_NAMES[facts.about as Channel]} gets out of ${facts.place}: ${facts.trouble}.`,
      'They wait, and go on by themselves once it works again.',
    ],
  },
};

const KEPT = 'The parcel is kept for its carrier to take back.';
const TAKEN_BACK = 'Its carrier has taken it back.';

const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  ...{ sms: 'text message', email: 'e-mail' },
  cloud: 'message to the cloud',
};
const OTHER: Readonly<Record<OwnChannel, OwnChannel>> = { sms: 'email', email: 'sms' };

function numberLines({ code, second, channel, codes, qr }: Facts): string[] {
  const lines: string[] = [];
  if (code !== undefined) lines.push(`Pickup code: ${code}`);
  if (second !== undefined) lines.push(`Second number: ${second}`);
  if (lines.length === 0) return lines;
  if (qr !== undefined) {
    lines.push(`The scanner takes the QR code below instead of ${INSTEAD[qr]}.`);
  }
  if (codes !== 'code+otp') return [...lines, askedFor(codes, second)];
  const elsewhere = ` comes by ${CHANNEL_NAMES[OTHER[channel]]}. The keypad asks for both.`;
  if (second === undefined) lines.push(`The second number${elsewhere}`);
  else if (code === undefined) lines.push(`The pickup code${elsewhere}`);
  else lines.push('The keypad asks for both.');
  return lines;
}

const INSTEAD = { code: 'the pickup code', both: 'any number' } as const;

const hoursLines = ({ hours }: Facts): string[] => (hours === undefined ? [] : [`Open: ${hours}.`]);

function helpLine({ helpPhone, ref }: Facts): string {
  return `Questions: ${helpPhone}, reference ${ref}.`;
}

function days(count: number): string {
  if (count < 1) return 'less than a day';
  return count === 1 ? '1 day' : `${count} days`;
}

/** A recipient without a phone gets a number that stands in for its last digits. */
function askedFor(codes: Facts['codes'], second: string | undefined): string {
  if (codes === 'code') return 'The keypad asks for nothing else.';
  return second === undefined
    ? 'The keypad asks for it and for the last 4 digits of this phone number.'
    : 'Type the second number where the keypad asks for the end of a phone number.';
}

function reachLines({ tooHigh, helpPhone }: Facts): string[] {
  if (tooHigh !== true) return [];
  return [`No low compartment was free. If you cannot reach it, call ${helpPhone}.`];
}
