import type { Channel, OwnChannel } from '../../control/ports.ts';
import type { Catalogue, Facts } from './catalogue.ts';

/** The messages in German. */
export const de: Catalogue = {
  STORED: {
    subject: 'Ihr Paket liegt im Schließfach',
    lines: (facts) => [
      `Ihr Paket ${facts.ref} liegt in der Paketstation ${facts.place}.`,
      ...numberLines(facts),
      ...reachLines(facts),
      `Es liegt dort ${days(facts.days)} für Sie bereit.`,
      ...(facts.until ? [`Das ist mindestens bis ${facts.until}.`] : []),
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  CODE_REISSUED: {
    subject: 'Ihre neuen Nummern für die Paketstation',
    lines: (facts) => [
      `Neue Nummern für Ihr Paket ${facts.ref} in der Paketstation ${facts.place}.`,
      ...numberLines(facts),
      'Was vorher geschickt wurde, gilt nicht mehr.',
      ...(facts.until ? [`Es liegt mindestens bis ${facts.until} bereit.`] : []),
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  REMINDER: {
    subject: 'Ihr Paket wartet',
    lines: (facts) => [
      `Ihr Paket ${facts.ref} wartet in der Paketstation ${facts.place}.`,
      `Es liegt ${facts.until ? `bis ${facts.until}` : `noch ${days(facts.days)}`} bereit.`,
      'Die Nummern, die Sie haben, gelten weiter.',
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  EXPIRED: {
    subject: 'Die Abholfrist für Ihr Paket ist vorbei',
    lines: (facts) => [
      `Die Abholfrist für Paket ${facts.ref} in der Paketstation ${facts.place} ist vorbei.`,
      ...(facts.until ? [`Sie endete am ${facts.until}.`] : []),
      `Der Code gilt nicht mehr. ${facts.isGone ? TAKEN_BACK : KEPT}`,
      helpLine(facts),
    ],
  },
  RETRIEVED: {
    subject: 'Ihr Paket gilt als abgeholt',
    lines: (facts) => [
      `Ihr Paket ${facts.ref} in der Paketstation ${facts.place} gilt als abgeholt.`,
      `Waren Sie das nicht, rufen Sie ${facts.helpPhone} an.`,
    ],
  },
  CANCELLED: {
    subject: 'Ihr Paket wurde storniert',
    lines: (facts) => [
      `Ihr Paket ${facts.ref} für die Paketstation ${facts.place} wurde storniert.`,
      'Der Code gilt nicht mehr.',
      helpLine(facts),
    ],
  },
  SLOT_FAULT: {
    subject: 'Ein Fach braucht einen Blick',
    lines: (facts) => [
      `Fach ${facts.about} von ${facts.place}: ${facts.trouble}.`,
      ...(facts.ref === '' ? [] : [`Paket ${facts.ref}.`]),
      'lockerctl doctor sagt, was zu tun ist.',
    ],
  },
  UNTOLD: {
    subject: 'Ein Empfänger weiß nichts von seinem Paket',
    lines: (facts) => [
      `Von Paket ${facts.ref} in ${facts.place} konnte niemand benachrichtigt werden.`,
      'lockerctl notices sagt, warum, und schickt es noch einmal.',
    ],
  },
  CHANNEL_DOWN: {
    subject: 'Nachrichten kommen nicht durch',
    lines: (facts) => [
      `Aus ${facts.place} geht nichts ${CHANNEL[facts.about as Channel]} hinaus: ${facts.trouble}.`,
      'Die Nachrichten warten und gehen von selbst hinaus, sobald es wieder geht.',
    ],
  },
};

const KEPT = 'Das Paket bleibt dort, bis der Zusteller es zurückholt.';
const TAKEN_BACK = 'Der Zusteller hat es zurückgeholt.';
const CHANNEL: Readonly<Record<Channel, string>> = {
  ...{ sms: 'per SMS', email: 'per E-Mail' },
  cloud: 'über die Cloud',
};

const BY: Readonly<Record<OwnChannel, string>> = { sms: 'per E-Mail', email: 'per SMS' };

function numberLines({ code, second, channel, codes, qr }: Facts): string[] {
  const lines: string[] = [];
  if (code !== undefined) lines.push(`Abholcode: ${code}`);
  if (second !== undefined) lines.push(`Zweite Nummer: ${second}`);
  if (lines.length === 0) return lines;
  if (qr !== undefined) {
    lines.push(`Der Scanner nimmt den QR-Code unten statt ${INSTEAD[qr]}.`);
  }
  if (codes !== 'code+otp') return [...lines, askedFor(codes, second)];
  const both = 'Am Tastenfeld werden beide verlangt.';
  if (second === undefined) lines.push(`Die zweite Nummer kommt ${BY[channel]}. ${both}`);
  else if (code === undefined) lines.push(`Der Abholcode kommt ${BY[channel]}. ${both}`);
  else lines.push(both);
  return lines;
}

const INSTEAD = { code: 'des Abholcodes', both: 'aller Nummern' } as const;

const hoursLines = ({ hours }: Facts): string[] =>
  hours === undefined ? [] : [`Geöffnet: ${hours}.`];

function helpLine({ helpPhone, ref }: Facts): string {
  return `Fragen: ${helpPhone}, Kennzeichen ${ref}.`;
}

function days(count: number): string {
  if (count < 1) return 'weniger als einen Tag';
  return count === 1 ? '1 Tag' : `${count} Tage`;
}

function askedFor(codes: Facts['codes'], second: string | undefined): string {
  if (codes === 'code') return 'Am Tastenfeld wird sonst nichts verlangt.';
  return second === undefined
    ? 'Am Tastenfeld werden er und die letzten 4 Ziffern dieser Telefonnummer verlangt.'
    : 'Geben Sie die zweite Nummer dort ein, wo das Ende einer Telefonnummer verlangt wird.';
}

function reachLines({ tooHigh, helpPhone }: Facts): string[] {
  if (tooHigh !== true) return [];
  return [`Kein niedriges Fach war frei. Wenn Sie nicht herankommen, rufen Sie ${helpPhone} an.`];
}
