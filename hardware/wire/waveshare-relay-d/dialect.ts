import type { BoardReply, BoardRequest, Dialect, Heard, NoiseReason, Settings } from '../family.ts';
import { type Decoded, FrameDecoder } from './decoder.ts';
import { encodeFrame, isSameFrame, type ModbusFrame } from './frame.ts';
import { readReply } from './replies.ts';
import { type Question, questionOf } from './requests.ts';
import { chosen } from './settings.ts';

/**
 * The host's side of the relay board. Modbus has no request ids: the reply is known by its address,
 * its function code and, where it is an echo, by every byte (README.md, "Echoes", "Late replies").
 */
export class RelayDialect implements Dialect {
  readonly #decoder = new FrameDecoder();
  #asked: Question | undefined;
  /** The question before, so that its late answer is not mistaken for nonsense. */
  #askedBefore: Question | undefined;
  #answered = false;
  /** The adapter still owes us our own request. */
  #echoDue = false;

  ask(address: number, request: BoardRequest, settings: Settings = {}): Uint8Array {
    const question = questionOf(address, request, settings);
    this.#echoDue = chosen(settings, 'echo') === 'adapter';
    this.#askedBefore = this.#asked;
    this.#asked = question;
    this.#answered = false;
    return encodeFrame(question.frame);
  }

  receive(bytes: Uint8Array): readonly Heard[] {
    return this.#decoder.push(bytes).map((decoded) => this.#judge(decoded));
  }

  gap(): readonly Heard[] {
    return this.#decoder.gap().map((decoded) => this.#judge(decoded));
  }

  #judge(decoded: Decoded): Heard {
    const { text } = decoded;
    if ('reason' in decoded) return { kind: 'noise', reason: decoded.reason, text };
    const judged = this.#judgeFrame(decoded.frame);
    if (typeof judged === 'string') return { kind: 'noise', reason: judged, text };
    this.#answered = true;
    return { kind: 'reply', reply: judged };
  }

  /** The awaited reply, or what a good frame is instead. */
  #judgeFrame(frame: ModbusFrame): BoardReply | NoiseReason {
    const asked = this.#asked;
    if (asked === undefined) return 'foreign';
    if (this.#isEcho(frame, asked)) return 'echo';
    const reply = readReply(frame, asked);
    if (reply !== undefined) return this.#answered ? 'late' : reply;
    if (this.#askedBefore && readReply(frame, this.#askedBefore)) return 'late';
    return frame.address === asked.frame.address ? 'malformed' : 'foreign';
  }

  #isEcho(frame: ModbusFrame, asked: Question): boolean {
    if (!isSameFrame(frame, asked.frame)) return false;
    const isOwed = this.#echoDue;
    this.#echoDue = false;
    // Only the reply to a write can look like its request; to a read it never does.
    return isOwed || asked.request.kind === 'status';
  }
}
