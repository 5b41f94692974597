import {
  type Cast,
  collects,
  courierNames,
  courierPutsIn,
  courierSignsIn,
  leaves,
  type Numbers,
  numbersOf,
  takesOut,
} from '../cast.ts';

export async function storeAndRetrieve(cast: Cast): Promise<void> {
  await courierSignsIn(cast);
  courierNames(cast, cast.ana, 'ACME-00010001', 'S');
  courierPutsIn(cast, 'a small box');
  leaves(cast);
  collects(cast, 'Ana', numbersOf(cast, 'Ana'));
}

export async function twoForOne(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ana, 'ACME-00020001', 'S');
  const first = courierPutsIn(cast, 'a book');
  courierNames(cast, cast.ana, 'ACME-00020002', 'M');
  const second = courierPutsIn(cast, 'a lamp');
  leaves(cast);
  const { code, second: otp } = numbersOf(cast, 'Ana');
  stage.say('Ana types the numbers of one parcel and is offered the other as well');
  stage.type(`1 ${code} ${otp}`);
  takesOut(cast, stage.openSlot());
  stage.shows('as well');
  stage.type('3');
  takesOut(cast, stage.openSlot());
  stage.shows('Done?');
  stage.type('#');
  stage.wait(65_000);
  for (const slot of [first, second]) {
    stage.check(`${slot} is free`, stage.kiosk.app.supervisor.get(slot).state === 'available');
  }
}

export async function wrongNumbers(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ana, 'ACME-00030001', 'S');
  courierPutsIn(cast, "Ana's parcel");
  const ana = numbersOf(cast, 'Ana');
  courierNames(cast, cast.ben, 'ACME-00030002', 'S');
  courierPutsIn(cast, "Ben's parcel");
  const ben = numbersOf(cast, 'Ben');
  leaves(cast);
  stage.say('a slip in the code is caught by its check digit and costs nothing');
  stage.type(`1 ${slip(ana.code)}`);
  stage.shows('Please check the number');
  stage.type('**');
  stage.shows('Courier');
  refused(cast, 'a wrong second number', { ...ana, second: slip(ana.second) });
  refused(cast, "Ben's second number with Ana's code", { ...ana, second: ben.second });
  collects(cast, 'Ana', ana);
  stage.say('the same numbers once more: Ana is told the truth, nothing opens');
  stage.type(`1 ${ana.code} ${ana.second}`);
  stage.shows('already been collected');
  stage.type('#');
  collects(cast, 'Ben', ben);
}

function refused({ stage }: Cast, what: string, { code, second }: Numbers): void {
  stage.say(`${what}: one neutral sentence`);
  stage.type(`1 ${code} ${second}`);
  stage.shows('These numbers do not fit together.');
  stage.type('**');
  stage.wait(120_000);
}

const slip = (digits: string): string => `${(Number(digits[0]) + 1) % 10}${digits.slice(1)}`;
