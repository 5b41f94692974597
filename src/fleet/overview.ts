import { MESSAGES, type Message, parsed } from '../cloud/messages.ts';
import { ofEveryKiosk, partsOf } from '../cloud/topics.ts';
import type { Clock } from '../control/ports.ts';
import type { BrokerLine } from './broker-line.ts';

/** What a broker retains of one kiosk. */
export interface KioskSeen {
  readonly kiosk: string;
  readonly state: Message<'status'>['state'];
  /** When the connection began that the state is of, in Unix ms. */
  readonly sinceWall: number;
  readonly city: string | null;
  /** Events that the cloud had not acknowledged at the birth; null of one that is gone. */
  readonly behind: number | null;
  readonly firmware: string | null;
  readonly clock: string | null;
  readonly sizes: Message<'avail'>['sizes'];
}

/** Free, busy and out-of-service slots of one size: of a city, or of one kiosk. */
export interface FreeRow {
  readonly city: string;
  /** Null where a row is the sum of a city. */
  readonly kiosk: string | null;
  readonly size: string;
  readonly free: number;
  readonly busy: number;
  readonly oos: number;
}

/** What is retained has come when nothing came for so long, and after so long in any case. */
const QUIET_MS = 500;
const LOOK_MS_MAX = 15_000;

/** Every kiosk that the broker knows, by name. */
export async function lookAround(line: BrokerLine, clock: Clock): Promise<KioskSeen[]> {
  const statuses = new Map<string, Message<'status'>>();
  const avails = new Map<string, Message<'avail'>>();
  let heardMono = clock.monoMs();
  await line.hear([ofEveryKiosk('status'), ofEveryKiosk('avail')], (topic, payload) => {
    const { kiosk, rest } = partsOf(topic) ?? { kiosk: '', rest: '' };
    heardMono = clock.monoMs();
    const status = rest === 'up/status' ? parsed(MESSAGES.status.schema, payload) : null;
    const avail = rest === 'up/avail' ? parsed(MESSAGES.avail.schema, payload) : null;
    if (status !== null) statuses.set(kiosk, status);
    if (avail !== null) avails.set(kiosk, avail);
  });
  const endMono = clock.monoMs() + LOOK_MS_MAX;
  while (clock.monoMs() - heardMono < QUIET_MS && clock.monoMs() < endMono) {
    await line.orLost(pause(clock, QUIET_MS));
  }
  return [...statuses]
    .map(([kiosk, status]) => seen(kiosk, status, avails.get(kiosk)))
    .sort(byName);
}

/** Of connected kiosks: sums by city and size, or each kiosk where a city is named. */
export function freeSlots(
  kiosks: readonly KioskSeen[],
  wanted: { readonly city?: string; readonly size?: string },
): FreeRow[] {
  const rows = new Map<string, FreeRow>();
  for (const { state, kiosk, city, sizes } of kiosks) {
    if (state !== 'ready' || city === null) continue;
    if (wanted.city !== undefined && wanted.city !== city) continue;
    for (const [size, counts] of Object.entries(sizes)) {
      if (wanted.size !== undefined && wanted.size !== size) continue;
      const name = wanted.city === undefined ? null : kiosk;
      const key = `${city} ${name} ${size}`;
      const { free, busy, oos } = rows.get(key) ?? { free: 0, busy: 0, oos: 0 };
      rows.set(key, {
        ...{ city, kiosk: name, size, free: free + counts.free },
        ...{ busy: busy + counts.busy, oos: oos + counts.oos },
      });
    }
  }
  return [...rows.values()];
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((over) => clock.after('fleet waits', ms, over));
}

function seen(kiosk: string, status: Message<'status'>, avail?: Message<'avail'>): KioskSeen {
  const birth = status.state === 'ready' ? status : null;
  return {
    ...{ kiosk, state: status.state, sinceWall: madeAtWall(status.sess) },
    city: avail?.city ?? null,
    behind: birth === null ? null : birth.lastSeq - birth.acked,
    firmware: birth?.fw ?? null,
    clock: birth?.clk ?? null,
    sizes: avail?.sizes ?? {},
  };
}

const byName = (a: KioskSeen, b: KioskSeen): number => (a.kiosk < b.kiosk ? -1 : 1);

/** Unix time in milliseconds at which such a UUID was made. */
export function madeAtWall(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
