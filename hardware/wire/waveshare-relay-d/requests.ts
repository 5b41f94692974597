import type { BoardRequest, Settings } from '../family.ts';
import { type ModbusFrame, READ_INPUTS, WRITE_RELAY } from './frame.ts';
import {
  ADDRESSES,
  CHANNELS_MAX,
  CHANNELS_WITH_ITEMS_MAX,
  PULSE_MS,
  PULSE_STEP_MS,
} from './limits.ts';
import { chosen } from './settings.ts';

/** A request as it goes onto the wire, and what it means. */
export interface Question {
  readonly frame: ModbusFrame;
  readonly request: BoardRequest;
  readonly settings: Settings;
}

/** @throws RangeError when the board has no such address, channel, pulse or request. */
export function questionOf(address: number, request: BoardRequest, settings: Settings): Question {
  check('board address', address, ADDRESSES);
  return { frame: { address, ...pdu(request, settings) }, request, settings };
}

/** Function code and data; numbers of relays and inputs count from 0. */
function pdu(request: BoardRequest, settings: Settings): Omit<ModbusFrame, 'address'> {
  switch (request.kind) {
    case 'status':
      checkChannel('channels', request.channels, settings);
      return { code: READ_INPUTS, data: [0x00, 0x00, 0x00, CHANNELS_MAX] };
    case 'unlock':
      checkChannel('channel', request.channel, settings);
      return { code: WRITE_RELAY, data: [FLASH_ON, request.channel - 1, 0x00, steps(request)] };
    case 'off':
      return { code: WRITE_RELAY, data: [0x00, ALL_RELAYS, 0x00, 0x00] };
    case 'identify':
    case 'prepare':
      throw new RangeError(`the family waveshare-relay-d has no request "${request.kind}"`);
  }
}

/** High byte of the number that makes a write a pulse. */
const FLASH_ON = 0x02;
/** Stands for all relays in the place of a relay's number. */
const ALL_RELAYS = 0xff;

function steps({ pulseMs }: { readonly pulseMs: number }): number {
  check('pulse in ms', pulseMs, PULSE_MS);
  if (pulseMs % PULSE_STEP_MS === 0) return pulseMs / PULSE_STEP_MS;
  throw new RangeError(`pulse in ms is ${pulseMs}, allowed are multiples of ${PULSE_STEP_MS}`);
}

function checkChannel(what: string, value: number, settings: Settings): void {
  const inputs = chosen(settings, 'inputs');
  const max = inputs === 'doors' ? CHANNELS_MAX : CHANNELS_WITH_ITEMS_MAX;
  check(`with inputs "${inputs}" ${what}`, value, { min: 1, max });
}

function check(what: string, value: number, limit: { min: number; max: number }): void {
  if (Number.isInteger(value) && value >= limit.min && value <= limit.max) return;
  throw new RangeError(`${what} is ${value}, allowed are ${limit.min} to ${limit.max}`);
}
