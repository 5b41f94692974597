import type { Clock, Signatures, Timer, Vault } from '../control/ports.ts';
import type { PersonOp, Provisioning } from '../control/provisioning.ts';
import type { Incoming } from './broker.ts';
import { sayInForce } from './in-force.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message, parsed } from './messages.ts';
import { PeopleChunks, WHOLE_CHARS_MAX } from './people-chunks.ts';
import type { Questions } from './questions.ts';
import type { Refusals } from './refusals.ts';
import { CONTACT, PEOPLE, SIGN_IN } from './schemas/people.ts';
import { said } from './signed.ts';
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

/** One change or one whole, from its arrival until it is in force. */
interface Turn {
  readonly topic: string;
  readonly rev: number;
  /** What must be in force before it; null where it does not matter. */
  readonly baseRev: number | null;
  readonly ops: readonly Op[];
  /** Of a whole. */
  readonly sha256: string | null;
}

const ASK_EVERY_MS = 60_000;
/** Changes that wait until the PINs of those before them are hashed. */
const TURNS_MAX = 8;

/**
 * Takes the people that the cloud sends, and says which ones are in force. What a message costs is
 * paid only once its revision and its hash have been looked at: whoever repeats old ones gets
 * nothing unsealed and no PIN hashed.
 */
export class PeopleDesk {
  readonly #parts: Parts;
  readonly #chunks = new PeopleChunks();
  #errors: readonly string[] = [];
  #isRefused = false;
  /** Hashing PINs takes time, and what comes meanwhile waits for its turn. */
  #work: Promise<void> = Promise.resolve();
  #waiting: readonly Turn[] = [];
  /** A change was missed: nobody but the cloud can say what was in it. */
  #isBehind = false;
  #asked: Timer | null = null;
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
    this.#asked?.cancel();
  }

  delta(message: Incoming): void {
    const { topic } = message;
    const delta = said(MESSAGES.people, message, this.#parts);
    if (delta === null || this.#isOld(delta.rev, topic)) return;
    const { rev, baseRev, ops } = delta;
    // What comes again as it was is no fault: the broker may say everything twice.
    if (rev === this.#dueRev) return;
    if (baseRev === this.#dueRev) this.#inTurn({ topic, rev, baseRev, ops, sha256: null });
    else this.#askForAll();
  }

  full(message: Incoming): void {
    const chunk = said(MESSAGES.peopleFull, message, this.#parts);
    if (chunk === null || this.#isOld(chunk.rev, message.topic)) return;
    if (this.#isInForce(chunk)) this.#isBehind = false;
    else if (chunk.i >= chunk.n) this.#parts.refusals.refuse('MALFORMED', message.topic);
    else {
      const text = this.#chunks.take(chunk, this.#parts.clock.monoMs());
      if (text === 'too large') {
        this.#refuse(`rev ${chunk.rev}: more than ${WHOLE_CHARS_MAX} characters`);
      } else if (text !== null) this.#whole(chunk, text, message.topic);
    }
  }

  /** Revision in force once all that waits has had its turn. */
  get #dueRev(): number {
    return this.#waiting.at(-1)?.rev ?? this.#parts.provisioning.rev;
  }

  #isOld(rev: number, topic: string): boolean {
    const isOld = rev < this.#dueRev;
    if (isOld) this.#parts.refusals.refuse('EXPIRED', topic);
    return isOld;
  }

  /** This very whole is there, or about to be. */
  #isInForce({ rev, sha256 }: Chunk): boolean {
    const { provisioning } = this.#parts;
    const last = this.#waiting.at(-1) ?? { rev: provisioning.rev, sha256: provisioning.sha256 };
    return last.rev === rev && last.sha256 === sha256;
  }

  #whole({ rev, sha256 }: Chunk, text: string, topic: string): void {
    const bytes = new TextEncoder().encode(text);
    if (this.#parts.signatures.digest(bytes) !== sha256) {
      this.#refuse(`rev ${rev}: another sha256`);
      return;
    }
    const ops = parsed(PEOPLE, bytes);
    if (ops === null) this.#refuse(`rev ${rev}: not by the contract`);
    else this.#inTurn({ topic, rev, baseRev: null, ops, sha256 });
  }

  /** One after the other; at once where there is no PIN to hash and nobody waits. */
  #inTurn(turn: Turn): void {
    const { provisioning, refusals } = this.#parts;
    if (this.#waiting.length >= TURNS_MAX || provisioning.waitMs() > 0) {
      refusals.refuse('LIMIT', turn.topic);
      this.#askForAll();
      return;
    }
    const isPlain = turn.ops.every((op) => op.op === 'remove' || op.role === 'customer');
    if (isPlain && this.#waiting.length === 0) {
      this.#take(turn, this.#unsealed(turn.ops), new Map());
      return;
    }
    this.#waiting = [...this.#waiting, turn];
    this.#work = this.#work
      .then(() => this.#hashed(turn))
      .catch((error) => {
        this.#refuse(`not taken: ${(error as Error).name}`);
        this.#askForAll();
      })
      .finally(() => {
        this.#waiting = this.#waiting.filter((one) => one !== turn);
      });
  }

  async #hashed(turn: Turn): Promise<void> {
    const { provisioning } = this.#parts;
    if (this.#isOver) return;
    // What it was to follow was not taken.
    if (turn.baseRev !== null && turn.baseRev !== provisioning.rev) {
      this.#askForAll();
      return;
    }
    const unsealed = this.#unsealed(turn.ops);
    const hashes = await provisioning.hashes(unsealed.ops);
    if (!this.#isOver) this.#take(turn, unsealed, hashes);
  }

  #take(
    { rev, sha256 }: Turn,
    { ops, errors }: { readonly ops: readonly PersonOp[]; readonly errors: readonly string[] },
    hashes: ReadonlyMap<string, string>,
  ): void {
    const refused = this.#parts.provisioning.apply(rev, ops, sha256, hashes);
    this.#errors = [...errors, ...refused];
    this.#isRefused = false;
    if (sha256 !== null) this.#isBehind = false;
    this.#publish();
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
    const inside: unknown = text === null ? null : JSON.parse(text);
    if (role === 'customer') {
      const contact = inside === null ? null : CONTACT.parse(inside);
      return { op: 'put', id, role, contact, needsLowSlot };
    }
    const signIn = inside === null ? null : SIGN_IN.parse(inside);
    return { op: 'put', id, role, carrier: carrier ?? '', signIn };
  }

  /** At once and then from time to time, until the whole is there: an answer may get lost. */
  #askForAll(): void {
    const { clock, questions, provisioning } = this.#parts;
    this.#isBehind = true;
    if (this.#asked !== null || this.#isOver) return;
    questions.ask('prov.sync', { rev: provisioning.rev }, () => {});
    this.#asked = clock.after('people asked for', ASK_EVERY_MS, () => {
      this.#asked = null;
      if (this.#isBehind) this.#askForAll();
    });
  }

  #refuse(why: string): void {
    this.#errors = [why];
    this.#isRefused = true;
    this.#publish();
  }

  #publish(): void {
    const { kiosk, provisioning, signatures, link, topics } = this.#parts;
    const ids = provisioning.ids();
    const { rev } = provisioning;
    const lines = new TextEncoder().encode(ids.map((id) => `${id}\n`).join(''));
    const status = this.#isRefused ? 'refused' : rev === 0 ? 'none' : 'ok';
    const hash = rev === 0 ? null : signatures.digest(lines);
    sayInForce(link, topics.prov, { k: kiosk, rev, hash, count: ids.length, status }, this.#errors);
  }
}
