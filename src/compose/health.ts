import { Health } from '../control/health.ts';
import type { LockBank } from '../device/lock-bank.ts';
import type { Supervised } from '../platform/systemd.ts';
import type { Core } from './core.ts';
import type { World } from './world.ts';

/** Tells the service manager, where there is one, what becomes of this kiosk. */
export function composeHealth({ systemd }: World, core: Core, locks: LockBank) {
  const health = systemd && watchdog(systemd, core, locks);
  return {
    start(): void {
      systemd?.tell('READY=1');
      health?.start();
    },
    stop(): void {
      systemd?.tell('STOPPING=1');
      health?.stop();
    },
  };
}

function watchdog({ tell, watchdogMs }: Supervised, core: Core, locks: LockBank): Health | null {
  if (watchdogMs === null) return null;
  const { clock, store, supervisor, time, log } = core;
  let told: string | null = null;
  return new Health({
    ...{ clock, store },
    limitMs: watchdogMs,
    stamp: () => time.stamp(),
    exchanges: () => exchangesOf(locks),
    beat: (why) => {
      if (why !== null && told === null) log.error('not well: no beat for the watchdog', { why });
      told = why;
      const slots = supervisor.all();
      const dark = slots.filter(({ board }) => board === 'dark').length;
      const state = `serving, ${slots.length - dark} of ${slots.length} doors seen`;
      tell(why === null ? `WATCHDOG=1\nSTATUS=${state}` : `STATUS=not well: ${why}`);
    },
  });
}

/** A board that answers is polled; where none does there may be nothing to poll on. */
function exchangesOf(locks: LockBank): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { bus, health, sent } of locks.boards()) {
    if (health === 'online' || health === 'quiet') counts.set(bus, (counts.get(bus) ?? 0) + sent);
  }
  return counts;
}
