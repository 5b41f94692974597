import { rmSync } from 'node:fs';
import { readConfig } from '../../src/app.ts';
import { statusOf } from '../../src/domain/slot.ts';
import { EmbeddedKiosk } from '../embedded.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { type Cast, castOf } from './cast.ts';
import { jammed, tooBig } from './scenes/drop.ts';
import { storeAndRetrieve, twoForOne, wrongNumbers } from './scenes/pickup.ts';
import { cancelAndRecall, powerCut, reminderAndExpiry } from './scenes/time.ts';
import { Stage, StageError } from './stage.ts';

const SCENES: readonly (readonly [title: string, play: (cast: Cast) => Promise<void>])[] = [
  ['Store and retrieve', storeAndRetrieve],
  ['A parcel too big for its compartment', tooBig],
  ['Two parcels for one person', twoForOne],
  ['Cancel and recall', cancelAndRecall],
  ['A wrong code, a wrong person, a second use', wrongNumbers],
  ['Reminder and expiry', reminderAndExpiry],
  ['A jammed door and the redirect', jammed],
  ['A power cut between the pulse and its outcome', powerCut],
];

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Plays every scene on the virtual clock, through keys and bytes, and prints what happens. True
 * when every step did what it says.
 */
export async function playDemo(print: (line: string) => void): Promise<boolean> {
  const config = readConfig(new URL('../embedded.toml', import.meta.url).pathname);
  const folder = 'var/demo/scripted';
  rmSync(folder, { recursive: true, force: true });
  const clock = new VirtualClock();
  const baud = config.buses[0]?.baud ?? 0;
  const kiosk = new EmbeddedKiosk({ clock, config, folder, seed: 1, log: SILENT, baud });
  const stage = new Stage(clock, kiosk, { say: (line) => print(`   ${line}`) });
  const { site } = config;
  print(`${site.name}, ${site.address}, ${site.city}: 15 compartments; days pass in seconds`);
  try {
    stage.switchOn();
    for (const [index, [title, play]] of SCENES.entries()) {
      print(`\n${index + 1}. ${title}`);
      // Each scene names its people anew: a day after a last parcel their contacts are forgotten.
      await play(await castOf(stage));
    }
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    print(`\nFAILED: ${error.message}`);
    return false;
  }
  summary(kiosk, print);
  return true;
}

function summary(kiosk: EmbeddedKiosk, print: (line: string) => void): void {
  const { store, supervisor, site } = kiosk.app;
  print('\nSummary');
  const parcels = Object.entries(store.parcels.countByStatus());
  print(`  parcels: ${parcels.map(([status, count]) => `${count} ${status}`).join(', ')}`);
  for (const size of site.sizes) {
    const slots = site.slots.filter((slot) => slot.size === size);
    const free = slots.filter((slot) => statusOf(supervisor.get(slot.id)) === 'empty');
    print(`  ${size}: ${free.length} of ${slots.length} free`);
  }
  for (const slot of supervisor.all()) {
    if (slot.bar !== null) print(`  ${slot.id}: ${slot.bar.kind}, ${slot.bar.reason}`);
  }
  const { count } = store.outbox.waiting();
  print(`  ${count} events wait for the cloud; ${kiosk.phone.length} text messages sent`);
}
