/** What a process of the fleet is told at its start, as JSON. */
export interface ShareOfFleet {
  /** The first kiosk, counted from 1, and the last one. */
  readonly from: number;
  readonly to: number;
  readonly broker: string;
  /** Certificates as docs/broker/certificates.sh makes them; without them the broker wants none. */
  readonly certs: string | null;
  readonly folder: string;
  /** The operator's public key, in base64. */
  readonly key: string;
  /** Deliveries for each kiosk in an hour. */
  readonly visits: number;
}

/** How a process of the fleet is doing; said every second. */
export interface ShareReport {
  readonly started: number;
  readonly connected: number;
  /** Connections that came to be, and that ended, since the start. */
  readonly opened: number;
  readonly closed: number;
  readonly visits: number;
  /** Events that wait for the cloud. */
  readonly waiting: number;
  readonly memoryMb: number;
  readonly cpuMs: number;
}

const CITIES = ['Berlin', 'Hamburg', 'Köln', 'Lindau', 'München', 'Rostock', 'Trier', 'Ulm'];
const DIGITS = 4;

export const kioskName = (number: number): string => `K${String(number).padStart(DIGITS, '0')}`;

export const cityOf = (number: number): string => CITIES[number % CITIES.length] ?? '';
