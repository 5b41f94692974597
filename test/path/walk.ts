import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenBytePort } from '../../hardware/index.ts';
import { announced } from '../../sim/announced.ts';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { MemoryPort } from '../../sim/memory-port.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { readConfig } from '../../src/app.ts';
import type { Key } from '../../src/kiosk/screen.ts';
import { Stretch } from './coverage.ts';

/**
 * Walks the two ways that matter once, and prints the files on them as JSON: from the last bytes
 * of a reading that shows an open door to the outbox row, and from the last key to the unlock.
 */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const clock = new VirtualClock();
const config = readConfig('sim/embedded.toml');
const folder = mkdtempSync(join(tmpdir(), 'path-'));

const stretch = new Stretch();
let keyToUnlock: readonly string[] = [];
let byteToOutbox: readonly string[] = [];
const kiosk = new EmbeddedKiosk({
  ...{ clock, config, folder, seed: 1, log: silent, baud: 115_200 },
  openPort: (wall, bus) => watched(new MemoryPort(clock, wall.bus(bus).wire).open),
});

/** A port that marks where a sensor's bytes come in and an unlock goes out. */
function watched(open: OpenBytePort): OpenBytePort {
  return (handlers) =>
    open({
      ...handlers,
      opened: (port) =>
        handlers.opened({
          ...port,
          write: (bytes, written) => {
            if (String.fromCharCode(...bytes).includes(' U ')) {
              stretch.end();
              keyToUnlock = stretch.files;
            }
            port.write(bytes, written);
          },
        }),
      bytes: (chunk) => {
        if (keyToUnlock.length > 0) stretch.begin();
        handlers.bytes(chunk);
      },
    });
}

kiosk.start();
clock.runUntil(() => kiosk.isServing, 10_000);
const { app } = kiosk;
const parcel = storeParcel();
const digits = (texts: readonly { text: string }[], pattern: RegExp): string =>
  pattern.exec(texts[0]?.text ?? '')?.[1] ?? '';
const code = digits(kiosk.phone, /code: (\d+)/);
const second = digits(kiosk.mailbox, /number: (\d+)/);
const keys = [...`1${code}${second}`] as Key[];
const panel = app.newPanel();
for (const key of keys.slice(0, -1)) panel.press(key);
clock.advance(1_300);

const { append } = app.store.journal;
Object.assign(app.store.journal, {
  append: (row: Parameters<typeof append>[0]) => {
    const seq = append(row);
    if (row.t === 'slot.opened') stretch.end();
    byteToOutbox = stretch.files;
    return seq;
  },
});
stretch.begin();
panel.press(keys.at(-1) ?? '0');
clock.runUntil(() => app.supervisor.get(parcel.slot).state === 'open', 10_000);
process.stdout.write(JSON.stringify({ keyToUnlock, byteToOutbox }));
rmSync(folder, { recursive: true, force: true });

/** One parcel in a slot, as a courier would have left it. */
function storeParcel(): { readonly slot: string } {
  const contact = { phone: '+1 555 0100', email: 'ana@example.com', language: 'en' };
  const recipient = app.people.addCustomer(contact);
  const parcel = { carrier: 'ACME', label: 'ACME-00001', recipient, size: 'S' };
  const { id } = announced(app, parcel);
  const session = app.sessions.begin();
  const courier = { ...(app.store.people.get(recipient) ?? never()), carrier: 'ACME' };
  const start = app.deposit.begin(session, courier, { kind: 'announced', parcel: id });
  if (start.kind !== 'opening') return never();
  const { slot } = start.drop;
  clock.runUntil(() => app.supervisor.get(slot).state === 'open', 10_000);
  clock.advance(1_000);
  kiosk.door(slot).push();
  clock.runUntil(() => app.supervisor.get(slot).state === 'drop_unconfirmed', 10_000);
  app.supervisor.send(slot, { type: 'LEFT_IT' });
  app.sessions.end(session);
  return { slot };
}

function never(): never {
  throw new Error('the walk could not be set up');
}
