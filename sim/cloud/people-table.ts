import { createHash } from 'node:crypto';
import type { Message } from '../../src/cloud/messages.ts';
import { sealFor } from './sealer.ts';

/** Somebody whom the operator knows. */
export type CloudPerson = {
  readonly id: string;
} & (
  | {
      readonly role: 'customer';
      readonly contact: { phone: string | null; email: string | null; language: string } | null;
      readonly needsLowSlot?: boolean;
    }
  | {
      readonly role: 'courier';
      readonly carrier: string;
      readonly signIn: { readonly staff: string; readonly pin: string };
    }
);

type Delta = Message<'people'>;
type Op = Delta['ops'][number];
type Chunk = Message<'peopleFull'>;

/** What the sealed part of a person is sealed with. */
interface Addressee {
  readonly kiosk: string;
  readonly box: string;
  /** It tells people itself, and so must know how. */
  readonly tells: boolean;
}

/** The people of one kiosk, as the operator's systems have them; each change is a revision. */
export class PeopleTable {
  rev = 0;
  readonly people = new Map<string, CloudPerson>();

  /** Puts and removes, and gives the message that says so. */
  change(put: readonly CloudPerson[], remove: readonly string[], to: Addressee): Delta {
    for (const person of put) this.people.set(person.id, person);
    for (const id of remove) this.people.delete(id);
    this.rev += 1;
    const ops = [
      ...put.map((person) => opOf(person, to)),
      ...remove.map((id): Op => ({ op: 'remove', id })),
    ];
    return { v: 1, baseRev: this.rev - 1, rev: this.rev, ops };
  }

  /** Everybody, in chunks of so many characters. */
  whole(to: Addressee, partChars = 60_000): Chunk[] {
    const text = JSON.stringify([...this.people.values()].map((person) => opOf(person, to)));
    const n = Math.max(1, Math.ceil(text.length / partChars));
    const sha256 = createHash('sha256').update(text).digest('hex');
    return Array.from({ length: n }, (_, i) => {
      const part = text.slice(i * partChars, (i + 1) * partChars);
      return { v: 1, rev: this.rev, i, n, sha256, part };
    });
  }

  contactOf(id: string) {
    const person = this.people.get(id);
    return person?.role === 'customer' ? person.contact : null;
  }

  byPhone(phone: string): string | null {
    const found = [...this.people.keys()].find((id) => this.contactOf(id)?.phone === phone);
    return found ?? null;
  }

  /** The hash of who is in force, as the kiosk reports it. */
  hash(): string {
    const lines = [...this.people.keys()].sort().map((id) => `${id}\n`);
    return createHash('sha256').update(lines.join('')).digest('hex');
  }
}

function opOf(person: CloudPerson, { kiosk, box, tells }: Addressee): Op {
  const { id } = person;
  const seal = (said: object) => sealFor(box, kiosk, `person:${id}`, said);
  if (person.role === 'courier') {
    const { role, carrier, signIn } = person;
    return { op: 'put', id, role, carrier, sealed: seal(signIn), needsLowSlot: false };
  }
  const { role, contact, needsLowSlot = false } = person;
  const sealed = contact === null || !tells ? null : seal(contact);
  return { op: 'put', id, role, carrier: null, sealed, needsLowSlot };
}
