import type { SitePlan } from '../../domain/site.ts';
import type { Catalogue } from '../messages/catalogue.ts';

const MM_PER_CM = 10;
const G_PER_KG = 1_000;

/** What a size takes, in words such as "up to 5 kg, up to 40 × 30 × 8 cm"; empty without limits. */
export function limitOf({ limits }: SitePlan, texts: Catalogue['limits'], size: string): string {
  const { weightG, sidesMm } = limits[size] ?? {};
  return [
    ...(weightG === undefined ? [] : [texts.kilos(weightG / G_PER_KG)]),
    ...(sidesMm === undefined
      ? []
      : [texts.sides(sidesMm.map((side) => Math.floor(side / MM_PER_CM)).join(' × '))]),
  ].join(', ');
}
