import type { Signatures } from '../control/ports.ts';
import type { Settings, SettingValues } from '../control/settings.ts';
import type { Incoming } from './broker.ts';
import { inShort, sayInForce } from './in-force.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message } from './messages.ts';
import type { Refusals } from './refusals.ts';
import { SETTINGS } from './schemas/settings.ts';
import { said } from './signed.ts';
import type { UpTopics } from './topics.ts';
import type { Trust } from './trust.ts';

interface Parts {
  readonly kiosk: string;
  readonly settings: Settings;
  readonly signatures: Signatures;
  readonly trust: Trust;
  readonly link: Link;
  readonly topics: UpTopics;
  readonly refusals: Refusals;
}

type Desired = Message<'desired'>;

const DESIRED_MAX_BYTES = 16_384;

/**
 * Takes the settings that the operator wants, when they are newer than those in force and good as
 * a whole; else says why not, and leaves everything as it is.
 */
export class SettingsDesk {
  readonly #parts: Parts;
  /** What was refused last: the broker keeps it, and brings it on each connection. */
  #refused: { readonly digest: string; readonly errors: readonly string[] } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** On a new connection. */
  opened(): void {
    this.#publish();
  }

  take(message: Incoming): void {
    const { refusals, settings } = this.#parts;
    const { payload, topic } = message;
    if (payload.length === 0) return;
    const desired = said(MESSAGES.desired, message, this.#parts, DESIRED_MAX_BYTES);
    if (desired !== null && desired.rev > settings.inForce.rev) {
      const digest = this.#parts.signatures.digest(payload);
      if (this.#refused?.digest === digest) return;
      if (settings.waitMs() > 0) refusals.refuse('LIMIT', topic);
      else this.#judge(desired, digest);
    }
  }

  #judge({ rev, sha256, doc }: Desired, digest: string): void {
    const { settings, signatures } = this.#parts;
    const isWhole = signatures.digest(new TextEncoder().encode(doc)) === sha256;
    const read = isWhole ? valuesOf(doc) : { errors: ['another sha256'] };
    if ('values' in read) {
      this.#refused = null;
      settings.apply({ rev, hash: sha256, values: read.values });
    } else {
      const errors = inShort(read.errors.map((error) => `rev ${rev}: ${error}`));
      this.#refused = { digest, errors };
      settings.refuse(rev, errors);
    }
    this.#publish();
  }

  #publish(): void {
    const { kiosk, settings, link, topics } = this.#parts;
    const { rev, hash, values } = settings.inForce;
    const status = this.#refused !== null ? 'refused' : rev === 0 ? 'none' : 'ok';
    const said = { k: kiosk, rev, hash, count: Object.keys(values).length, status } as const;
    sayInForce(link, topics.cfg, said, this.#refused?.errors ?? []);
  }
}

/** What a document says, or what is wrong in it. */
function valuesOf(
  doc: string,
): { readonly values: Partial<SettingValues> } | { readonly errors: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(doc);
  } catch {
    return { errors: ['it is not JSON'] };
  }
  const { data, error } = SETTINGS.safeParse(value);
  if (error === undefined) return { values: data };
  const errors = error.issues.map(({ path, message }) => {
    return path.length === 0 ? message : `${path.join('.')}: ${message}`;
  });
  return { errors };
}
