/**
 * Who stands at a panel now. Nothing of a session is stored: a restart ends all of them, and with
 * them every right to another pulse (R6, R21).
 */
export class Sessions {
  readonly #live = new Set<string>();
  readonly #onEnd: ((session: string) => void)[] = [];
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  begin(): string {
    const session = this.#newId();
    this.#live.add(session);
    return session;
  }

  end(session: string): void {
    if (!this.#live.delete(session)) return;
    for (const listener of this.#onEnd) listener(session);
  }

  isLive(session: string): boolean {
    return this.#live.has(session);
  }

  onEnd(listener: (session: string) => void): void {
    this.#onEnd.push(listener);
  }
}
