import { encodeLine, type LineFrame, parseLine } from '../../hardware/wire/line/frame.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { type BoardPlan, type SimBus, Wall } from '../../sim/wall.ts';

/** A wall with one bus, and a host that keeps what it hears. */
export interface Workbench {
  readonly clock: VirtualClock;
  readonly wall: Wall;
  readonly bus: SimBus;
  /** Chunks as the host heard them. */
  readonly heard: { readonly atMs: number; readonly bytes: Uint8Array }[];
  /** What the host heard since the last call, in latin1. */
  text(): string;
  /** Sends a request, lets `waitMs` pass, and returns the good replies as "VERB args". */
  ask(request: string, to?: { address?: number; id?: number; waitMs?: number }): string[];
}

const BOARD: BoardPlan = { id: 'A', address: 1, family: 'line', channels: 15, occupancy: false };

export function workbench(setup: { baud?: number; boards?: Partial<BoardPlan>[] } = {}): Workbench {
  const clock = new VirtualClock();
  const boards = (setup.boards ?? [{}]).map((board) => ({ ...BOARD, ...board }));
  const plan = { buses: [{ name: 'main', baud: setup.baud ?? 0, boards }] };
  const wall = new Wall(clock, seededRandom(1), plan);
  const bus = wall.bus('main');
  const heard: { atMs: number; bytes: Uint8Array }[] = [];
  bus.wire.connect((bytes) => heard.push({ atMs: clock.monoMs(), bytes }));
  let read = 0;
  const text = (): string => {
    const fresh = heard.slice(read);
    read = heard.length;
    return fresh.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('');
  };
  let nextId = 0x1000;
  const ask: Workbench['ask'] = (request, to = {}) => {
    nextId += 1;
    text();
    bus.wire.send(line(request, to.id ?? nextId, to.address ?? 1));
    clock.advance(to.waitMs ?? 10);
    return goodReplies(text()).map((reply) => [reply.verb, ...reply.args].join(' '));
  };
  return { clock, wall, bus, heard, text, ask };
}

/** A request line, such as "U 3 400 0001". */
export function line(request: string, id: number, address = 1): Uint8Array {
  const [verb = '', ...args] = request.split(' ');
  return encodeLine({ direction: 'request', address, id, verb, args });
}

/** The lines of `text` that hold a whole reply and nothing else. */
export function goodReplies(text: string): LineFrame[] {
  return text
    .split('\n')
    .map(parseLine)
    .filter((frame): frame is LineFrame => typeof frame !== 'string')
    .filter((frame) => frame.direction === 'reply');
}
