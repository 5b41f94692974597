import type { Choice, Entry, Key, Screen } from './screen.ts';

/** Columns between the frame's sides. */
const TEXT_COLUMNS = 56;

/** Draws a screen as lines of plain text, all of the same width, in a frame. */
export function renderScreen(screen: Screen): string[] {
  const { prompt, entry } = screen;
  const asked = prompt === undefined ? [] : [`${prompt}:`];
  const typed = entry === undefined ? [] : [entryText(entry)];
  const parts = [
    screen.lines.flatMap(wrapped),
    [...asked, ...typed].flatMap(wrapped),
    screen.choices.map(choiceText).flatMap(wrapped),
  ];
  const body = parts.filter((part) => part.length > 0).flatMap((part) => ['', ...part]);
  const foot = footText(screen);
  return [
    rule('┌', '┐'),
    ...wrapped(screen.title).map(side),
    rule('├', '┤'),
    ...body.slice(1).map(side),
    ...(foot === null ? [] : [rule('├', '┤'), side(foot)]),
    rule('└', '┘'),
  ];
}

/** What was typed, and a dash for each digit that is still expected. */
export function entryText({ shown, digits }: Entry): string {
  const open = digits === null ? '_' : '_'.repeat(Math.max(0, digits - shown.length));
  return [...shown, ...open].join(' ');
}

export function choiceText({ key, label }: Choice): string {
  return `${keyLabel(key)}  ${label}`;
}

/** The reference on the left and the time on the right; null when there is neither. */
export function footText({ ref, secondsLeft }: Screen, columns = TEXT_COLUMNS): string | null {
  const left = ref === undefined ? '' : `${ref.label} ${ref.value}`;
  const right = secondsLeft === undefined ? '' : `${secondsLeft} s`;
  if (left === '' && right === '') return null;
  return left + right.padStart(columns - left.length);
}

function keyLabel(key: Key): string {
  if (key === 'enter') return '#';
  return key === 'back' ? '*' : key;
}

/** Breaks at blanks; a word that is wider than the frame is cut. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap(cut)) {
    if (line !== '' && line.length + 1 + word.length > TEXT_COLUMNS) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function cut(word: string): string[] {
  return word.match(new RegExp(`.{1,${TEXT_COLUMNS}}`, 'gu')) ?? [''];
}

const side = (text: string): string => `│ ${text.padEnd(TEXT_COLUMNS)} │`;
const rule = (from: string, to: string): string => from + '─'.repeat(TEXT_COLUMNS + 2) + to;
