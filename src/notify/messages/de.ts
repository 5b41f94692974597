import type { Channel } from '../../control/ports.ts';
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
      helpLine(facts),
    ],
  },
  CODE_REISSUED: {
    subject: 'Ihre neuen Nummern für die Paketstation',
    lines: (facts) => [
      `Neue Nummern für Ihr Paket ${facts.ref} in der Paketstation ${facts.place}.`,
      ...numberLines(facts),
      'Was vorher geschickt wurde, gilt nicht mehr.',
      helpLine(facts),
    ],
  },
  REMINDER: {
    subject: 'Ihr Paket wartet',
    lines: (facts) => [
      `Ihr Paket ${facts.ref} wartet in der Paketstation ${facts.place}.`,
      `Es liegt ${facts.until ? `bis ${facts.until}` : `noch ${days(facts.days)}`} bereit.`,
      'Die Nummern, die Sie haben, gelten weiter.',
      helpLine(facts),
    ],
  },
  EXPIRED: {
    subject: 'Die Abholfrist für Ihr Paket ist vorbei',
    lines: (facts) => [
      `Die Abholfrist für Paket ${facts.ref} in der Paketstation ${facts.place} ist vorbei.`,
      ...(facts.until ? [`Sie endete am ${facts.until}.`] : []),
      'Der Code gilt nicht mehr. Das Paket bleibt dort, bis der Zusteller es zurückholt.',
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
};

const BY: Readonly<Record<Channel, string>> = { sms: 'per E-Mail', email: 'per SMS' };

function numberLines({ code, second, channel, codes }: Facts): string[] {
  const lines: string[] = [];
  if (code !== undefined) lines.push(`Abholcode: ${code}`);
  if (second !== undefined) lines.push(`Zweite Nummer: ${second}`);
  if (lines.length === 0) return lines;
  if (codes !== 'code+otp') return [...lines, askedFor(codes, second)];
  const both = 'Am Tastenfeld werden beide verlangt.';
  if (second === undefined) lines.push(`Die zweite Nummer kommt ${BY[channel]}. ${both}`);
  else if (code === undefined) lines.push(`Der Abholcode kommt ${BY[channel]}. ${both}`);
  else lines.push(both);
  return lines;
}

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
