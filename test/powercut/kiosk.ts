import { writeSync } from 'node:fs';
import { castOf } from '../../sim/demo/cast.ts';
import { tooBig } from '../../sim/demo/scenes/drop.ts';
import { storeAndRetrieve, twoForOne, wrongNumbers } from '../../sim/demo/scenes/pickup.ts';
import { cancelAndRecall } from '../../sim/demo/scenes/time.ts';
import { Stage } from '../../sim/demo/stage.ts';
import type { WallEvent } from '../../sim/wall.ts';
import type { App } from '../../src/app.ts';
import { kioskIn, slotOf } from './site.ts';

/**
 * The process that is recorded: a kiosk whose files lie in the folder that is the argument. It
 * lives through two starts full of visits, and prints a mark (promises.ts) for whatever it has
 * promised by then: each commit that returned, each pulse, each message, each move of a door.
 */
const SCENES = [storeAndRetrieve, tooBig, twoForOne, cancelAndRecall, wrongNumbers];
const STARTS = 2;

const [, , folder = ''] = process.argv;
const mark = (text: string): void => void writeSync(1, `${text}\n`);

const { kiosk, clock } = kioskIn(folder, (text) => mark(`told ${JSON.stringify(text)}`));
kiosk.wall.watch(markWall);
const stage = new Stage(clock, kiosk, { say: () => {} });
switchOn();
const cast = await castOf(stage);
for (let start = 1; start <= STARTS; start += 1) {
  if (start > 1) {
    stop();
    switchOn();
  }
  for (const scene of SCENES) await scene(cast);
}

function markWall(event: WallEvent): void {
  if (event.kind === 'board') {
    if (event.event.kind === 'pulse') mark('pulse');
    return;
  }
  const { channel, door } = event;
  const there = { slot: slotOf(channel), open: door.isOpen, contents: door.contents };
  mark(`door ${JSON.stringify(there)}`);
}

function switchOn(): void {
  stage.switchOn();
  markCommits(kiosk.app);
}

/** Transactions within others are no commits; the mark comes when the outermost has returned. */
function markCommits({ store, auditHead }: App): void {
  const { transaction } = store;
  let depth = 0;
  store.transaction = (work) => {
    depth += 1;
    try {
      return transaction(work);
    } finally {
      depth -= 1;
      if (depth === 0) mark(`committed ${auditHead()}`);
    }
  };
  mark(`committed ${auditHead()}`);
}

function stop(): void {
  let stopped = false;
  kiosk.app.stop(() => {
    stopped = true;
  });
  stage.until('the kiosk has stopped', () => stopped);
}
