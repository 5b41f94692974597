import type { z } from 'zod';
import type { CloudTeller, Notice, Told, Vault } from '../control/ports.ts';
import { timeText } from './envelope.ts';
import type { SEALED } from './messages.ts';
import type { OutboxDrain } from './outbox-drain.ts';
import type { Questions } from './questions.ts';

interface Parts {
  /** Of the operator's systems: SubjectPublicKeyInfo in base64. */
  readonly notifyKey: string;
  readonly vault: Pick<Vault, 'sealFor'>;
  readonly questions: Questions;
  readonly drain: Pick<OutboxDrain, 'hasReader'>;
}

/** Whoever tells people may have to ask somebody else before it answers. */
const ANSWERED_WITHIN_MS = 60_000;
/** Somebody waits at the keypad. */
const FOUND_WITHIN_MS = 3_000;

/** Has people told by the cloud: their numbers go there sealed, and it says what came of it. */
export class NoticeDesk implements CloudTeller {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  probe(_channel: string, answered: (ok: boolean) => void): void {
    answered(this.#parts.drain.hasReader);
  }

  tell(notice: Notice, answered: Told): void {
    const { id, kind, recipient, parcel, contact, values } = notice;
    if (!this.#parts.drain.hasReader) {
      answered('down', 'no cloud');
      return;
    }
    const { renews: _, gen: _ours, untilWall, ...told } = values;
    const said: z.output<typeof SEALED.notice> = {
      ...{ contact, ...told },
      ...(untilWall !== undefined && { until: timeText(untilWall) }),
    };
    const sealed = this.#sealed(`notice:${id}`, said);
    const d = { notice: id, kind, person: recipient, parcel, sealed };
    this.#parts.questions.ask('notice', d, ({ fate, why }) => answered(fate, why), {
      withinMs: ANSWERED_WITHIN_MS,
      silent: () => answered('down', 'no answer'),
    });
  }

  whose(phone: string, found: (person: string | null | undefined) => void): void {
    const said: z.output<typeof SEALED.phone> = { phone };
    const sealed = this.#sealed('phone', said);
    this.#parts.questions.ask('code.recover', { sealed }, ({ person }) => found(person), {
      withinMs: FOUND_WITHIN_MS,
      silent: () => found(undefined),
    });
  }

  #sealed(about: string, said: object): string {
    const { vault, notifyKey } = this.#parts;
    return vault.sealFor(notifyKey, about, JSON.stringify(said));
  }
}
