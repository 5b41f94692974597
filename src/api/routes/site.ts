import { z } from 'zod';
import { slotViews } from '../../control/inquiry/slots.ts';
import { Refusal, type Route, route } from '../route.ts';
import { BOARD, SLOT, STATUS } from '../shapes.ts';
import { SlotFeed } from '../slot-feed.ts';
import type { Tools } from '../tools.ts';

/** The kiosk, its slots and its boards. */
export function siteRoutes(tools: Tools): Route[] {
  const feed = new SlotFeed(tools);
  return [
    route({
      ...{ method: 'GET', path: '/status', role: 'ro', summary: 'how the kiosk is doing' },
      reply: STATUS,
      once: () => tools.status(),
    }),
    route({
      ...{ method: 'GET', path: '/slots', role: 'ro', summary: 'all slots' },
      reply: z.array(SLOT),
      once: () => slotViews(tools),
    }),
    route({
      ...{ method: 'GET', path: '/slots/stream', role: 'ro' },
      summary: 'all slots, then those that changed, at most ten times a second',
      reply: z.array(SLOT),
      stream: (_ask, send) => feed.follow(send),
    }),
    route({
      ...{ method: 'GET', path: '/slots/:locker/:slot', role: 'ro', summary: 'one slot' },
      reply: SLOT,
      once: ({ path }) => {
        const id = `${path.locker}/${path.slot}`;
        const found = slotViews(tools).find(({ slot }) => slot === id);
        if (found === undefined) throw new Refusal(404, 'NO_SLOT', `no slot "${id}"`);
        return found;
      },
    }),
    route({
      ...{ method: 'GET', path: '/boards', role: 'ro', summary: 'how the lock boards answer' },
      reply: z.array(BOARD),
      once: () => [...tools.boards()],
    }),
  ];
}
