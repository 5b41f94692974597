import { type Family, families } from '../hardware/index.ts';

/** The family of boards that the benches use. */
export function line(): Family {
  const family = families.get('line');
  if (family === undefined) throw new Error('there is no board family "line"');
  return family;
}
