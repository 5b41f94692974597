import { COIL_ON_MS_MAX, COIL_REST_MS, COIL_WINDOW_MS, LATE_START_MS_MAX } from './limits.ts';
import { isAnswer, type Verdict } from './verdict.ts';

/** One of the buses on a supply. */
interface Claimant {
  /** Whether it has an unlock to send. */
  wants(): boolean;
  /** Its turn may have come, or may come sooner. */
  freed(): void;
}

/** A pulse that is to be sent, or was. */
interface Pulse {
  readonly board: string;
  readonly channel: number;
  readonly pulseMs: number;
}

/** When a coil was on, in monotonic ms. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When the next lock of a power supply may be energised, and by which of its buses (R7): first
 * come, first served, one unlock under way; and which coil must cool down before that (I8). A pulse
 * whose request was answered has begun. One whose request was not answered may begin late, as
 * adapters hold bytes back. But bytes stay in order: a board that answers a later request has
 * pulsed by then, or never will. After a restart nobody knows which coils were on a moment ago,
 * since monotonic time was lost: then all of them cool down first, for the whole window.
 */
export class CoilGuard {
  /** Each bus that has an unlock to send, once. */
  readonly #line: Claimant[] = [];
  /** By board and channel; what is older than the window is forgotten at the next look. */
  readonly #spans = new Map<string, readonly Span[]>();
  #isUnderWay = false;
  #beganMs = 0;
  #freeMs: number;
  #unsure: Pulse | undefined;

  /** `restartedMs` is when this program began, where one before it may have pulsed. */
  constructor(restartedMs = Number.NEGATIVE_INFINITY) {
    this.#freeMs = restartedMs + COIL_WINDOW_MS;
  }

  /** When a bus may send an unlock, in monotonic ms; infinity while it is not its turn. */
  turnMs(claimant: Claimant): number {
    if (!claimant.wants()) this.leave(claimant);
    else if (!this.#line.includes(claimant)) this.#line.push(claimant);
    const isNext = this.#line[0] === claimant && !this.#isUnderWay;
    return isNext ? this.#freeMs : Number.POSITIVE_INFINITY;
  }

  /** The bus has nothing to send any more. */
  leave(claimant: Claimant): void {
    const place = this.#line.indexOf(claimant);
    if (place < 0) return;
    this.#line.splice(place, 1);
    if (place === 0) this.#callNext();
  }

  /** Why the coil must cool down before this pulse. */
  obstacle(pulse: Pulse, nowMs: number): string | undefined {
    const coil = coilOf(pulse);
    const fromMs = nowMs + pulse.pulseMs - COIL_WINDOW_MS;
    const spans = this.#spansOf(coil).filter(({ toMs }) => toMs > fromMs);
    this.#spans.set(coil, spans);
    const onMs = spans.reduce((sum, span) => sum + span.toMs - Math.max(span.fromMs, fromMs), 0);
    if (onMs + pulse.pulseMs <= COIL_ON_MS_MAX) return undefined;
    const [isOn, willBe] = [`was on for ${onMs.toFixed(0)} ms`, `is to be for ${pulse.pulseMs} ms`];
    const limit = `its limit is ${COIL_ON_MS_MAX} ms in ${COIL_WINDOW_MS} ms`;
    return `coil ${coil} ${isOn} and ${willBe}, ${limit}`;
  }

  /** The bus whose turn it is sends its unlock; `ended` follows. */
  begin(nowMs: number): void {
    this.#beganMs = nowMs;
    this.#line.shift();
    this.#isUnderWay = true;
  }

  /**
   * Whether the coil is on now, or was: with a refusal too that is the careful belief. The answer
   * of a board that `answersAfter` is the pulse's end, unless it came too soon for that.
   */
  ended(pulse: Pulse, verdict: Verdict, nowMs: number, answersAfter: boolean): boolean {
    const isSent = verdict.kind !== 'NotSent';
    if (isSent) {
      const coil = coilOf(pulse);
      const lateMs = isAnswer(verdict) ? 0 : LATE_START_MS_MAX;
      const couldBeOver = nowMs - this.#beganMs >= pulse.pulseMs;
      const isOver = answersAfter && couldBeOver && verdict.kind === 'Answered';
      const offMs = isOver ? nowMs : nowMs + pulse.pulseMs;
      const span = { fromMs: offMs - pulse.pulseMs, toMs: offMs };
      this.#spans.set(coil, [...this.#spansOf(coil), span]);
      this.#unsure = isAnswer(verdict) ? undefined : pulse;
      this.#freeMs = offMs + lateMs + COIL_REST_MS;
    }
    this.#isUnderWay = false;
    this.#callNext();
    return isSent;
  }

  /** A board answered a request. */
  answered(board: string, nowMs: number): void {
    if (this.#unsure?.board !== board) return;
    this.#freeMs = Math.min(this.#freeMs, nowMs + this.#unsure.pulseMs + COIL_REST_MS);
    this.#unsure = undefined;
    this.#callNext();
  }

  #spansOf(coil: string): readonly Span[] {
    return this.#spans.get(coil) ?? [];
  }

  #callNext(): void {
    this.#line[0]?.freed();
  }
}

function coilOf({ board, channel }: Pulse): string {
  return `${board}/${channel}`;
}
