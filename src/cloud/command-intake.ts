import type { Budgets } from '../control/budgets.ts';
import type { Clock, Signatures } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { CommandRecord, Store } from '../control/store-port.ts';
import { COMMAND_BUDGET } from '../domain/budget.ts';
import { DAY_MS } from '../domain/hold.ts';
import type { Incoming } from './broker.ts';
import { COMMANDS, type CommandType, ORDER, type Order, type ResultCode } from './messages.ts';
import type { Refusals } from './refusals.ts';
import type { Trust } from './trust.ts';

interface Parts {
  readonly kiosk: string;
  readonly trust: Trust;
  readonly signatures: Signatures;
  readonly store: Store;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly refusals: Refusals;
  /** A command that is new in the ledger: to be carried out, but not in this call. */
  readonly accepted: (id: string) => void;
  /** A command that came again. */
  readonly again: (record: CommandRecord) => void;
}

const COMMAND_MAX_BYTES = 16_384;
const BUDGET_NAME = 'commands';
/** What came longer ago leaves the ledger once the cloud has its end. */
export const LEDGER_KEPT_MS = 3 * DAY_MS;
/** So long after its end nobody can tell any more whether a command was in the ledger once. */
const ANCIENT_MS = 2 * DAY_MS;

/**
 * Takes commands into the ledger. The checks go in the order of the contract: what fails before
 * the ledger is counted and forgotten; what is in the ledger gets exactly one terminal result.
 */
export class CommandIntake {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Kept on disk when it returns, or refused: either way the broker need not bring it again. */
  take(message: Incoming, type: string): void {
    const { refusals } = this.#parts;
    const unfit = this.#unfit(message);
    const order = unfit === null ? read(message.payload) : null;
    const refusal = unfit ?? this.#unlike(order, type);
    if (refusal !== null) refusals.refuse(refusal, message.topic);
    else if (order !== null) this.#enter(message, order, type);
  }

  #unfit(message: Incoming): ResultCode | null {
    if (message.payload.length > COMMAND_MAX_BYTES) return 'TOO_LARGE';
    if (message.retained) return 'RETAINED';
    return this.#parts.trust.isSigned('command', message) ? null : 'BAD_SIGNATURE';
  }

  #unlike(order: Order | null, type: string): ResultCode | null {
    const isMeant = order?.t === type && order.k === this.#parts.kiosk;
    return isMeant ? null : 'MALFORMED';
  }

  #enter(message: Incoming, { id, exp }: Order, type: string): void {
    const { store, signatures, budgets, clock, refusals, again, accepted } = this.#parts;
    const digest = signatures.digest(message.payload);
    const known = store.commands.get(id);
    if (known?.digest === digest) again(known);
    else if (known !== null) refusals.refuse('CONFLICT', message.topic);
    else if (Date.parse(exp) < clock.wallMs() - ANCIENT_MS) {
      refusals.refuse('EXPIRED', message.topic);
    } else if (budgets.waitMs(BUDGET_NAME, COMMAND_BUDGET) > 0) {
      refusals.refuse('LIMIT', message.topic);
    } else {
      store.transaction(() => this.#book(message, { id, type, digest }));
      accepted(id);
    }
  }

  #book({ payload }: Incoming, command: Pick<CommandRecord, 'id' | 'type' | 'digest'>): void {
    const { store, recorder, budgets, clock } = this.#parts;
    const { id, type } = command;
    budgets.take(BUDGET_NAME, COMMAND_BUDGET);
    store.commands.put({
      ...command,
      boot: recorder.boot,
      receivedAtWall: clock.wallMs(),
      payload: new TextDecoder().decode(payload),
      ...{ state: 'received', result: null, finishedSeq: null },
    });
    recorder.record({ t: 'command.accepted', cause: `cmd:${id}`, data: { cmd: id, type } });
  }
}

/** The order without its data where the type is not known; null when it is not one at all. */
function read(payload: Uint8Array): Order | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    const order = ORDER.safeParse(value);
    if (!order.success) return null;
    const schema = COMMANDS[order.data.t as CommandType] ?? ORDER;
    return schema.safeParse(value).success ? order.data : null;
  } catch {
    return null;
  }
}
