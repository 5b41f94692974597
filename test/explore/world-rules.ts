import { isAllocatable, type SlotState } from '../../src/domain/slot.ts';
import type { Machine } from './records.ts';
import { isHonest, isUpToDate, type Setting, type World } from './world.ts';

/** What must hold wherever the world can come to, by the rule that asks for it. */

type Rule = (world: World, setting: Setting, machine: Machine) => string | null;

/** With honest people and good sensors the kiosk is never wrong about these. */
const reallyEmpty: Rule = (world, setting) => {
  if (!isAllocatable(world.mem.slot) || !isUpToDate(world, setting)) return null;
  return world.inside === 'nothing' ? null : 'given away, and something is inside';
};

const neverLost: Rule = ({ mem, inside, power }, setting) => {
  if (!isHonest(setting) || power !== 'on') return null;
  const { state, parcel, content, bar } = mem.slot;
  if (inside === 'parcel' && parcel === null && bar === null) return `inside, unbound, ${state}`;
  if (state === 'occupied' && inside !== 'parcel') return 'occupied, and it is not inside';
  return bar !== null && content === 'empty' && inside !== 'nothing' && mem.slot.purpose === null
    ? 'barred and believed empty, and it is inside'
    : null;
};

const collectable: Rule = (world, _setting, machine) => {
  const { mem, ledger } = world;
  const { state, board, bar, binding } = mem.slot;
  if (board === 'dark' || bar?.reason === 'jammed' || ledger.custody !== 'in_slot') return null;
  if (binding === 'unverified') return null;
  const isAtRest = RESTING.has(state) || (state === 'grace' && mem.slot.purpose === 'pickup');
  if (!isAtRest) return null;
  const { ignored, acts, raw } = machine.step(mem, 'ARM pickup');
  const isOpened = raw.state === 'open' || acts.some((act) => act.do === 'pulse');
  return ignored || !isOpened ? `an authorised pickup is refused in ${state}` : null;
};
/** Neither a code nor a courier's right, whatever else is known of the slot. */
const heldBack: Rule = ({ mem }, _setting, machine) => {
  if (mem.slot.binding === 'known' || !RESTING.has(mem.slot.state)) return null;
  const opened = (['ARM pickup', 'ARM recall', 'ARM drop'] as const).filter(
    (right) => !machine.step(mem, right).ignored,
  );
  return opened.length > 0 ? `${opened} on a binding that nobody verified` : null;
};
const RESTING: ReadonlySet<SlotState> = new Set(['occupied', 'quarantined', 'out_of_service']);

const reallyShut: Rule = (world, setting) => {
  if (!isAllocatable(world.mem.slot) || !isUpToDate(world, setting)) return null;
  return setting.contact === 'good' && world.doorOpen ? 'allocatable, and its door is open' : null;
};

/** A state that waits for time has a deadline; one that rests has none. */
const endsInTime: Rule = ({ mem, power, pulse, wantsPulse }) => {
  if (power !== 'on' || wantsPulse) return null;
  const { state, deadlineAtMono } = mem.slot;
  if (state === 'opening') {
    const isAwaited = pulse !== 'none';
    return isAwaited || deadlineAtMono !== null ? null : 'opening, and nothing will end it';
  }
  const isTimed = TIMED.has(state);
  if (isTimed === (deadlineAtMono !== null)) return null;
  return isTimed ? `${state} without a deadline` : `${state} with a deadline`;
};
const TIMED: ReadonlySet<SlotState> = new Set([
  'unseen',
  'open',
  'drop_unconfirmed',
  'verify_empty',
  'grace',
]);

const staleIsIgnored: Rule = ({ mem }, _setting, machine) =>
  machine.step(mem, 'PULSE_RESULT old').ignored ? null : 'an answer for an earlier intent counts';

/** Nobody honest makes a good sensor suspect (R6). */
const trusted: Rule = ({ mem }, setting) =>
  isHonest(setting) && mem.slot.sensor === 'suspect' ? 'a good sensor is suspect' : null;

export const WORLD_RULES = {
  'I2 an answer counts for its own intent': staleIsIgnored,
  'I12 what does not rest ends in time': endsInTime,
  'R1 a slot that is given away is really empty': reallyEmpty,
  'R2 R10 a parcel is never lost': neverLost,
  'R2a a bound parcel can be collected': collectable,
  'R6 a good sensor stays trusted': trusted,
  'R18 an allocatable slot is shut': reallyShut,
  'R31 nothing opens a slot whose binding is not verified': heldBack,
} as const satisfies Record<string, Rule>;
