import type { Trust } from '../../domain/clock.ts';
import type { TrustedClock } from '../ports.ts';
import type { Store } from '../store-port.ts';
import { type Asked, type Counts, countsBySize } from './slots.ts';

interface AskedOfAll extends Asked {
  readonly clock: TrustedClock;
  /** Names this run of the program. */
  readonly boot: string;
  readonly startedAtMono: number;
  readonly isServing: () => boolean;
}

/** How the kiosk is doing, on one page. */
export interface Status {
  readonly kiosk: string;
  readonly name: string;
  readonly city: string;
  readonly serving: boolean;
  readonly boot: string;
  readonly upSeconds: number;
  /** Unix time in milliseconds, as the kiosk believes it. */
  readonly wallMs: number;
  /** What that is worth (R25). */
  readonly clock: Trust;
  readonly sizes: Record<string, Counts>;
  readonly parcels: Readonly<Record<string, number>>;
  /** Doors that are open, or may be. */
  readonly openDoors: readonly string[];
  /** Slots whose board does not answer. */
  readonly darkSlots: number;
  /** Events that the cloud has not acknowledged (R24). */
  readonly queue: { readonly count: number; readonly oldestSeconds: number | null };
  /** Where the journal ends, as `seq:hash`; null before its first row. */
  readonly auditHead: string | null;
}

export function statusView(asked: AskedOfAll): Status {
  const { site, store, supervisor, clock, boot, startedAtMono } = asked;
  const wallMs = clock.wallMs();
  const { count, oldestWall } = store.outbox.waiting();
  const oldestSeconds = oldestWall === null ? null : whole(wallMs - oldestWall);
  const slots = supervisor.all();
  return {
    kiosk: site.kiosk,
    name: site.name,
    city: site.city,
    serving: asked.isServing(),
    boot,
    upSeconds: whole(clock.monoMs() - startedAtMono),
    wallMs: Math.floor(wallMs),
    clock: clock.trust(),
    sizes: countsBySize(asked),
    parcels: store.parcels.countByStatus(),
    openDoors: slots.filter(({ door }) => door === 'open').map(({ id }) => id),
    darkSlots: slots.filter(({ board }) => board === 'dark').length,
    queue: { count, oldestSeconds },
    auditHead: auditHead(store),
  };
}

/** Where the journal ends, as `seq:hash`; null before its first row. */
export function auditHead({ journal }: Store): string | null {
  const head = journal.head();
  return head === null ? null : `${head.seq}:${head.hash}`;
}

const whole = (ms: number): number => Math.max(0, Math.floor(ms / 1_000));
