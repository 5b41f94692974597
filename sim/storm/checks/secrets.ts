import type { LogFields } from '../../../src/control/ports.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

const DIGITS = /(?<![0-9a-f-])\d{6,}(?![0-9a-f-])/g;
const MONO = /"mono":\d+/g;
const ADDRESS = /[\w.]+@[\w.]+/g;

/** I10: no number, phone or address that somebody has is seen in rows, logs or messages. */
export class SecretCheck {
  readonly #fail: Fail;
  readonly #secrets = new Set<string>();

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** From now on this must not be seen. */
  keep(...secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  committed(commit: Commit): void {
    for (const { row } of commit.rows) {
      const { t, cause, data } = row;
      this.#look(`journal row ${t}`, `${t} ${cause} ${JSON.stringify(data)}`);
    }
  }

  logged(message: string, fields: LogFields | undefined): void {
    this.#look(`log line "${message}"`, `${message} ${JSON.stringify(fields ?? {})}`);
  }

  /** To the cloud. */
  said(topic: string, payload: string): void {
    // How long the kiosk has run has as many digits as a second number.
    this.#look(`a message on ${topic}`, payload.replace(MONO, ''));
  }

  #look(where: string, text: string): void {
    // Letters before a sign that is not there would be read again from each of them on.
    const addresses = text.includes('@') ? text.match(ADDRESS) : null;
    const found = [...(text.match(DIGITS) ?? []), ...(addresses ?? [])];
    const secret = found.find((one) => this.#secrets.has(one));
    if (secret !== undefined) this.#fail('I10', `${where} tells ${secret}`);
  }
}
