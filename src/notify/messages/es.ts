import type { Channel, OwnChannel } from '../../control/ports.ts';
import type { Catalogue, Facts } from './catalogue.ts';

/** The messages in Spanish. */
export const es: Catalogue = {
  STORED: {
    subject: 'Su paquete está en la consigna',
    lines: (facts) => [
      `Su paquete ${facts.ref} está en la consigna ${facts.place}.`,
      ...numberLines(facts),
      ...reachLines(facts),
      `Se guarda durante ${days(facts.days)}.`,
      ...(facts.until ? [`Es decir, al menos hasta el ${facts.until}.`] : []),
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  CODE_REISSUED: {
    subject: 'Sus números nuevos para la consigna',
    lines: (facts) => [
      `Números nuevos para su paquete ${facts.ref} en la consigna ${facts.place}.`,
      ...numberLines(facts),
      'Lo que se envió antes ya no es válido.',
      ...(facts.until ? [`Se guarda al menos hasta el ${facts.until}.`] : []),
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  REMINDER: {
    subject: 'Su paquete le espera',
    lines: (facts) => [
      `Su paquete ${facts.ref} le espera en la consigna ${facts.place}.`,
      `Se guarda ${facts.until ? `hasta el ${facts.until}` : `durante ${days(facts.days)} más`}.`,
      'Los números que recibió siguen siendo válidos.',
      ...hoursLines(facts),
      helpLine(facts),
    ],
  },
  EXPIRED: {
    subject: 'El plazo de su paquete ha terminado',
    lines: (facts) => [
      `El plazo para recoger el paquete ${facts.ref} en la consigna ${facts.place} ha terminado.`,
      ...(facts.until ? [`Terminó el ${facts.until}.`] : []),
      `Su código ya no es válido. ${facts.isGone ? TAKEN_BACK : KEPT}`,
      helpLine(facts),
    ],
  },
  RETRIEVED: {
    subject: 'Su paquete consta como recogido',
    lines: (facts) => [
      `Su paquete ${facts.ref} de la consigna ${facts.place} consta como recogido.`,
      `Si no ha sido usted, llame al ${facts.helpPhone}.`,
    ],
  },
  CANCELLED: {
    subject: 'Su paquete se ha cancelado',
    lines: (facts) => [
      `Su paquete ${facts.ref} para la consigna ${facts.place} se ha cancelado.`,
      'Su código ya no es válido.',
      helpLine(facts),
    ],
  },
  SLOT_FAULT: {
    subject: 'Hay que revisar un casillero',
    lines: (facts) => [
      `Casillero ${facts.about} de ${facts.place}: ${facts.trouble}.`,
      ...(facts.ref === '' ? [] : [`Paquete ${facts.ref}.`]),
      'lockerctl doctor dice qué hacer.',
    ],
  },
  UNTOLD: {
    subject: 'No se ha podido avisar a un destinatario',
    lines: (facts) => [
      `No se ha podido avisar a nadie del paquete ${facts.ref} en ${facts.place}.`,
      'lockerctl notices dice por qué y lo envía otra vez.',
    ],
  },
  CHANNEL_DOWN: {
    subject: 'Los mensajes no salen',
    lines: (facts) => [
      `De ${facts.place} no sale nada ${CHANNEL[facts.about as Channel]}: ${facts.trouble}.`,
      'Los mensajes esperan y saldrán solos cuando vuelva a funcionar.',
    ],
  },
};

const KEPT = 'El paquete queda allí hasta que el repartidor se lo lleve.';
const TAKEN_BACK = 'El repartidor se lo ha llevado.';
const CHANNEL: Readonly<Record<Channel, string>> = {
  sms: 'por mensaje de texto',
  email: 'por correo electrónico',
  cloud: 'por la nube',
};

const BY: Readonly<Record<OwnChannel, string>> = {
  sms: 'por correo electrónico',
  email: 'por mensaje de texto',
};

function numberLines({ code, second, channel, codes, qr }: Facts): string[] {
  const lines: string[] = [];
  if (code !== undefined) lines.push(`Código de recogida: ${code}`);
  if (second !== undefined) lines.push(`Segundo número: ${second}`);
  if (lines.length === 0) return lines;
  if (qr !== undefined) {
    lines.push(`El lector acepta el código QR de abajo en lugar de ${INSTEAD[qr]}.`);
  }
  if (codes !== 'code+otp') return [...lines, askedFor(codes, second)];
  const both = 'El teclado pide los dos.';
  if (second === undefined) lines.push(`El segundo número llega ${BY[channel]}. ${both}`);
  else if (code === undefined) lines.push(`El código de recogida llega ${BY[channel]}. ${both}`);
  else lines.push(both);
  return lines;
}

const INSTEAD = { code: 'el código de recogida', both: 'todos los números' } as const;

const hoursLines = ({ hours }: Facts): string[] =>
  hours === undefined ? [] : [`Horario: ${hours}.`];

function helpLine({ helpPhone, ref }: Facts): string {
  return `Preguntas: ${helpPhone}, referencia ${ref}.`;
}

function days(count: number): string {
  if (count < 1) return 'menos de un día';
  return count === 1 ? '1 día' : `${count} días`;
}

function askedFor(codes: Facts['codes'], second: string | undefined): string {
  if (codes === 'code') return 'El teclado no pide nada más.';
  return second === undefined
    ? 'El teclado lo pide, y también las 4 últimas cifras de este número de teléfono.'
    : 'Escriba el segundo número donde el teclado pide el final de un número de teléfono.';
}

function reachLines({ tooHigh, helpPhone }: Facts): string[] {
  if (tooHigh !== true) return [];
  return [`No había un casillero bajo libre. Si no lo alcanza, llame al ${helpPhone}.`];
}
