import type { BoardReading, BoardRequest, Dialect, Family, NoiseReason } from '../wire/family.ts';
import {
  type Decision,
  decideSession,
  nextRequest,
  type SessionEvent,
  type SessionState,
  serves,
} from './board-machine.ts';
import type { BoardSetup, BusEvents, BusOptions } from './bus-options.ts';
import type { PassedBytes } from './frame-log.ts';
import {
  ACTIVE_POLL_MS,
  FRAME_BYTES_KEPT_MAX,
  FRAMES_KEPT_MAX,
  IDLE_POLL_MS,
  OFFLINE_WAIT_MS_MAX,
  PULSE_MS,
  UNLOCK_JITTER_MS,
} from './limits.ts';
import type { PollRank } from './poll-plan.ts';
import { StatsKeeper } from './stats.ts';
import { describe, type Verdict } from './verdict.ts';

interface Pace {
  readonly idlePollMs: number;
  readonly activePollMs: number;
}

/** The bus's side of one board: what to ask it, when, and what its answers make of it. */
export class BoardSession {
  readonly setup: BoardSetup;
  readonly dialect: Dialect;
  readonly stats = new StatsKeeper();
  readonly frames: FrameRing;
  readonly #probe: Family['probe'];
  readonly #pace: Pace;
  readonly #on: BusEvents;
  #state: SessionState = { name: 'dark' };
  #dueMs = Number.POSITIVE_INFINITY;
  #askedMs = Number.NEGATIVE_INFINITY;
  #statusMs: number | undefined;
  /** The longest time from the end of a pulse to the board's answer; infinity before the first. */
  #afterPulseMs = Number.POSITIVE_INFINITY;
  #reading: BoardReading | undefined;
  #heardMs = Number.NEGATIVE_INFINITY;
  /** As the owner wants it, and as a pulse does. */
  #hurriedUntilMs = Number.NEGATIVE_INFINITY;
  #watchedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(setup: BoardSetup, dialect: Dialect, pace: Pace, on: BusEvents) {
    this.setup = setup;
    this.frames = new FrameRing(setup.id);
    this.dialect = dialect;
    this.#probe = setup.family.probeWith?.(setup.settings ?? {}) ?? setup.family.probe;
    this.#pace = pace;
    this.#on = on;
  }

  get answersAfterPulse(): boolean {
    const { family, settings = {} } = this.setup;
    return family.unlockReply?.(settings) === 'after-pulse';
  }

  /** How long its answer to an unlock is awaited; infinity while nothing is known of that. */
  unlockPatienceMs(pulseMs: number): number {
    return pulseMs + Math.ceil(this.#afterPulseMs) + UNLOCK_JITTER_MS;
  }

  get serves(): boolean {
    return serves(this.#state);
  }

  get healthName(): SessionState['name'] {
    return this.#state.name;
  }

  /** Counts an exchange. Only an answer that came after the pulse teaches when to expect one. */
  took(request: BoardRequest, verdict: Verdict, tookMs: number): void {
    this.stats.judged(verdict, tookMs);
    if (request.kind !== 'unlock' || verdict.kind !== 'Answered') return;
    const afterMs = tookMs - request.pulseMs;
    if (!this.answersAfterPulse || afterMs < 0) return;
    const isFirst = !Number.isFinite(this.#afterPulseMs);
    this.#afterPulseMs = isFirst ? afterMs : Math.max(this.#afterPulseMs, afterMs);
  }

  /** How long the last status took that this board answered. */
  get statusMs(): number | undefined {
    return this.#statusMs;
  }

  /** When this board wants to be asked next, in monotonic ms; infinity while the port is closed. */
  get dueMs(): number {
    return this.#dueMs;
  }

  rank(nowMs: number): PollRank {
    if (!this.serves) return 'probe';
    return this.#isActive(nowMs) ? 'active' : 'idle';
  }

  /** Asks this board at the active pace until then; the last word counts. */
  hurry(untilMs: number, nowMs: number): void {
    this.#hurriedUntilMs = untilMs;
    this.#askSooner(nowMs);
  }

  /** The same because of a pulse, whatever the owner wants. */
  watch(untilMs: number, nowMs: number): void {
    this.#watchedUntilMs = Math.max(this.#watchedUntilMs, untilMs);
    this.#askSooner(nowMs);
  }

  #isActive(nowMs: number): boolean {
    return Math.max(this.#hurriedUntilMs, this.#watchedUntilMs) > nowMs;
  }

  #askSooner(nowMs: number): void {
    if (this.serves) this.#dueMs = Math.min(this.#dueMs, this.#nextPollMs(nowMs));
  }

  /** The poll or probe to send now. */
  nextRequest(nowMs: number): BoardRequest {
    this.#askedMs = nowMs;
    const kind = nextRequest(this.#state, this.#probe);
    if (kind === 'status') return { kind, channels: this.setup.channels };
    if (kind === 'prepare') return { kind, pulseMs: this.setup.pulseMs ?? PULSE_MS };
    return { kind };
  }

  portOpen(nowMs: number): void {
    this.#tell({ kind: 'port open' }, nowMs);
  }

  portClosed(nowMs: number): void {
    this.#tell({ kind: 'port closed' }, nowMs);
  }

  /** Takes the verdict on a poll or probe. The loss of the port is told on its own. */
  judge(verdict: Verdict, nowMs: number): void {
    if (verdict.kind === 'PortLost') return;
    if (verdict.kind !== 'Answered') {
      const silentMs = nowMs - this.#heardMs;
      this.#tell({ kind: 'missed', silentMs }, nowMs, describe(verdict));
      return;
    }
    const { reply } = verdict;
    this.#heardMs = nowMs;
    if (reply.kind === 'status') this.#statusMs = nowMs - this.#askedMs;
    const decision = this.#decide({ kind: 'heard', reply });
    // The reading comes first, so that a board which goes online has been read (R20).
    if (reply.kind === 'status' && serves(decision.state)) {
      if (!isSameReading(this.#reading, reply.reading)) this.#reading = reply.reading;
      this.#on.reading(this.setup.id, this.#reading ?? reply.reading, nowMs);
    }
    this.#enter(decision, nowMs);
  }

  noise(reason: NoiseReason, text: string): void {
    this.stats.discarded(reason);
    this.#on.noise(this.setup.id, reason, text);
  }

  /** The board spoke unasked: what it said is not believed, but it is asked at once. */
  nudge(nowMs: number): void {
    if (this.serves) this.#dueMs = Math.min(this.#dueMs, nowMs);
  }

  #tell(event: SessionEvent, nowMs: number, why?: string): void {
    const decision = this.#decide(event);
    this.#enter(why === undefined ? decision : { ...decision, why }, nowMs);
  }

  #decide(event: SessionEvent): Decision {
    const { channels } = this.setup;
    return decideSession(this.#state, event, { probe: this.#probe, channels });
  }

  #enter({ state, why }: Decision, nowMs: number): void {
    const changed = state.name !== this.#state.name;
    this.#state = state;
    this.#dueMs = this.#dueIn(state, nowMs);
    if (changed) this.#on.health(this.setup.id, state.name, why);
  }

  #dueIn(state: SessionState, nowMs: number): number {
    switch (state.name) {
      case 'dark':
        return Number.POSITIVE_INFINITY;
      case 'probing':
        return nowMs;
      case 'offline':
        return nowMs + state.waitMs;
      case 'misfit':
        return nowMs + OFFLINE_WAIT_MS_MAX;
      case 'online':
      case 'quiet':
        return this.#nextPollMs(nowMs);
    }
  }

  #nextPollMs(nowMs: number): number {
    const { idlePollMs, activePollMs } = this.#pace;
    return this.#askedMs + (this.#isActive(nowMs) ? activePollMs : idlePollMs);
  }
}

/** Boards of one family share a dialect, and with it the request ids. */
export function makeSessions(options: BusOptions): readonly BoardSession[] {
  const { boards, firstId, on } = options;
  const { idlePollMs = IDLE_POLL_MS, activePollMs = ACTIVE_POLL_MS } = options;
  const dialects = new Map<Family, Dialect>();
  return boards.map((setup) => {
    const dialect = dialects.get(setup.family) ?? setup.family.dialect(firstId);
    dialects.set(setup.family, dialect);
    return new BoardSession(setup, dialect, { idlePollMs, activePollMs }, on);
  });
}

/**
 * What passed last to and from one board, in memory that is taken once: a bus moves hundreds of
 * pieces each second, and what lives for a minute is dear to collect.
 */
class FrameRing {
  readonly #board: string;
  readonly #bytes = new Uint8Array(FRAMES_KEPT_MAX * FRAME_BYTES_KEPT_MAX);
  readonly #lengths = new Uint8Array(FRAMES_KEPT_MAX);
  readonly #sent = new Uint8Array(FRAMES_KEPT_MAX);
  readonly #atMs = new Float64Array(FRAMES_KEPT_MAX);
  #count = 0;

  constructor(board: string) {
    this.#board = board;
  }

  /** Takes the place of the oldest piece. */
  put(way: PassedBytes['way'], all: Uint8Array, atMs: number): void {
    const place = this.#count % FRAMES_KEPT_MAX;
    const isLong = all.length > FRAME_BYTES_KEPT_MAX;
    const bytes = isLong ? all.subarray(0, FRAME_BYTES_KEPT_MAX) : all;
    this.#bytes.set(bytes, place * FRAME_BYTES_KEPT_MAX);
    this.#lengths[place] = bytes.length;
    this.#sent[place] = way === 'sent' ? 1 : 0;
    this.#atMs[place] = atMs;
    this.#count += 1;
  }

  /** Oldest first. */
  read(): readonly PassedBytes[] {
    const first = Math.max(0, this.#count - FRAMES_KEPT_MAX);
    return Array.from({ length: this.#count - first }, (_, index) => {
      const place = (first + index) % FRAMES_KEPT_MAX;
      const from = place * FRAME_BYTES_KEPT_MAX;
      return {
        atMs: this.#atMs[place] ?? 0,
        way: this.#sent[place] === 1 ? 'sent' : 'heard',
        board: this.#board,
        bytes: this.#bytes.slice(from, from + (this.#lengths[place] ?? 0)),
      };
    });
  }
}

/** Nearly every reading says what the one before said. */
function isSameReading(one: BoardReading | undefined, other: BoardReading): boolean {
  return (
    one !== undefined &&
    one.boot === other.boot &&
    isSameList(one.contacts, other.contacts) &&
    isSameList(one.occupied, other.occupied) &&
    isSameList(one.changes, other.changes)
  );
}

function isSameList<T>(one: readonly T[] | undefined, other: readonly T[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
