import type { Clock, Signatures, Vault } from '../control/ports.ts';
import type { PersonOp, Provisioning } from '../control/provisioning.ts';
import type { Incoming } from './broker.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message, parsed } from './messages.ts';
import type { Questions } from './questions.ts';
import type { Refusals } from './refusals.ts';
import { CONTACT, PEOPLE, SIGN_IN } from './schemas/people.ts';
import type { UpTopics } from './topics.ts';
import type { Trust } from './trust.ts';

interface Parts {
  readonly kiosk: string;
  readonly provisioning: Provisioning;
  readonly vault: Pick<Vault, 'unbox'>;
  readonly signatures: Signatures;
  readonly trust: Trust;
  readonly clock: Clock;
  readonly link: Link;
  readonly topics: UpTopics;
  readonly questions: Questions;
  readonly refusals: Refusals;
}

type Op = Message<'people'>['ops'][number];
type Chunk = Message<'peopleFull'>;

/** All people together, as the chunks bring them. */
const WHOLE_CHARS_MAX = 4_000_000;
/** A whole that is not there in this time is forgotten. */
const WHOLE_WITHIN_MS = 900_000;
const ASK_EVERY_MS = 60_000;
const ERRORS_MAX = 16;
const ERROR_CHARS_MAX = 100;

/** Takes the people that the cloud sends, and says which ones are in force. */
export class PeopleDesk {
  readonly #parts: Parts;
  #errors: readonly string[] = [];
  #isRefused = false;
  #askedAtMono = Number.NEGATIVE_INFINITY;
  #draft: { readonly of: Chunk; readonly sinceMono: number; readonly texts: string[] } | null =
    null;
  /** Hashing PINs takes time, and what comes meanwhile waits for its turn. */
  #work: Promise<void> = Promise.resolve();
  #underWay = 0;
  #isOver = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** On a new connection. */
  opened(): void {
    this.#publish();
  }

  stop(): void {
    this.#isOver = true;
  }

  delta(message: Incoming): void {
    const delta = this.#fit(message) ? parsed(MESSAGES.people.schema, message.payload) : undefined;
    if (delta === null) this.#parts.refusals.refuse('MALFORMED', message.topic);
    if (delta == null) return;
    this.#inTurn(delta.ops, ({ provisioning }, ops, hashes) => {
      const { baseRev, rev } = delta;
      if (rev <= provisioning.rev) return;
      if (baseRev !== provisioning.rev) this.#askForAll();
      else this.#report(provisioning.apply(rev, ops, false, hashes));
    });
  }

  full(message: Incoming): void {
    const chunk = this.#fit(message)
      ? parsed(MESSAGES.peopleFull.schema, message.payload)
      : undefined;
    if (chunk === null) this.#parts.refusals.refuse('MALFORMED', message.topic);
    if (chunk == null || chunk.i >= chunk.n) return;
    const texts = this.#gathered(chunk);
    if (texts === null) return;
    this.#draft = null;
    this.#whole(chunk, texts.join(''));
  }

  #fit(message: Incoming): boolean {
    const { trust, refusals } = this.#parts;
    if (message.retained) refusals.refuse('RETAINED', message.topic);
    else if (!trust.isSigned('people', message)) refusals.refuse('BAD_SIGNATURE', message.topic);
    else return true;
    return false;
  }

  /** The texts of all chunks once the last one is there; chunks of another whole begin anew. */
  #gathered(chunk: Chunk): string[] | null {
    const now = this.#parts.clock.monoMs();
    const { rev, n, sha256, i, part } = chunk;
    const draft = this.#draft;
    const isOf =
      draft !== null &&
      now - draft.sinceMono <= WHOLE_WITHIN_MS &&
      draft.of.rev === rev &&
      draft.of.n === n &&
      draft.of.sha256 === sha256;
    const { texts } = isOf ? draft : { texts: [] };
    texts[i] = part;
    this.#draft = isOf ? draft : { of: chunk, sinceMono: now, texts };
    const given = texts.filter((text) => text !== undefined);
    if (given.reduce((sum, text) => sum + text.length, 0) > WHOLE_CHARS_MAX) {
      this.#draft = null;
      this.#refuse(`rev ${rev}: more than ${WHOLE_CHARS_MAX} characters`);
      return null;
    }
    return given.length === n ? given : null;
  }

  #whole({ rev, sha256 }: Chunk, text: string): void {
    const { signatures, provisioning } = this.#parts;
    const bytes = new TextEncoder().encode(text);
    const people = parsed(PEOPLE, bytes);
    if (rev < provisioning.rev) this.#refuse(`rev ${rev}: ${provisioning.rev} is in force`);
    else if (signatures.digest(bytes) !== sha256) this.#refuse(`rev ${rev}: another sha256`);
    else if (people === null) this.#refuse(`rev ${rev}: not by the contract`);
    else {
      this.#inTurn(people, (_parts, ops, hashes) => {
        if (rev < provisioning.rev) return;
        this.#report(provisioning.apply(rev, ops, true, hashes));
      });
    }
  }

  /** One after the other; at once where there is no PIN to hash and nobody waits. */
  #inTurn(
    sent: readonly Op[],
    work: (parts: Parts, ops: PersonOp[], hashes: ReadonlyMap<string, string>) => void,
  ): void {
    const { provisioning } = this.#parts;
    const { ops, errors } = this.#unsealed(sent);
    const done = (hashes: ReadonlyMap<string, string>): void => {
      if (this.#isOver) return;
      this.#errors = errors;
      work(this.#parts, ops, hashes);
    };
    const isPlain = ops.every((op) => op.op === 'remove' || op.role === 'customer');
    if (isPlain && this.#underWay === 0) {
      done(new Map());
      return;
    }
    this.#underWay += 1;
    this.#work = this.#work
      .then(async () => done(await provisioning.hashes(ops)))
      .catch((error) => this.#refuse(`not taken: ${(error as Error).name}`))
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  #unsealed(sent: readonly Op[]): { ops: PersonOp[]; errors: string[] } {
    const errors: string[] = [];
    const ops = sent.flatMap((op): PersonOp[] => {
      try {
        return [op.op === 'remove' ? op : this.#open(op)];
      } catch {
        errors.push(`${op.id}: the sealed data cannot be read`);
        return [];
      }
    });
    return { ops, errors };
  }

  #open(op: Extract<Op, { op: 'put' }>): PersonOp {
    const { id, role, carrier, sealed, needsLowSlot } = op;
    const text = sealed === null ? null : this.#parts.vault.unbox(`person:${id}`, sealed);
    const said: unknown = text === null ? null : JSON.parse(text);
    if (role === 'customer') {
      const contact = said === null ? null : CONTACT.parse(said);
      return { op: 'put', id, role, contact, needsLowSlot };
    }
    const signIn = said === null ? null : SIGN_IN.parse(said);
    return { op: 'put', id, role, carrier: carrier ?? '', signIn };
  }

  #askForAll(): void {
    const { clock, questions, provisioning } = this.#parts;
    const now = clock.monoMs();
    if (now - this.#askedAtMono < ASK_EVERY_MS) return;
    this.#askedAtMono = now;
    questions.ask('prov.sync', { rev: provisioning.rev }, () => {});
  }

  #refuse(why: string): void {
    this.#errors = [why];
    this.#isRefused = true;
    this.#publish();
  }

  #report(errors: readonly string[]): void {
    this.#errors = [...this.#errors, ...errors];
    this.#isRefused = false;
    this.#publish();
  }

  #publish(): void {
    const { kiosk, provisioning, signatures, link, topics } = this.#parts;
    const ids = provisioning.ids();
    const { rev } = provisioning;
    const lines = new TextEncoder().encode(ids.map((id) => `${id}\n`).join(''));
    const inForce: Message<'prov'> = {
      ...{ v: 1, k: kiosk, rev, count: ids.length },
      hash: rev === 0 ? null : signatures.digest(lines),
      status: this.#isRefused ? 'refused' : rev === 0 ? 'none' : 'ok',
      errors: this.#errors.slice(0, ERRORS_MAX).map((text) => text.slice(0, ERROR_CHARS_MAX)),
    };
    const { qos, retain } = MESSAGES.prov;
    link.publish({ topic: topics.prov, payload: JSON.stringify(inForce), qos, retain });
  }
}
