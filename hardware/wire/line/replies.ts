import type { BoardIdentity, BoardReading, BoardReply, BoardRequest } from '../family.ts';
import type { LineFrame } from './frame.ts';
import { CHANNELS_MAX, ERROR_CODE_MAX, PULSE_MS, WORD_CHARS_MAX } from './limits.ts';

const VERSION = '1';
const ALREADY_DONE = { kind: 'refused', code: 0, why: 'already-done' } as const;

/** What a reply says to the request it answers, or `undefined` when its words make no sense. */
export function readReply(frame: LineFrame, request: BoardRequest): BoardReply | undefined {
  if (frame.verb === 'E') return readRefusal(frame.args);
  if (frame.verb !== VERBS[request.kind]) return undefined;
  switch (request.kind) {
    case 'identify':
      return readIdentity(frame.args);
    case 'status':
      return readStatus(frame.args, request.channels);
    case 'unlock':
      return readUnlock(frame.args, request);
    case 'prepare':
      return undefined;
    case 'off':
      return frame.args.length === 0 ? { kind: 'done' } : undefined;
  }
}

/** The verb of each request, and of its reply. */
export const VERBS: Readonly<Record<BoardRequest['kind'], string>> = {
  identify: 'I',
  status: 'S',
  unlock: 'U',
  prepare: 'P',
  off: 'O',
};

/** `<code> <word>`. */
function readRefusal(args: readonly string[]): BoardReply | undefined {
  const [codeWord = '', why = ''] = args;
  const code = decimal(codeWord, 1, ERROR_CODE_MAX);
  if (args.length !== 2 || code === undefined || why.length > WORD_CHARS_MAX) return undefined;
  return { kind: 'refused', code, why };
}

/** `<version> <channels> <boot> <model>`. */
function readIdentity(args: readonly string[]): BoardReply | undefined {
  const [version, channelsWord = '', bootWord = '', model = ''] = args;
  const channels = decimal(channelsWord, 1, CHANNELS_MAX);
  const boot = hexadecimal(bootWord, 4);
  if (args.length !== 4 || version !== VERSION || model.length > WORD_CHARS_MAX) return undefined;
  if (channels === undefined || boot === undefined) return undefined;
  const identity: BoardIdentity = { channels, boot, model };
  return { kind: 'identity', identity };
}

/** `<boot> <contacts> <occupied> <changes>`. */
function readStatus(args: readonly string[], channels: number): BoardReply | undefined {
  const [bootWord = '', contactsWord = '', occupiedWord = '', changesWord = ''] = args;
  const boot = hexadecimal(bootWord, 4);
  const contacts = bits(contactsWord, channels);
  const occupied = occupiedWord === '-' ? 'none' : bits(occupiedWord, channels);
  const wellFormed = args.length === 4 && isHex(changesWord, channels);
  if (!wellFormed || boot === undefined || !contacts || !occupied) return undefined;
  const changes = digitsOf(changesWord);
  const reading: BoardReading = { contacts, changes, boot };
  return {
    kind: 'status',
    reading: occupied === 'none' ? reading : { ...reading, occupied },
  };
}

/** `<channel> <pulseMs>`, where a pulse of 0 says that this id was done before. */
function readUnlock(
  args: readonly string[],
  asked: { readonly channel: number; readonly pulseMs: number },
): BoardReply | undefined {
  const [channelWord = '', pulseWord = ''] = args;
  if (args.length !== 2 || decimal(channelWord, 1, CHANNELS_MAX) !== asked.channel) {
    return undefined;
  }
  const pulseMs = decimal(pulseWord, 0, PULSE_MS.max);
  if (pulseMs === 0) return ALREADY_DONE;
  return pulseMs === asked.pulseMs ? { kind: 'done' } : undefined;
}

function decimal(word: string, min: number, max: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,4})$/.test(word)) return undefined;
  const value = Number(word);
  return value >= min && value <= max ? value : undefined;
}

function isHex(word: string, digits: number): boolean {
  return word.length === digits && /^[\dA-F]*$/.test(word);
}

function hexadecimal(word: string, digits: number): number | undefined {
  return isHex(word, digits) ? Number.parseInt(word, 16) : undefined;
}

/** The value of each hexadecimal digit. */
function digitsOf(word: string): number[] {
  const values: number[] = [];
  for (let at = 0; at < word.length; at += 1) values.push(digitAt(word, at));
  return values;
}

/** Of a digit or a letter from A to F: polls never end, and a parser takes ten times as long. */
function digitAt(word: string, at: number): number {
  const code = word.charCodeAt(at);
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10;
}

const DIGIT_0 = 0x30;
const LETTER_A = 0x41;

/** One bit for each channel: the last digit's lowest bit is channel 1; bits beyond must be 0. */
function bits(word: string, channels: number): readonly boolean[] | undefined {
  const digits = Math.ceil(channels / 4);
  if (!isHex(word, digits)) return undefined;
  const all: boolean[] = [];
  for (let at = digits - 1; at >= 0; at -= 1) {
    const digit = digitAt(word, at);
    all.push((digit & 1) !== 0, (digit & 2) !== 0, (digit & 4) !== 0, (digit & 8) !== 0);
  }
  return all.includes(true, channels) ? undefined : all.slice(0, channels);
}
