import type { BoardRequest, Heard, Noise } from '../wire/family.ts';
import { type BoardSession, makeSessions } from './board-session.ts';
import type { BusOptions, UnlockJob } from './bus-options.ts';
import type { BytePort } from './byte-port.ts';
import type { Timer } from './clock.ts';
import { CoilGuard } from './coil-guard.ts';
import { BusMisuse } from './errors.ts';
import { Exchange } from './exchange.ts';
import { framesOf, type LoggedFrame } from './frame-log.ts';
import { JobQueue } from './job-queue.ts';
import { PULSE_WATCH_MS, REPLY_MARGIN_MS } from './limits.ts';
import { PollPlan } from './poll-plan.ts';
import { PortKeeper } from './port-keeper.ts';
import { patienceMs } from './probe-time.ts';
import { checkBoards, checkUnlock } from './setup-check.ts';
import type { BoardStats } from './stats.ts';
import { isAnswer, type Verdict } from './verdict.ts';
import { exchangeMsMax, Rest } from './wire-time.ts';

/**
 * The master of one half-duplex bus (hardware/README.md, "The bus master"): one exchange at a time,
 * one energised lock of its supply at a time, unlocks before polls before probes. Everything
 * happens in calls of the clock, of the port or of the owner; nothing is asynchronous.
 */
export class Bus {
  readonly #options: BusOptions;
  readonly #sessions: ReadonlyMap<string, BoardSession>;
  readonly #plan: PollPlan<BoardSession>;
  readonly #queue = new JobQueue();
  readonly #coils: CoilGuard;
  readonly #claimant = { wants: () => !this.#queue.isEmpty, freed: () => this.#advance() };
  readonly #keeper: PortKeeper;
  readonly #replyMarginMs: number;
  readonly #rest: Rest;
  #port: BytePort | undefined;
  #exchange: Exchange | undefined;
  /** The board that was asked last: what is heard now has most likely to do with it. */
  #spoken: BoardSession;
  /** The board that was pulsed last, until it has been read. */
  #pulsed: BoardSession | undefined;
  #heardMs = Number.NEGATIVE_INFINITY;
  #wake: Timer | undefined;
  #advancing = false;
  #stopped: (() => void) | undefined;

  /** @throws BusMisuse when the boards contradict each other or their families. */
  constructor(options: BusOptions) {
    this.#options = options;
    this.#coils = options.coils ?? new CoilGuard();
    this.#rest = new Rest(options, () => this.#advance());
    this.#replyMarginMs = options.replyMarginMs ?? REPLY_MARGIN_MS;
    checkBoards(options.boards);
    const sessions = makeSessions(options);
    const [first] = sessions;
    if (!first) throw new BusMisuse(`no boards on bus "${options.name}"`);
    this.#spoken = first;
    this.#sessions = new Map(sessions.map((session) => [session.setup.id, session]));
    this.#plan = new PollPlan(sessions);
    this.#keeper = new PortKeeper({
      name: options.name,
      clock: options.clock,
      open: options.open,
      opened: (port) => this.#portOpened(port),
      bytes: (chunk) => this.#bytesCame(chunk),
      lost: (why) => this.#portLost(why),
    });
  }

  /** Opens the port and probes every board. Called once. */
  start(): void {
    this.#keeper.start();
  }

  /** Ends what waits, lets the exchange in flight end within its time limit, closes the port. */
  stop(done: () => void): void {
    this.#stopped = done;
    this.#wake?.cancel();
    this.#queue.drop('the bus is stopping');
    this.#coils.leave(this.#claimant);
    if (!this.#exchange) this.#close();
  }

  /**
   * Sends one pulse when its turn comes, at most once: the bus never repeats an unlock.
   * @throws BusMisuse for an unknown board, or a channel or pulse outside its limits.
   */
  unlock(job: UnlockJob): void {
    const session = this.#session(job.board);
    checkUnlock(job, session.setup);
    const obstacle = this.#obstacle(session);
    if (obstacle !== undefined) {
      job.done({ kind: 'NotSent', why: obstacle });
      return;
    }
    this.#queue.add(job, this.#nowMs());
    this.#advance();
  }

  /**
   * Reads a board at the active pace for `forMs` from now.
   * @throws BusMisuse for an unknown board.
   */
  hurry(board: string, forMs: number): void {
    const nowMs = this.#nowMs();
    this.#session(board).hurry(nowMs + forMs, nowMs);
    this.#advance();
  }

  /** Counts by board id. */
  stats(): ReadonlyMap<string, BoardStats> {
    return new Map([...this.#sessions].map(([id, session]) => [id, session.stats.read()]));
  }

  /** What passed on the wire last, oldest first. */
  frames(): readonly LoggedFrame[] {
    return framesOf([...this.#sessions.values()].flatMap(({ frames }) => frames.read()));
  }

  #nowMs(): number {
    return this.#options.clock.monoMs();
  }

  #session(board: string): BoardSession {
    const session = this.#sessions.get(board);
    if (!session) throw new BusMisuse(`no board "${board}" on bus "${this.#options.name}"`);
    return session;
  }

  /** Why a board cannot take an unlock now. */
  #obstacle(session: BoardSession): string | undefined {
    if (this.#stopped) return 'the bus is stopping';
    if (!this.#port) return 'the port is closed';
    return session.serves ? undefined : `board ${session.setup.id} is ${session.healthName}`;
  }

  /** Starts what is due, or sleeps until something is. A timer may come 1 ms before `wokenMs`. */
  #advance(wokenMs = Number.NEGATIVE_INFINITY): void {
    // A port may answer within the write, and an owner may call from within an event; the loop
    // that is running already then goes on with what they caused.
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      while (this.#startNext(Math.max(this.#nowMs(), wokenMs)));
      this.#sleep();
    } finally {
      this.#advancing = false;
    }
  }

  /** Whether something was done, so that it is worth looking again. */
  #startNext(nowMs: number): boolean {
    this.#queue.expire(nowMs);
    if (!this.#port || this.#exchange || this.#stopped || this.#rest.isOn) return false;
    const pulsed = this.#pulsed;
    this.#pulsed = undefined;
    if (pulsed?.serves) {
      this.#poll(pulsed, nowMs);
      return true;
    }
    const job = nowMs >= this.#coils.turnMs(this.#claimant) ? this.#queue.take() : undefined;
    if (job) {
      this.#pulse(job);
      return true;
    }
    const session = this.#plan.take(nowMs);
    if (session) this.#poll(session, nowMs);
    return session !== undefined;
  }

  #sleep(): void {
    this.#wake?.cancel();
    if (!this.#port || this.#exchange || this.#stopped || this.#rest.isOn) return;
    const dueMs = Math.min(this.#plan.nextDueMs(), this.#coils.turnMs(this.#claimant));
    const wakeMs = Math.min(dueMs, this.#queue.nextExpiryMs());
    if (!Number.isFinite(wakeMs)) return;
    const delayMs = Math.max(0, Math.ceil(wakeMs - this.#nowMs()));
    const { clock, name } = this.#options;
    this.#wake = clock.after(`${name} next exchange`, delayMs, () => this.#advance(wakeMs));
  }

  #poll(session: BoardSession, nowMs: number): void {
    this.#ask(session, session.nextRequest(nowMs), (verdict) => {
      session.judge(verdict, this.#nowMs());
      if (session.serves) return;
      this.#queue.drop(`board ${session.setup.id} is ${session.healthName}`, session.setup.id);
    });
  }

  #pulse(job: UnlockJob): void {
    const session = this.#session(job.board);
    const obstacle = job.wanted()
      ? (this.#obstacle(session) ?? this.#coils.obstacle(job, this.#nowMs()))
      : 'nobody wants it any more';
    if (obstacle !== undefined) {
      job.done({ kind: 'NotSent', why: obstacle });
      return;
    }
    const { channel, pulseMs } = job;
    this.#coils.begin(this.#nowMs());
    this.#ask(session, { kind: 'unlock', channel, pulseMs }, (verdict) => {
      const nowMs = this.#nowMs();
      if (this.#coils.ended(job, verdict, nowMs, session.answersAfterPulse)) {
        session.watch(nowMs + pulseMs + PULSE_WATCH_MS, nowMs);
        this.#pulsed = session;
      }
      job.done(verdict);
    });
  }

  #ask(session: BoardSession, request: BoardRequest, then: (verdict: Verdict) => void): void {
    const port = this.#port;
    if (!port) return;
    const { setup, dialect, healthName } = session;
    const { clock, baud } = this.#options;
    const beganMs = this.#nowMs();
    const patience = patienceMs(session, request, this.#sessions.values(), beganMs);
    // Half a frame of the exchange before is none of the next one's.
    this.#discard(this.#spoken.dialect.gap());
    this.#spoken = session;
    const exchange = new Exchange({
      ...{ clock, port, dialect, request },
      address: setup.address,
      awaited: `${request.kind} of board ${setup.id} (address ${setup.address})`,
      timeoutMs: (bytes) =>
        Math.min(patience, exchangeMsMax(setup, request, bytes, baud, this.#replyMarginMs)),
      settings: setup.settings ?? {},
      sending: (bytes) => session.frames.put('sent', bytes, beganMs),
      noise: (noise) => this.#noise(noise),
      done: (verdict) => {
        const endedMs = this.#nowMs();
        // The bus counts as busy until the verdict has been dealt with, whoever calls meanwhile.
        then(verdict);
        session.took(request, verdict, endedMs - beganMs);
        if (isAnswer(verdict)) this.#coils.answered(setup.id, endedMs);
        this.#exchange = undefined;
        const isOver = exchange.isPlain && healthName === 'online';
        this.#rest.begin(isOver, this.#plan.nextDueMs() - endedMs);
        if (this.#stopped) this.#close();
        else this.#advance();
      },
    });
    this.#exchange = exchange;
    exchange.begin();
  }

  #close(): void {
    this.#port = undefined;
    this.#keeper.stop();
    this.#rest.end();
    this.#stopped?.();
  }

  #portOpened(port: BytePort): void {
    this.#port = port;
    this.#options.on.port(true, 'open');
    for (const session of this.#sessions.values()) session.portOpen(this.#nowMs());
    this.#advance();
  }

  #portLost(why: string): void {
    this.#port = undefined;
    this.#wake?.cancel();
    this.#exchange?.portLost();
    for (const session of this.#sessions.values()) session.portClosed(this.#nowMs());
    this.#queue.drop(`port lost: ${why}`);
    this.#coils.leave(this.#claimant);
    this.#options.on.port(false, why);
  }

  #bytesCame(chunk: Uint8Array): void {
    const { setup, dialect } = this.#spoken;
    const nowMs = this.#nowMs();
    // Bytes reach us up to the reply margin later than the wire carried them, so that only a
    // silence which is longer than both was a silence of the wire.
    const silent = nowMs - this.#heardMs > setup.family.gapMs + this.#replyMarginMs;
    this.#heardMs = nowMs;
    this.#spoken.frames.put('heard', chunk, nowMs);
    const items = [...(silent ? dialect.gap() : []), ...dialect.receive(chunk)];
    if (this.#exchange) this.#exchange.heard(items);
    else this.#discard(items);
    this.#advance(); // A board that spoke unasked is due now, before the bus would have woken up.
  }

  #noise({ reason, text, address }: Noise): void {
    const { setup } = this.#spoken;
    const reporter = [...this.#sessions.values()].find(
      (one) => one.setup.address === address && one.setup.family === setup.family,
    );
    (reporter ?? this.#spoken).noise(reason, text);
    reporter?.nudge(this.#nowMs());
  }

  /** Takes what was heard while nothing was awaited. */
  #discard(items: readonly Heard[]): void {
    for (const item of items) {
      if (item.kind === 'noise') this.#noise(item);
      else this.#spoken.noise('late', item.reply.kind);
    }
  }
}
