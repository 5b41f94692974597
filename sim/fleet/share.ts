import { join } from 'node:path';
import { readConfig } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import type { Log } from '../../src/control/ports.ts';
import { EmbeddedKiosk } from '../embedded.ts';
import { seededRandom } from '../random.ts';
import { breath, RealClock } from '../real-clock.ts';
import { cityOf, kioskName, type ShareOfFleet, type ShareReport } from './plan.ts';
import { courierAt, Visits } from './visits.ts';

const SITE = new URL('../embedded.toml', import.meta.url).pathname;
/** Boards of a wall where nobody stands; what is measured is the kiosk's side of the cloud. */
const IDLE_POLL_MS = 10_000;
const REPORT_MS = 1_000;
const MB = 1e6;
const MICROSECONDS = 1_000;

/** So many whole kiosks in one process, each with its store, its link and a light wall. */
async function main(share: ShareOfFleet): Promise<void> {
  const clock = new RealClock();
  const count = { started: 0, opened: 0, closed: 0 };
  const kiosks: EmbeddedKiosk[] = [];
  const visits: Visits[] = [];
  const report = (): void => {
    const { user, system } = process.cpuUsage();
    const said: ShareReport = {
      ...count,
      connected: count.opened - count.closed,
      visits: visits.reduce((sum, { done }) => sum + done, 0),
      waiting: kiosks.reduce((sum, { app }) => sum + app.store.outbox.waiting().count, 0),
      memoryMb: process.memoryUsage.rss() / MB,
      cpuMs: (user + system) / MICROSECONDS,
    };
    process.send?.(said);
    next = clock.after('report', REPORT_MS, report);
  };
  let next = clock.after('report', 0, report);
  const end = (): void => {
    next.cancel();
    stop(kiosks);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  for (let number = share.from; number <= share.to; number += 1) {
    kiosks.push(started(share, number, clock, count));
    await breath();
  }
  const [first] = kiosks;
  if (first === undefined || share.visits === 0) return;
  const courier = await courierAt(first.app);
  for (const [index, kiosk] of kiosks.entries()) {
    const random = seededRandom(share.from + index);
    const one = new Visits(kiosk, courier, clock, random);
    visits.push(one);
    void one.go(share.visits);
  }
}

interface Count {
  started: number;
  opened: number;
  closed: number;
}

function started(share: ShareOfFleet, number: number, clock: RealClock, count: Count) {
  const folder = join(share.folder, kioskName(number));
  const log = linkLog(count);
  const config = configOf(share, number);
  const kiosk = new EmbeddedKiosk({ clock, config, folder, seed: number, log, baud: 0 });
  kiosk.start(() => {
    count.started += 1;
  });
  return kiosk;
}

function configOf({ broker, certs, key }: ShareOfFleet, number: number): Config {
  const config = readConfig(SITE);
  const id = kioskName(number);
  const city = cityOf(number);
  const tls = certs !== null && {
    certificate: join(certs, `${id}.crt`),
    key: join(certs, `${id}.key`),
    ca: join(certs, 'ca.crt'),
  };
  return {
    ...config,
    site: { ...config.site, id, city, name: `${city} ${number}` },
    buses: config.buses.map((bus) => ({ ...bus, idlePollMs: IDLE_POLL_MS })),
    cloud: {
      ...{ broker, signed: 'require', rootKey: key, commandKey: key, peopleKey: key },
      ...tls,
    },
  };
}

/** What the link of a kiosk says is counted; nothing else is kept. */
function linkLog(count: Count): Log {
  let isOpen = false;
  const heard = (message: string): void => {
    if (message === 'cloud link open') {
      count.opened += 1;
      isOpen = true;
    } else if (message === 'cloud link closed' && isOpen) {
      count.closed += 1;
      isOpen = false;
    }
  };
  return { debug() {}, info: heard, warn() {}, error() {} };
}

/** Each says goodbye; what takes too long is left to the broker's patience. */
function stop(kiosks: readonly EmbeddedKiosk[]): void {
  let open = kiosks.length;
  for (const { app } of kiosks) {
    app.stop(() => {
      open -= 1;
      if (open === 0) process.exit(0);
    });
  }
  if (open === 0) process.exit(0);
}

await main(JSON.parse(process.argv[2] ?? '') as ShareOfFleet);
