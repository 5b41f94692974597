import type { z } from 'zod';
import { type Message, SEALED } from '../../src/cloud/messages.ts';
import type { PeopleTable } from './people-table.ts';
import type { NotifyKey } from './sealer.ts';

type Question<T> = Extract<Message<'req'>, { t: T }>;
type Answer = Extract<Message<'rep'>, { t: 'notice' }>['d'];

/** Something that somebody was told, and how. */
export interface Told {
  readonly notice: string;
  readonly kind: string;
  readonly person: string;
  readonly parcel: string | null;
  /** The phone or address that it went to. */
  readonly to: string | null;
  readonly said: z.output<typeof SEALED.notice>;
}

/** Tells people what a kiosk has sealed for them, each notice once. */
export class Messenger {
  readonly told: Told[] = [];
  /** What becomes of the next ones. */
  fate: Answer['fate'] = 'accepted';
  /** Its answers get lost. */
  isMute = false;
  onTold: (told: Told) => void = () => {};
  readonly #key: NotifyKey;
  readonly #had = new Set<string>();

  constructor(key: NotifyKey) {
    this.#key = key;
  }

  /** Null says nothing. */
  tell(question: Question<'notice'>, people: PeopleTable): Answer | null {
    const answer = this.#told(question, people);
    return this.isMute ? null : answer;
  }

  #told({ k, d }: Question<'notice'>, people: PeopleTable): Answer {
    const { notice, kind, person, parcel, sealed } = d;
    if (this.#had.has(notice)) return { fate: 'accepted' };
    if (this.fate !== 'accepted') return { fate: this.fate, why: this.fate.toUpperCase() };
    const said = SEALED.notice.parse(this.#key.open(k, `notice:${notice}`, sealed));
    const { phone, email } = said.contact ?? people.contactOf(person) ?? NOBODY;
    this.#had.add(notice);
    const told = { notice, kind, person, parcel, to: phone ?? email, said };
    this.told.push(told);
    this.onTold(told);
    return { fate: 'accepted' };
  }

  whose({ k, d }: Question<'code.recover'>, people: PeopleTable): string | null {
    const { phone } = SEALED.phone.parse(this.#key.open(k, 'phone', d.sealed));
    return people.byPhone(phone);
  }
}

const NOBODY = { phone: null, email: null };
