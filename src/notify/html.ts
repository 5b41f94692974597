import type { Language } from '../domain/language.ts';

interface Page {
  readonly language: Language;
  readonly subject: string;
  readonly lines: readonly string[];
  /** What is set off from the text, to be typed. */
  readonly numbers: readonly (string | undefined)[];
  readonly hasPicture: boolean;
}

/** Wide enough to be read by a scanner from the screen of a telephone. */
const PICTURE_PX = 246;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The lines of a message for a mailbox: no link, nothing that is fetched from anywhere. */
export function htmlOf({ language, subject, lines, numbers, hasPicture }: Page): string {
  const size = `width="${PICTURE_PX}" height="${PICTURE_PX}"`;
  const picture = `<p><img src="cid:grant" alt="QR" ${size}></p>`;
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5">',
    ...lines.map((line) => `<p>${setOff(escaped(line), numbers)}</p>`),
    ...(hasPicture ? [picture] : []),
    '</body></html>',
    '',
  ].join('\n');
}

function setOff(line: string, numbers: Page['numbers']): string {
  const number = numbers.find((one) => one !== undefined && line.endsWith(`: ${one}`));
  if (number === undefined) return line;
  const before = line.slice(0, line.length - number.length);
  return `${before}<strong style="font-size:24px;letter-spacing:2px">${number}</strong>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
