import type { BoardPlan } from '../../sim/wall.ts';
import { crcSeal, lineSeal, type Seal, sumSeal, xorSeal } from './seals.ts';

type Choices = Readonly<Record<string, string>>;

/** What a family need not be able to do; whoever cannot says why. */
export type Ability = 'off' | 'items' | 'reports' | 'ids';

/** One way in which a board of the family is set up or behaves. */
export interface Variant {
  readonly name: string;
  /** The choices of the installation, for the driver and for the board. */
  readonly settings?: Choices;
  /** What the simulated board does besides; the driver does not know of it. */
  readonly real?: Choices;
  /** Channels, where they are not the family's usual ones. */
  readonly channels?: number;
  /** Item sensors are wired and read. */
  readonly items?: true;
  /** The board tells by itself of contacts that moved. */
  readonly reports?: true;
  /** The adapter lets the host hear itself. */
  readonly echo?: true;
}

/** A driver with its simulated board, as the contract runs them. */
export interface Member {
  readonly family: BoardPlan['family'];
  readonly channels: number;
  readonly variants: readonly Variant[];
  /** Place of the function code in a reply, and what makes a changed reply good again. */
  readonly code: { readonly at: number; readonly seal: Seal };
  readonly cannot: Readonly<Partial<Record<Ability, string>>>;
}

const USUAL: Variant = { name: 'as delivered' };
const ASKED_ONLY = 'the board speaks only when it is asked';
const NO_IDS =
  'replies carry no id: one that comes late passes for the next, and is that much older';

/** Settings by name, as a variant of its own. */
function chosen(settings: Choices, more: Partial<Variant> = {}): Variant {
  const name = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
  return { name: name.join(', '), settings, ...more };
}

/** What a board does that no setting tells the driver. */
function really(real: Choices, more: Partial<Variant> = {}): Variant {
  const name = Object.entries(real).map(([key, value]) => `board: ${key} ${value}`);
  return { name: name.join(', '), real, ...more };
}

/** Every family of `hardware/bus/families.ts`; a new one is one more entry. */
export const MEMBERS: readonly Member[] = [
  {
    family: 'line',
    channels: 16,
    variants: [USUAL, { name: 'item sensors', items: true }],
    code: { at: 9, seal: lineSeal },
    cannot: { reports: ASKED_ONLY },
  },
  {
    family: 'kerong-cu16',
    channels: 16,
    variants: [
      USUAL,
      chosen({ unlockAnswer: 'status' }),
      chosen({ pulseTime: 'set' }),
      really({ unlockAnswer: 'status' }),
      really({ afterUnlock: 'busy' }),
      { name: 'item sensors', items: true },
    ],
    code: { at: 2, seal: sumSeal },
    cannot: { off: 'no such command is known', reports: ASKED_ONLY, ids: NO_IDS },
  },
  {
    family: 'kerong-cu48',
    channels: 48,
    variants: [
      USUAL,
      chosen({ unlockAnswer: 'status' }),
      chosen({ items: 'ir' }, { items: true }),
      chosen({ code77: 'report' }, { reports: true }),
      really({ afterUnlock: 'busy' }),
    ],
    code: { at: 3, seal: sumSeal },
    cannot: { off: 'no such command is known', ids: NO_IDS },
  },
  {
    family: 'shuoming-8a',
    channels: 24,
    variants: [
      USUAL,
      chosen({ unlockCode: '33' }),
      chosen({ bulkOrder: 'first-last' }),
      chosen({ bulkBytes: '7' }),
      chosen({ echo: 'adapter' }, { echo: true }),
      really({ unlockReply: 'after-1s' }),
      really({ unlockReply: 'none' }),
      really({ reports: '82' }, { reports: true }),
      really({ reports: '81' }, { reports: true }),
    ],
    code: { at: 0, seal: xorSeal },
    cannot: {
      off: 'there is no such command; nothing is ever held on',
      items: 'its status has door contacts only',
      ids: NO_IDS,
    },
  },
  {
    family: 'waveshare-relay-d',
    channels: 8,
    variants: [
      USUAL,
      chosen({ inputs: 'doors-and-items' }, { channels: 4, items: true }),
      chosen({ echo: 'adapter' }, { echo: true }),
    ],
    code: { at: 1, seal: crcSeal },
    cannot: { reports: ASKED_ONLY, ids: NO_IDS },
  },
];

/** The variants that are able to do it; every one where there is nothing to be able to. */
export function variantsWith(member: Member, ability: Ability | undefined): readonly Variant[] {
  if (ability === undefined) return member.variants;
  if (ability === 'off' || ability === 'ids') {
    return Object.hasOwn(member.cannot, ability) ? [] : member.variants;
  }
  return member.variants.filter((variant) => variant[ability]);
}
