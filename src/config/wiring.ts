import type { Config } from './config.ts';

/** What commissioning proves: a door map is good for this and for nothing else. */
export function wiringOf({ buses, lockers }: Config) {
  return {
    buses: buses.map(({ name, port, baud, boards }) => ({ name, port, baud, boards })),
    doors: lockers.flatMap((locker) =>
      locker.slots.map(({ id, number, board, channel, doorContact }) => {
        return { slot: `${locker.id}/${id}`, number, board, channel, doorContact };
      }),
    ),
  };
}
