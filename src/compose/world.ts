import type { OpenBytePort } from '../../hardware/index.ts';
import type { OpenBroker } from '../cloud/broker.ts';
import type { Clock, Log, Random, TimeSync } from '../control/ports.ts';
import type { Transports } from '../notify/teller.ts';
import type { Supervised } from '../platform/systemd.ts';

/** Opens the port of a bus, by what the config calls it. */
export type OpenPort = (port: string, baud: number) => OpenBytePort;

/** What differs between a kiosk in a street and one in a simulation. */
export interface World {
  readonly clock: Clock;
  readonly timeSync: TimeSync;
  readonly random: Random;
  readonly log: Log;
  /** Opens the port of a bus, by what the config calls it; that very port unless given. */
  readonly openPort?: OpenPort;
  readonly transports: Transports;
  /** Ends the program at once: nothing may rest on the database any more. */
  readonly die?: (error: Error) => void;
  /** Connects to the broker; to the one that the config names unless given. */
  readonly openBroker?: OpenBroker;
  /** The service manager that wants to hear of this kiosk, if one does. */
  readonly systemd?: Supervised;
}
