import { rmSync } from 'node:fs';
import { breath } from '../real-clock.ts';
import { Operator } from './cloud/operator.ts';
import { brighten, darken } from './cloud/sky.ts';
import { cardsDie } from './lost-cards.ts';
import { CARRIER, Courier, PIN } from './people/courier.ts';
import { recipientComes } from './people/recipient.ts';
import { guesser, passerBy, thief } from './people/strangers.ts';
import { Technician } from './people/technician.ts';
import { play, type Script } from './script.ts';
import type { Counts } from './sometimes.ts';
import { type StormOptions, StormWorld, type Violation } from './storm-world.ts';
import { brew, clearUp } from './weather.ts';

/** How a storm went. */
export interface Outcome {
  readonly violation: Violation | null;
  /** The end of the story, oldest line first. */
  readonly story: readonly string[];
  /** Of everything that happened; the same for the same options. */
  readonly digest: string;
  readonly counts: Counts;
  readonly drops: number;
  readonly pickups: number;
}

const START_MS_MAX = 60_000;
const LOOK_EVERY_MS = 2_000;
/**
 * Streams leave work for after the call, which piles up while virtual time runs in one: so often
 * the storm takes a breath, and all of that is done.
 */
const BREATH_EVERY_MS = 30_000;
/** Each page that nobody answers ends sooner, and so does what is at the door. */
const KEYLESS_MS_MAX = 480_000;
const STORY_LINES = 60;

/** Plays one storm from its seed to its end, or to the first rule that breaks. */
export async function runStorm(options: StormOptions): Promise<Outcome> {
  rmSync(options.folder, { recursive: true, force: true });
  const world: StormWorld = new StormWorld(options, (letter) => {
    world.keepSecret(letter.code, letter.second);
    play(world.clock, 'recipient', recipientComes(world, letter));
  });
  try {
    await begin(world);
    await goOn(world);
    if (world.violation === null) world.inspector.settled(world.keypads.forgotten(0));
  } catch (error) {
    world.fail('CRASH', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  rmSync(options.folder, { recursive: true, force: true });
  return {
    violation: world.violation,
    story: world.trace.story(STORY_LINES, world.wordsAbout(world.violation)),
    digest: world.trace.digest(),
    counts: world.tally.counts,
    drops: world.rows.get('parcel.stored') ?? 0,
    pickups: world.rows.get('parcel.retrieved') ?? 0,
  };
}

async function begin(world: StormWorld): Promise<void> {
  world.mains.switchOn();
  world.clock.runUntil(() => world.isServing(), START_MS_MAX);
  const { staff, person } = await world.hire(CARRIER, PIN);
  const courier = new Courier(world, staff);
  const technician = new Technician(world, (thing) => courier.takesBack(thing));
  const begins = (name: string, script: Script): void => play(world.clock, name, script);
  begins('courier', courier.works());
  begins('technician', technician.works());
  begins('passer-by', passerBy(world));
  if (world.has('thief')) begins('thief', thief(world));
  if (world.has('guess')) begins('guesser', guesser(world));
  if (world.has('restart')) begins('restarts', world.mains.restarts(world));
  if (world.has('cut')) begins('cuts', world.mains.fails(world));
  if (world.has('restore')) begins('cards', cardsDie(world));
  if (world.cloud !== null) {
    darken(world, world.cloud);
    begins('operator', new Operator(world, world.cloud, person).works());
  }
  begins('inspector', inspection(world));
  brew(world);
}

function* inspection(world: StormWorld): Script {
  for (;;) {
    yield LOOK_EVERY_MS;
    look(world);
    if (world.isCalm()) break;
  }
  world.say('the calm begins');
  clearUp(world);
  if (world.cloud !== null) brighten(world.cloud);
  for (;;) {
    yield LOOK_EVERY_MS;
    look(world);
  }
}

function look(world: StormWorld): void {
  if (!world.isServing()) return;
  world.inspector.look();
  const [screen] = world.keypads.forgotten(KEYLESS_MS_MAX);
  if (screen !== undefined) world.fail('R28', `a screen shows "${screen}" and never ends`);
}

async function goOn(world: StormWorld): Promise<void> {
  const { clock, mains, endMs } = world;
  while (world.violation === null && clock.monoMs() < endMs) {
    clock.runUntil(
      () => {
        mains.eventPassed();
        return world.violation !== null || world.computing.length > 0;
      },
      Math.min(BREATH_EVERY_MS, endMs - clock.monoMs()),
    );
    await Promise.allSettled(world.computing);
    world.computing = [];
    await breath();
  }
}
