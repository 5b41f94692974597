import type { ApplyCommand } from '../control/apply-command.ts';
import type { Clock, Timer } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { RemoteOpen } from '../control/remote-open.ts';
import type { CommandRecord, Store } from '../control/store-port.ts';
import type { Supervisor } from '../control/supervisor.ts';
import type { Answers } from './answers.ts';
import { LEDGER_KEPT_MS } from './command-intake.ts';
import type { Identity } from './envelope.ts';
import type { Link } from './link.ts';
import {
  COMMANDS,
  type Command,
  type CommandType,
  commandRules,
  type Message,
} from './messages.ts';

interface Parts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly supervisor: Supervisor;
  readonly link: Link;
  readonly answers: Answers;
  readonly identity: Identity;
  readonly apply: ApplyCommand;
  readonly remoteOpen: RemoteOpen;
  /** What concerns the link itself, and not the kiosk. */
  readonly office: {
    rebirth(): void;
    replay(from: number, to: number): void;
    logLines(count: number): string[];
  };
  /** Every event up to this one was acknowledged. */
  readonly acked: () => number;
}

type Told = Message<'res'>['d'];
type Outcome = Omit<Told, 'cmd' | 'type'>;

/** A result is sent again so often, until the cloud has the event that tells it too. */
const REPEAT_MS = 10_000;
const REPEATED_MAX = 20;

/** Carries out what stands in the ledger, and says once and for all what became of it (R22). */
export class CommandDesk {
  readonly #parts: Parts;
  #timer: Timer | null = null;
  #isServing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Boards were read: what the last boot began is settled, what it received is carried out. */
  start(): void {
    this.#isServing = true;
    for (const record of this.#parts.store.commands.open()) {
      if (record.state === 'begun') this.#finish(record, this.#verdict(record));
      else this.#run(record.id);
    }
    this.#repeat();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** New in the ledger: carried out elsewhere, for the broker waits for its acknowledgement. */
  accepted(id: string): void {
    this.#parts.clock.after(`command ${id}`, 0, () => {
      if (this.#isServing) this.#run(id);
    });
  }

  /** Came again: the same answer, byte for byte (I5). */
  again({ result }: CommandRecord): void {
    if (result !== null) this.#parts.answers.send(result);
  }

  #run(id: string): void {
    const record = this.#parts.store.commands.get(id);
    if (record?.state !== 'received') return;
    const command = orderOf(record);
    const refusal = this.#refusal(record, command);
    if (refusal !== null || command === null) {
      this.#finish(record, refusal ?? { ok: false, code: 'UNSUPPORTED' });
    } else if (command.t === 'slot.open') this.#open(record, command);
    else {
      const begun = this.#begin(record);
      this.#finish(begun, this.#applied(command));
    }
  }

  #refusal({ boot }: CommandRecord, command: Command | null): Outcome | null {
    if (command === null) return { ok: false, code: 'UNSUPPORTED' };
    const { clock, link, identity } = this.#parts;
    const { actuates, expiryS } = commandRules(command.t);
    const expMs = Date.parse(command.exp);
    // Another boot or another connection: whoever asked saw another state of things.
    const isOurs = boot === identity.boot && command.sess === link.session;
    // A clock that nobody vouches for makes nothing late that is of this very session.
    const isLate = clock.wallMs() > expMs;
    if (isLate && !(isOurs && identity.clockState() === 'unsynced')) {
      return { ok: false, code: 'EXPIRED' };
    }
    if (expMs - Date.parse(command.ts) > expiryS * 1_000) {
      return { ok: false, code: 'LIMIT', detail: `exp is at most ${expiryS} s behind ts` };
    }
    if (actuates && !isOurs) return { ok: false, code: 'BAD_SESSION' };
    return null;
  }

  #open(record: CommandRecord, { id, d, exp }: Extract<Command, { t: 'slot.open' }>): void {
    const { remoteOpen, clock, answers } = this.#parts;
    const untilMs = Date.parse(exp) - clock.wallMs();
    const longestMs = commandRules('slot.open').expiryS * 1_000;
    const expiresInMs = Math.min(longestMs, Math.max(0, untilMs));
    let begun = record;
    let isOver = false;
    remoteOpen.open(
      { ...d, id, expiresInMs },
      () => {
        begun = this.#begin(record);
        // Nothing stands before the pulse: it goes out first.
        clock.after(`progress of ${id}`, 0, () => {
          if (!isOver) answers.underWay({ cmd: id, type: record.type, slot: d.slot });
        });
      },
      (result) => {
        isOver = true;
        this.#finish(begun, result);
      },
    );
  }

  #applied(command: Exclude<Command, { t: 'slot.open' }>): Outcome {
    const { apply, office } = this.#parts;
    try {
      switch (command.t) {
        case 'rebirth':
          office.rebirth();
          return DONE;
        case 'replay':
          return this.#replayed(command.d);
        case 'log.pull':
          return { ...DONE, lines: office.logLines(command.d.lines) };
        default:
          return apply.apply(command.id, command);
      }
    } catch (error) {
      // A use case says so of a size, a parcel or a person that it does not know.
      if (!(error instanceof RangeError)) throw error;
      return { ok: false, code: 'REFUSED', detail: error.message.slice(0, DETAIL_CHARS) };
    }
  }

  #replayed({ ep, from, to }: Extract<Command, { t: 'replay' }>['d']): Outcome {
    const { office, identity } = this.#parts;
    if (ep !== identity.epoch) return { ok: false, code: 'NOT_FOUND' };
    if (to - from >= REPLAYED_MAX) {
      return { ok: false, code: 'LIMIT', detail: `at most ${REPLAYED_MAX} events at once` };
    }
    office.replay(from, to);
    return DONE;
  }

  #begin(record: CommandRecord): CommandRecord {
    const begun = { ...record, state: 'begun' } as const;
    this.#parts.store.transaction(() => this.#parts.store.commands.put(begun));
    return begun;
  }

  /** Of a command that the last boot began: what the door shows now, or that nobody knows. */
  #verdict(record: CommandRecord): Outcome {
    const command = orderOf(record);
    if (command?.t !== 'slot.open') return { ok: false, code: 'UNKNOWN' };
    const { slot } = command.d;
    const isOpen = this.#parts.supervisor.find(slot)?.door === 'open';
    return isOpen
      ? { ok: true, code: 'OPENED', slot, grade: 'sensed', detail: 'recovered' }
      : { ok: false, code: 'UNKNOWN', slot };
  }

  #finish(record: CommandRecord, outcome: Outcome): void {
    const { store, recorder, answers, link } = this.#parts;
    const { id, type } = record;
    const d: Told = { cmd: id, type, ...outcome };
    const result = answers.terminal(d, link.session ?? sessionOf(record) ?? recorder.boot);
    store.transaction(() => {
      const { slot = null, parcel = null, lines: _, ...data } = d;
      const cause = `cmd:${id}`;
      const finishedSeq = recorder.record({ t: 'command.finished', cause, slot, parcel, data });
      store.commands.put({ ...record, state: 'finished', result, finishedSeq });
    });
    answers.send(result);
  }

  /** Sends the results that the cloud may not have: at a connection, and from time to time. */
  tell(): void {
    const { store, acked, answers } = this.#parts;
    for (const { result } of store.commands.finishedAfter(acked(), REPEATED_MAX)) {
      if (result !== null) answers.send(result);
    }
  }

  #repeat(): void {
    const { store, clock, acked } = this.#parts;
    this.#timer = clock.after('results again', REPEAT_MS, () => this.#repeat());
    store.commands.forget(acked(), clock.wallMs() - LEDGER_KEPT_MS);
    this.tell();
  }
}

const DONE = { ok: true, code: 'DONE' } as const;
const DETAIL_CHARS = 100;
/** To enter them anew takes a fifth of a second, in which no key is answered. */
const REPLAYED_MAX = 20_000;

/** The command as it was checked when it came; null where its type is not known. */
function orderOf({ type, payload }: CommandRecord): Command | null {
  const schema = COMMANDS[type as CommandType] ?? null;
  return schema === null ? null : (schema.parse(JSON.parse(payload)) as Command);
}

function sessionOf({ payload }: CommandRecord): string | null {
  const { sess } = JSON.parse(payload) as { readonly sess?: string };
  return sess ?? null;
}
