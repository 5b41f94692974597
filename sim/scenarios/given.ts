import type { Config } from '../../src/config/config.ts';
import {
  type Cast,
  courierNames,
  courierPutsIn,
  courierSignsIn,
  leaves,
  type Numbers,
  numbersOf,
} from '../demo/cast.ts';

/** Something that was dropped before the page begins. */
interface Lying extends Numbers {
  readonly slot: string;
}

interface Parcel {
  readonly to: 'ana' | 'ben';
  readonly label: string;
  readonly size?: string;
  readonly thing: string;
}

/** A courier has dropped a parcel, and its recipient has the two numbers. */
export async function lies(cast: Cast, { to, label, size = 'S', thing }: Parcel): Promise<Lying> {
  const who = to === 'ana' ? 'Ana' : 'Ben';
  const lying = await cast.stage.aside(`a courier has dropped ${thing} for ${who}`, async () => {
    await courierSignsIn(cast);
    courierNames(cast, cast[to], label, size);
    const slot = courierPutsIn(cast, thing);
    leaves(cast);
    return { slot, ...numbersOf(cast, who) };
  });
  const { code, second } = lying;
  cast.stage.say(`${who} has the code ${code} by text message and ${second} by e-mail`);
  return lying;
}

/** Boards are read seldom where days pass, or each second of them would be played. */
export const seldomRead = (config: Config): Config => ({
  ...config,
  buses: config.buses.map((bus) => ({ ...bus, idlePollMs: 30_000 })),
});
