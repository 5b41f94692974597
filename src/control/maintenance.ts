import type { PersonRecord } from '../domain/person.ts';
import type { Clock, Timer } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';
import type { Store } from './store-port.ts';

/** A lease ends when nothing was done with it for so long. */
export const LEASE_MAX_MS = 300_000;

/** The right of one person to do maintenance: nobody else has it meanwhile. */
export interface Lease {
  readonly id: string;
  readonly person: PersonRecord;
  readonly session: string;
}

type LeaseAnswer =
  | { readonly kind: 'yours'; readonly lease: Lease }
  /** Wrong numbers, or those of somebody who is no technician and no admin. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'taken'; readonly by: string; readonly forMs: number };

interface Parts {
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/**
 * Maintenance from a terminal of the machine itself: one technician or admin at a time, by staff
 * number and PIN, for as long as they go on working.
 */
export class Maintenance {
  readonly #parts: Parts;
  #held: { readonly lease: Lease; readonly untilMono: number; readonly timer: Timer } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `uid` is that of the caller on this machine, for the journal. */
  async begin(staff: string, pin: string, uid: number | null): Promise<LeaseAnswer> {
    const answer = await this.#parts.signIn.check(staff, pin);
    if (answer.kind !== 'welcome') return answer;
    const { person } = answer;
    if (person.role !== 'technician' && person.role !== 'admin') return { kind: 'wrong' };
    if (this.#held !== null && this.#held.lease.person.id !== person.id) {
      const { lease, untilMono } = this.#held;
      const forMs = untilMono - this.#parts.clock.monoMs();
      return { kind: 'taken', by: lease.person.id, forMs };
    }
    this.end();
    const { recorder, sessions } = this.#parts;
    const lease = { id: recorder.newId(), person, session: sessions.begin() };
    // The socket's group stands for the hatch's key: who has it is at the machine itself (R13a).
    this.#record('staff.proven', lease, { by: 'terminal', uid });
    this.#hold(lease);
    return { kind: 'yours', lease };
  }

  /** The lease, which lives on by being used; null when it is not in force. */
  use(id: string): Lease | null {
    if (this.#held?.lease.id !== id) return null;
    this.#hold(this.#held.lease);
    return this.#held.lease;
  }

  end(): void {
    if (this.#held === null) return;
    const { lease, timer } = this.#held;
    timer.cancel();
    this.#held = null;
    this.#record('maintenance.ended', lease, {});
    this.#parts.sessions.end(lease.session);
  }

  #hold(lease: Lease): void {
    const { clock } = this.#parts;
    this.#held?.timer.cancel();
    const timer = clock.after('maintenance', LEASE_MAX_MS, () => this.end());
    this.#held = { lease, untilMono: clock.monoMs() + LEASE_MAX_MS, timer };
  }

  #record(t: string, { person, session }: Lease, data: Readonly<Record<string, unknown>>): void {
    const { store, recorder } = this.#parts;
    const cause = `session:${session}`;
    store.transaction(() => recorder.record({ t, cause, data: { ...data, person: person.id } }));
  }
}
