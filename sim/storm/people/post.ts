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

interface Numbers {
  readonly code: string | undefined;
  readonly second: string | undefined;
}

const NOTHING: Numbers = { code: undefined, second: undefined };
const NUMBERS = ['code', 'second'] as const;
const REF = /parcel ([0-9A-Z]{6}) /;
const CODE = /Pickup code: (\d+)/;
const SECOND = /Second number: (\d+)/;

/** Puts together what arrives on phones and in mailboxes, and who has parcels to collect. */
export class Post {
  readonly addressees: readonly Addressee[];
  readonly #parts = new Map<string, Numbers>();
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

  /** Whether these numbers of the parcel are the last that were told. */
  isLast({ ref, code, second }: Letter): boolean {
    const last = this.#parts.get(ref);
    return last?.code === code && last?.second === second;
  }

  received({ text }: Received): void {
    const ref = REF.exec(text)?.[1];
    if (ref === undefined) return;
    const told = { code: CODE.exec(text)?.[1], second: SECOND.exec(text)?.[1] };
    const before = this.#parts.get(ref) ?? NOTHING;
    // After a restore a parcel may be dropped again, and get other numbers.
    const isOther = NUMBERS.some((one) => told[one] && before[one] && told[one] !== before[one]);
    const { code, second } = isOther
      ? told
      : { code: told.code ?? before.code, second: told.second ?? before.second };
    this.#parts.set(ref, { code, second });
    const isNew = isOther || before.code === undefined || before.second === undefined;
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
