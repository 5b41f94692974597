import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { App } from '../../src/app.ts';
import { isAllocatable } from '../../src/domain/slot.ts';
import { audit, publicKeyOf } from '../offline/audits.ts';
import type { Promises } from './promises.ts';
import { kioskIn } from './site.ts';

/** What is wrong with a kiosk that came back after a cut. */
export interface Fault {
  readonly kind: 'lost' | 'corrupt' | 'belief';
  readonly text: string;
}

const SERVES_MS_MAX = 120_000;
const STOPS_MS_MAX = 10_000;
const JOURNAL_MAX = 1_000_000;
/** The last so many recipients try what they were sent. */
const COLLECTORS = 2;

/** Starts the real kiosk on the files in `folder` and holds it against what was promised. */
export async function reopen(folder: string, promises: Promises): Promise<Fault[]> {
  const { kiosk, clock } = kioskIn(folder);
  for (const [slot, { open, contents }] of promises.doors) {
    const door = kiosk.door(slot);
    door.force();
    for (const thing of contents) door.putIn(thing);
    if (!open) door.push();
  }
  try {
    kiosk.start();
    if (!clock.runUntil(() => kiosk.isServing, SERVES_MS_MAX)) {
      return [{ kind: 'corrupt', text: 'R20: it does not serve' }];
    }
    const faults = [...pulseFaults(kiosk.app, promises), ...beliefFaults(kiosk.app, promises)];
    faults.push(...numberFaults(kiosk.app, promises));
    let stopped = false;
    kiosk.app.stop(() => {
      stopped = true;
    });
    clock.runUntil(() => stopped, STOPS_MS_MAX);
    return [...faults, ...damage(folder), ...(await auditFaults(folder, promises))];
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [{ kind: 'corrupt', text }];
  }
}

/** I1: whoever saw a lock move finds its intent. */
function pulseFaults({ store }: App, { pulses }: Promises): Fault[] {
  const rows = store.journal.tail(JOURNAL_MAX);
  const armed = rows.filter(({ t }) => t === 'intent.armed').length;
  if (armed >= pulses) return [];
  return [{ kind: 'lost', text: `I1: ${pulses} pulses, and ${armed} intents are on record` }];
}

/** R1, R2, R18: what is given away is shut and empty, and what lies somewhere is known to. */
function beliefFaults({ supervisor, store }: App, { doors }: Promises): Fault[] {
  const faults: string[] = [];
  for (const slot of supervisor.all()) {
    const door = doors.get(slot.id);
    if (door === undefined) continue;
    if (isAllocatable(slot) && door.open) faults.push(`R18: ${slot.id} is available and open`);
    if (isAllocatable(slot) && door.contents.length > 0) {
      faults.push(`R1: ${slot.id} is available and full`);
    }
    const parcel = slot.parcel === null ? null : store.parcels.get(slot.parcel);
    if (parcel?.slot !== slot.id && parcel !== null) {
      faults.push(`I3: ${slot.id} holds parcel ${parcel.ref}, which does not know`);
    }
  }
  return faults.map((text) => ({ kind: 'belief', text }));
}

/** Whoever was sent both numbers can use them, or is told why not. */
function numberFaults({ collect, sessions }: App, { told }: Promises): Fault[] {
  const codes = told.flatMap((text) => matched(text, /Pickup code: (\d+)/));
  return codes.slice(-COLLECTORS).flatMap(({ ref, number: code }) => {
    const [second] = told
      .flatMap((text) => matched(text, /Second number: (\d+)/))
      .filter((one) => one.ref === ref);
    if (second === undefined) return [];
    const { kind } = collect.begin(sessions.begin(), code, second.number);
    if (kind === 'opening' || kind === 'told' || kind === 'not_now') return [];
    const text = `R17: both numbers of parcel ${ref} were sent and are ${kind}`;
    return [{ kind: 'lost', text } satisfies Fault];
  });
}

function matched(text: string, pattern: RegExp): { ref: string; number: string }[] {
  const [, ref] = /Your parcel (\w+)/.exec(text) ?? [];
  const [, number] = pattern.exec(text) ?? [];
  return ref === undefined || number === undefined ? [] : [{ ref, number }];
}

function damage(folder: string): Fault[] {
  const database = new Database(join(folder, 'lockerd.db'));
  const checked = database.pragma('integrity_check', { simple: true });
  const broken = database.pragma('foreign_key_check') as unknown[];
  database.close();
  return [
    ...(checked === 'ok' ? [] : [String(checked)]),
    ...(broken.length === 0 ? [] : [`${broken.length} broken references`]),
  ].map((text) => ({ kind: 'corrupt', text }));
}

/** The verifier of docs/AUDIT.md, with the head that the last commit gave. */
async function auditFaults(folder: string, { head }: Promises): Promise<Fault[]> {
  const { lines, found } = await audit(join(folder, 'lockerd.db'), [publicKeyOf(folder)], head);
  if (found.length === 0) return [];
  const isCut = found.some((finding) => finding.startsWith('cut'));
  return [{ kind: isCut ? 'lost' : 'corrupt', text: lines.join('; ') }];
}
