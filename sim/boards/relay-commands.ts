/** Exception codes (MODBUS Application Protocol V1.1b3, section 7). */
const CODES = {
  'illegal function': 1,
  'illegal data address': 2,
  'illegal data value': 3,
} as const;

/** The board answers a request with an exception. */
export class ModbusRefusal extends Error {
  override readonly name = 'ModbusRefusal';
  readonly code: number;

  constructor(why: keyof typeof CODES) {
    super(why);
    this.code = CODES[why];
  }
}

/** Relays, counted from 0, as commands see them. */
export interface RelayBank {
  isOn(relay: number): boolean;
  /** For good, or for `forMs`. */
  turn(relay: number, on: boolean, forMs?: number): void;
}

const RELAYS = 8;
const STEP_MS = 100;
const STEPS_MAX = 0x7fff;

/** What a written value stands for. */
const [ON, OFF, TOGGLE] = [0xff00, 0x0000, 0x5500];
/** High byte of a relay's number: switch it, or switch it on or off for a while; and all relays. */
const [SWITCH, FLASH_ON, FLASH_OFF, ALL] = [0x00, 0x02, 0x04, 0xff];

/** Function 5, write a single coil, with this vendor's own numbers. */
export function writeRelay(bank: RelayBank, at: number, value: number): void {
  const [command, relay] = [at >> 8, at & 0xff];
  const isAll = command === SWITCH && relay === ALL;
  if (!isAll && relay >= RELAYS) throw new ModbusRefusal('illegal data address');
  if (isAll) for (let each = 0; each < RELAYS; each += 1) switchRelay(bank, each, value);
  else if (command === SWITCH) switchRelay(bank, relay, value);
  else if (command === FLASH_ON || command === FLASH_OFF) {
    if (value < 1 || value > STEPS_MAX) throw new ModbusRefusal('illegal data value');
    bank.turn(relay, command === FLASH_ON, value * STEP_MS);
  } else throw new ModbusRefusal('illegal data address');
}

function switchRelay(bank: RelayBank, relay: number, value: number): void {
  if (value === ON || value === OFF) bank.turn(relay, value === ON);
  else if (value === TOGGLE) bank.turn(relay, !bank.isOn(relay));
  else throw new ModbusRefusal('illegal data value');
}

/** Functions 1 and 2: a count of bytes and then the bits, the first one lowest. */
export function readBits(bits: readonly boolean[], at: number, count: number): readonly number[] {
  if (count < 1 || count > bits.length) throw new ModbusRefusal('illegal data value');
  if (at + count > bits.length) throw new ModbusRefusal('illegal data address');
  const asked = bits.slice(at, at + count);
  return [1, asked.reduce((sum, bit, index) => sum + (bit ? 1 << index : 0), 0)];
}
