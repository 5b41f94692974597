import {
  type AddressLook,
  type Finding,
  type FoundDoor,
  judgeAddress,
  type Place,
} from './commission-verdict.ts';

/** What commissioning says to the fitter. */

/** What a finding means and what to do about it; `nameOf` says which door is wired to a place. */
export function findingWords(finding: Finding, nameOf: (place: Place) => string): string {
  switch (finding.verdict) {
    case 'good':
      return `good, open after ${finding.times.map(({ openMs }) => openMs.toFixed(0))} ms`;
    case 'inverted':
      return 'its contact says the opposite: turn doorContact of the slot to the other value';
    case 'crossed':
      return `crossed: the contact of ${nameOf(finding.place)} moved instead of its own`;
    case 'several': {
      const names = finding.places.map(nameOf).join(' and ');
      return `several contacts moved: ${names}; look for two doors on one lock output`;
    }
    case 'unconnected':
      return 'it opened, and no contact moved: its contact is not connected';
    case 'sticking':
      return 'its contact did not come back when the door was shut: it sticks';
    case 'unopened':
      return 'it did not open: look at lock, wire and spring';
    case 'other-door':
      return `door ${finding.number} opened instead: look at the wires, or at the numbers`;
    case 'unreachable':
      return `not tried: ${finding.why}`;
    case 'skipped':
      return 'left out';
  }
}

/** The doors that are not good, a line each. */
export function troubleWords(
  found: readonly FoundDoor[],
  nameOf: (place: Place) => string,
): string[] {
  return found
    .filter(({ finding }) => finding.verdict !== 'good')
    .map(({ door, finding }) => `  door ${door.number}: ${findingWords(finding, nameOf)}`);
}

/** One line for each address that said something, and for each that should have. */
export function scanWords(looks: readonly AddressLook[]): string[] {
  return looks.flatMap((look) => {
    const words = addressWords(look);
    return words === null ? [] : [`  address ${look.address}: ${words}`];
  });
}

function addressWords(look: AddressLook): string | null {
  const name = look.board === null ? 'a board that is not in the config' : `board ${look.board}`;
  switch (judgeAddress(look)) {
    case 'good':
      return look.board === null ? name : `${name} answers`;
    case 'silent':
      return look.board === null ? null : `${name} does not answer`;
    case 'doubled':
      return `${name} cannot be understood: two boards with this address, or a disturbed line`;
    case 'misfit':
      return look.board === null ? name : `${name} ${look.misfit}`;
  }
}

/** The line of the config that turns the byte order of a board round, if its family has one. */
export function byteOrderWords(
  board: string,
  settings: Readonly<Record<string, string>>,
  choices: Readonly<Record<string, readonly string[]>>,
): string {
  const what = `board ${board}: contacts are displaced as if status bytes came in the other`;
  const [name, values = []] = Object.entries(choices).find(([one]) => /order/i.test(one)) ?? [];
  const other = values.find((value) => name !== undefined && value !== settings[name]);
  if (name === undefined || other === undefined) return `${what} order; look at the cables`;
  return `${what} order; set settings = { ${name} = "${other}" } and begin again`;
}
