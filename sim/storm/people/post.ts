import type { Received } from '../../embedded.ts';

/** A parcel as its recipient knows it from the messages. */
export interface Letter {
  readonly ref: string;
  readonly code: string;
  readonly second: string;
}

/** Somebody parcels are for. */
interface Addressee {
  readonly phone: string;
  readonly email: string | null;
}

const REF = /parcel ([0-9A-Z]{6}) /;
const CODE = /Pickup code: (\d+)/;
const SECOND = /Second number: (\d+)/;

/** Puts together what arrives on phones and in mailboxes, and who has parcels to collect. */
export class Post {
  readonly addressees: readonly Addressee[];
  readonly #parts = new Map<string, Partial<Letter>>();
  readonly #arrived: (letter: Letter) => void;
  readonly #letters: Letter[] = [];

  /** `arrived` is called once for each parcel, when its recipient has both numbers. */
  constructor(addressees: readonly Addressee[], arrived: (letter: Letter) => void) {
    this.addressees = addressees;
    this.#arrived = arrived;
  }

  /** Everything that was told so far. */
  get letters(): readonly Letter[] {
    return this.#letters;
  }

  received({ text }: Received): void {
    const ref = REF.exec(text)?.[1];
    if (ref === undefined) return;
    const before = this.#parts.get(ref) ?? {};
    const code = CODE.exec(text)?.[1] ?? before.code;
    const second = SECOND.exec(text)?.[1] ?? before.second;
    this.#parts.set(ref, { ...(code && { code }), ...(second && { second }) });
    const isNew = before.code === undefined || before.second === undefined;
    if (!isNew || code === undefined || second === undefined) return;
    const letter = { ref, code, second };
    this.#letters.push(letter);
    this.#arrived(letter);
  }
}

/** People with a phone and mostly a mailbox. */
export function town(people: number): Addressee[] {
  return Array.from({ length: people }, (_, index) => {
    const phone = `+3538712${String(10_000 + index * 7_919).slice(-5)}`;
    return { phone, email: index % 5 === 4 ? null : `person${index}@mail.example` };
  });
}
