import { type Command, InvalidArgumentError } from 'commander';
import { type Grant, grantName, writeGrant } from '../domain/grant.ts';
import { kioskTag, newIssuer, openIssuer } from '../platform/grant-keys.ts';
import { systemRandom } from '../platform/random.ts';

const MINUTES_A_DAY = 1_440;
const DAYS_MAX = 10_000;

/** Keys and grants of an operator, who needs no kiosk for either (docs/GRANTS.md). */
export function grantCommands(program: Command): void {
  const grant = program.command('grant').description('make keys and signed pickup grants');
  grant
    .command('new-key')
    .description('make an operator key, and print its public half for the config of the kiosks')
    .argument('<file>', 'where the private half is to be; readable by its owner only')
    .action((file) => {
      process.stdout.write(`publicKey = "${newIssuer(file).publicKey}"\n`);
    });
  grant
    .command('make')
    .description('print a grant for a parcel')
    .requiredOption('--key <file>', 'the private half of the key')
    .requiredOption('--kid <number>', 'the id of the key in the config of the kiosk', from1to(255))
    .requiredOption('--kiosk <id>', 'the id of the site')
    .requiredOption('--parcel <id>', 'the id of the parcel, as its events name it')
    .option('--gen <number>', 'the generation that its events name', from0to(255), 0)
    .requiredOption('--from <time>', 'ISO 8601, from when on it is good', seconds)
    .requiredOption('--days <number>', 'how long from then on', from1to(DAYS_MAX))
    .action(({ key, kid, kiosk, parcel, gen, from, days }) => {
      const made: Grant = {
        ...{ kid, gen, kiosk: kioskTag(kiosk), parcel: parcelName(parcel) },
        ...{ notBeforeS: from, lifetimeMin: days * MINUTES_A_DAY, nonce: nonce() },
      };
      process.stdout.write(`${writeGrant(made, openIssuer(key).sign)}\n`);
    });
}

/** 32 random bits. */
function nonce(): number {
  return systemRandom()
    .bytes(4)
    .reduce((all, byte) => all * 256 + byte, 0);
}

const within =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`);
  };
const from0to = (max: number) => within(0, max);
const from1to = (max: number) => within(1, max);

function seconds(text: string): number {
  const ms = Date.parse(text);
  if (ms >= 0) return Math.floor(ms / 1_000);
  throw new InvalidArgumentError('It is a time such as 2026-11-22T10:00:00Z.');
}

function parcelName(id: string): string {
  const name = grantName(id);
  if (/^[0-9a-f]{12}$/.test(name)) return name;
  throw new Error(`the parcel "${id}" does not end in 12 digits from 0 to 9 and a to f`);
}
