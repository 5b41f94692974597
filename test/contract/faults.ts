import { type Random, seededRandom } from '../../sim/random.ts';
import type { Site } from './site.ts';
import { strangersStatus, Twin } from './strangers.ts';

/** Something that boards, wires, adapters and fitters do, and how it befalls a kiosk. */
export interface Fault {
  readonly title: string;
  /** People are served all the same. */
  readonly isBorne?: true;
  /** It is there before the kiosk starts, and stays. */
  readonly before?: (site: Site) => void;
  /** It befalls a visit that is about to begin; its door is most likely that of `slot`. */
  readonly strike?: (site: Site, slot: string) => void;
  /** What is done by hand when the visit is over. */
  readonly mend?: (site: Site, slot: string) => void;
}

const AWAY_MS = 3_000;

/** Does something to every other reply. */
function everyOther(spoil: (frame: Uint8Array, dice: Random, site: Site) => void) {
  return (site: Site): void => {
    const dice = seededRandom(5);
    let isNext = false;
    site.arrive = (bytes) => {
      if (site.isEcho(bytes)) return [bytes];
      isNext = !isNext;
      const frame = Uint8Array.from(bytes);
      if (isNext) spoil(frame, dice, site);
      return [frame];
    };
  };
}

/** Some bit of this byte. */
function flip(frame: Uint8Array, at: number, dice: Random): void {
  frame[at] = (frame[at] ?? 0) ^ (1 << dice.int(8));
}

/** What comes first after a pulse is held back until the next request is out. */
function lateUnlockReply(site: Site): void {
  let isDue = false;
  let held: Uint8Array[] = [];
  site.pulsed = () => {
    isDue = true;
  };
  site.arrive = (bytes) => {
    if (!isDue) return [bytes];
    isDue = false;
    held = [bytes];
    return [];
  };
  site.requested = () => {
    const late = held;
    held = [];
    if (late.length > 0) site.bench.clock.after('late', 1, () => late.forEach(site.deliver));
  };
}

/** The adapter goes away once, `afterMs` from a request on, and comes back. */
function unplugs(site: Site, afterMs: number): void {
  const { clock, kiosk } = site.bench;
  const port = kiosk.port('main');
  clock.after('somebody pulls the adapter', afterMs, () => port.unplug());
  clock.after('somebody puts it back', afterMs + AWAY_MS, () => port.replug());
}

export const FAULTS: readonly Fault[] = [
  {
    title: 'the adapter echoes',
    isBorne: true,
    before: (site) => site.wire.toBoards.set('echo', 1),
  },
  {
    title: 'garbage before every reply',
    isBorne: true,
    before: (site) => site.wire.toHost.set('babble', 1),
  },
  {
    title: 'replies in pieces, and several at once',
    isBorne: true,
    before: (site) => {
      site.wire.toHost.set('split', 1);
      site.wire.toHost.set('merge', 0.2);
    },
  },
  {
    title: 'the reply to an unlock comes after its time-out',
    isBorne: true,
    strike: lateUnlockReply,
  },
  {
    title: 'replies come up to a second late',
    strike: (site) => site.wire.toHost.set('delay', 0.5),
  },
  {
    title: 'no reply to an unlock',
    isBorne: true,
    strike: (site) => {
      site.pulsed = () => site.wire.toHost.next('lose');
    },
  },
  {
    title: 'every other reply has a wrong function code and a good checksum',
    isBorne: true,
    strike: everyOther((frame, dice, { member }) => {
      flip(frame, member.code.at, dice);
      member.code.seal(frame);
    }),
  },
  {
    title: 'every other reply has a bit wrong, and so a bad checksum',
    isBorne: true,
    strike: everyOther((frame, dice) => flip(frame, dice.int(frame.length), dice)),
  },
  {
    title: 'a second board with the same address',
    strike: (site) => Twin.of(site).powerOn(),
    mend: (site) => Twin.of(site).powerOff(),
  },
  {
    title: 'a frame that nobody asked for, between request and reply',
    isBorne: true,
    strike: (site) => {
      const status = strangersStatus(site);
      site.requested = () => site.bench.clock.after('stranger', 1, () => site.deliver(status));
    },
  },
  {
    title: 'a contact wired the other way',
    isBorne: true,
    before: (site) => {
      site.bench.kiosk.door('L/1').contact.fault = 'inverted';
    },
  },
  {
    title: 'a contact that turns over during the visit',
    strike: (site, slot) => {
      site.pulsed = () => {
        site.bench.kiosk.door(slot).contact.fault = 'inverted';
      };
    },
    mend: straight,
  },
  {
    title: 'a contact that is stuck closed',
    strike: (site, slot) => {
      site.bench.kiosk.door(slot).contact.fault = 'stuck-on';
    },
    mend: straight,
  },
  {
    title: 'a contact that sticks open during the visit',
    strike: (site, slot) => {
      site.pulsed = () => {
        site.bench.kiosk.door(slot).contact.fault = 'stuck-off';
      };
    },
    mend: straight,
  },
  {
    title: 'the board restarts during a pulse',
    isBorne: true,
    strike: (site) => site.board.faults.next('reset'),
  },
  {
    title: 'the adapter is unplugged while an unlock leaves',
    strike: (site) => {
      site.requested = (bytes) => {
        if (!site.isUnlock(bytes)) return;
        site.requested = () => {};
        unplugs(site, site.wireMs(bytes) * (0.2 + seededRandom(bytes.length).int(60) / 100));
      };
    },
  },
  {
    title: 'the adapter is unplugged before the reply to an unlock',
    strike: (site) => {
      site.pulsed = () => {
        site.pulsed = () => {};
        unplugs(site, 1);
      };
    },
  },
];

function straight(site: Site, slot: string): void {
  site.bench.kiosk.door(slot).contact.fault = 'none';
}
