import { encodeLine } from '../hardware/wire/line/frame.ts';
import { newSlot, type SlotRecord } from '../src/domain/slot.ts';
import type { SlotEventBody } from '../src/domain/slot-events.ts';
import { slotStepper } from '../src/domain/slot-machine.ts';
import { line } from './line.ts';
import { atLeast, atMost, median, type Row } from './row.ts';
import type { Say } from './say.ts';

const ROUNDS = 9;
const VISITS_PER_ROUND = 400;
const STEP_US_MAX = 100;
const CHANNELS = 48;
const LINES_PER_ROUND = 4_000;
/** What a serial driver hands over at a time. */
const CHUNK_BYTES = 64;
/** Twenty times what four buses at 115,200 baud can bring. */
const DECODER_MB_PER_S_MIN = 0.92;

/** The two pure parts that every exchange and every event go through. */
export async function parts(say: Say): Promise<Row[]> {
  say('steps of the slot machine, and bytes through the decoder');
  return [
    atMost('step of the slot machine', median(rounds(stepUs)), 'µs', STEP_US_MAX),
    atLeast('decoder, line family', median(rounds(decoderMbPerS)), 'MB/s', DECODER_MB_PER_S_MIN),
  ];
}

function rounds(measure: () => number): number[] {
  measure();
  return Array.from({ length: ROUNDS }, measure);
}

/** One pickup, as the machine sees it. */
const VISIT: readonly (SlotEventBody & { readonly afterMs: number })[] = [
  { type: 'ARM', intent: 'i', purpose: 'pickup', afterMs: 0 },
  { type: 'PULSE_RESULT', intent: 'i', verdict: 'acknowledged', afterMs: 10 },
  { type: 'READ', afterMs: 40 },
  { type: 'DOOR_OPENED', afterMs: 80 },
  { type: 'DOOR_CLOSED', occupancy: 'unknown', afterMs: 5_000 },
  { type: 'DEADLINE_PASSED', afterMs: 60_000 },
];

function stepUs(): number {
  const step = slotStepper();
  const startMs = performance.now();
  for (let visit = 0; visit < VISITS_PER_ROUND; visit += 1) {
    let slot: SlotRecord = {
      ...newSlot('L1/1'),
      ...{ state: 'occupied', parcel: 'p', content: 'full', door: 'closed', board: 'ok' },
    };
    let atMono = 0;
    for (const { afterMs, ...event } of VISIT) {
      atMono += afterMs;
      const { record, ignored } = step(slot, { ...event, atMono });
      if (ignored) throw new Error(`${event.type} was ignored in ${slot.state}`);
      slot = record;
    }
    if (slot.state !== 'available') throw new Error(`the visit ended in ${slot.state}`);
  }
  return ((performance.now() - startMs) * 1_000) / (VISITS_PER_ROUND * VISIT.length);
}

/** Status replies of a full board, awaited ones, from bytes to readings. */
function decoderMbPerS(): number {
  const dialect = line().dialect(0);
  const bits = 'F'.repeat(CHANNELS / 4);
  const args = ['0001', bits, bits, '0'.repeat(CHANNELS)];
  let bytes = 0;
  let readings = 0;
  let tookMs = 0;
  for (let id = 0; id < LINES_PER_ROUND; id += 1) {
    dialect.ask(1, { kind: 'status', channels: CHANNELS });
    const reply = encodeLine({ direction: 'reply', address: 1, id, verb: 'S', args });
    const startMs = performance.now();
    for (let from = 0; from < reply.length; from += CHUNK_BYTES) {
      for (const heard of dialect.receive(reply.subarray(from, from + CHUNK_BYTES))) {
        if (heard.kind === 'reply') readings += 1;
      }
    }
    tookMs += performance.now() - startMs;
    bytes += reply.length;
  }
  if (readings !== LINES_PER_ROUND) throw new Error(`${readings} readings heard`);
  return bytes / 1_000 / tookMs;
}
