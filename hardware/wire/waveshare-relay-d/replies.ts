import type { BoardReading, BoardReply } from '../family.ts';
import { EXCEPTION, isSameFrame, type ModbusFrame } from './frame.ts';
import { CHANNELS_WITH_ITEMS_MAX } from './limits.ts';
import type { Question } from './requests.ts';
import { chosen } from './settings.ts';

/** What a frame says as the answer to a question, or `undefined` when it is not its answer. */
export function readReply(frame: ModbusFrame, question: Question): BoardReply | undefined {
  const { frame: asked, request } = question;
  if (frame.address !== asked.address) return undefined;
  if (frame.code === (asked.code | EXCEPTION)) return refusal(frame.data);
  if (frame.code !== asked.code) return undefined;
  if (request.kind === 'status') return readStatus(frame.data, request.channels, question);
  // A write is answered with its own echo (MODBUS Application Protocol V1.1b3, section 6.5).
  return isSameFrame(frame, asked) ? { kind: 'done' } : undefined;
}

/** Exception codes (MODBUS Application Protocol V1.1b3, section 7). */
const EXCEPTIONS: ReadonlyMap<number, string> = new Map([
  [1, 'illegal-function'],
  [2, 'illegal-data-address'],
  [3, 'illegal-data-value'],
  [4, 'server-device-failure'],
  [5, 'acknowledge'],
  [6, 'server-device-busy'],
  [8, 'memory-parity-error'],
  [10, 'gateway-path-unavailable'],
  [11, 'gateway-target-failed-to-respond'],
]);

function refusal([code = 0]: readonly number[]): BoardReply {
  return { kind: 'refused', code, why: EXCEPTIONS.get(code) ?? 'unknown-exception' };
}

/** The count of bytes, then a bit for each input, the lowest for input 1, set when it is driven. */
function readStatus(
  data: readonly number[],
  channels: number,
  { settings }: Question,
): BoardReply | undefined {
  const [, inputs = 0] = data;
  if (data.length !== 2) return undefined;
  const bits = (from: number): readonly boolean[] =>
    Array.from({ length: channels }, (_, index) => ((inputs >> (from + index)) & 1) === 1);
  const reading: BoardReading = { contacts: bits(0) };
  if (chosen(settings, 'inputs') === 'doors') return { kind: 'status', reading };
  return { kind: 'status', reading: { ...reading, occupied: bits(CHANNELS_WITH_ITEMS_MAX) } };
}
