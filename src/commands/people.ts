import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../app.ts';
import { announceParcel, openPeople } from '../compose/maintenance.ts';
import { drawPin } from '../compose/production.ts';
import type { Config } from '../config/config.ts';
import { PIN_DIGITS_MIN } from '../domain/person.ts';
import { createLog } from '../platform/log.ts';
import { systemRandom } from '../platform/random.ts';
import { fromInput } from './from-input.ts';
import { owned, usage, withConfig, worldOf } from './stopped-kiosk.ts';

const ON_INPUT = '- for a line of the standard input';
const PIN_HELP = `at least ${PIN_DIGITS_MIN} digits, ${ON_INPUT}; without it one is drawn`;

/** Who works at the kiosk, and which parcels are to come. */
export function peopleCommands(program: Command): void {
  withConfig(program.command('add-courier'))
    .description('add a courier to a kiosk that is not running, and print the new staff number')
    .requiredOption('--carrier <name>', 'the carrier whose parcels the courier handles')
    .option('--pin <digits>', PIN_HELP)
    .action(async ({ config, carrier, pin }) => {
      await addCourier(readConfig(config), carrier, pin);
    });
  for (const role of ['technician', 'admin'] as const) {
    withConfig(program.command(`add-${role}`))
      .description(
        `add ${role === 'admin' ? 'an admin' : 'a technician'}; prints staff number and app`,
      )
      .option('--pin <digits>', PIN_HELP)
      .action(async ({ config, pin }) => addUpkeeper(readConfig(config), role, pin));
  }
  withConfig(program.command('announce'))
    .description('announce a parcel to a kiosk that is not running')
    .argument('<label>', 'as it stands on the parcel; the courier types its last 5 digits')
    .requiredOption('--carrier <name>', 'whose couriers bring it')
    .requiredOption('--size <size>', 'a size of site.sizes')
    .requiredOption('--phone <number>', `of the recipient; ${ON_INPUT}`)
    .option('--email <address>', `of the recipient, for the second number; ${ON_INPUT}`)
    .option('--weight-g <grams>', 'what it weighs', asCount)
    .option('--hold-days <days>', '3 to 7, instead of what the config says', asCount)
    .action((label, options) => announce(readConfig(options.config), label, options));
}

async function addCourier(config: Config, carrier: string, given?: string): Promise<void> {
  await adding(config, async ({ people }) => {
    const { pin, drawn } = pinFor(given);
    const staff = await people.addCourier(carrier, pin);
    process.stdout.write(`staff number of the new courier of ${carrier}: ${staff}\n${drawn}`);
  });
}

/** The secret is shown here, once, for the app on the telephone; the kiosk keeps it sealed. */
async function addUpkeeper(config: Config, role: 'technician' | 'admin', given?: string) {
  await adding(config, async ({ people, totp }) => {
    const { pin, drawn } = pinFor(given);
    const { staff, secret } = await people.addUpkeeper(role, pin);
    const { id, name } = config.site;
    const uri = totp.uri(secret, `lockerd ${name}`, `${role} ${staff} ${id}`);
    process.stdout.write(`staff number of the new ${role}: ${staff}\n${drawn}`);
    process.stdout.write(`for the app on the telephone, shown only now: ${uri}\n`);
  });
}

/** A PIN that nobody may have is the caller's mistake, said in one line that does not repeat it. */
async function adding(
  config: Config,
  work: (opened: ReturnType<typeof openPeople>) => Promise<void>,
): Promise<void> {
  const opened = owned(config, () => openPeople(config, worldOf(createLog('error'))));
  try {
    await work(opened);
  } catch (error) {
    throw error instanceof RangeError ? usage(`--pin: ${error.message}`) : error;
  } finally {
    opened.close();
  }
}

/** A PIN that is drawn here has to be told, for nobody knows it yet; one that was given has not. */
function pinFor(given?: string) {
  const pinGiven = fromInput()(given);
  if (pinGiven !== undefined) return { pin: pinGiven, drawn: '' };
  const pin = drawPin(systemRandom());
  return { pin, drawn: `PIN, shown only now: ${pin}\n` };
}

interface Wanted {
  readonly carrier: string;
  readonly size: string;
  readonly phone: string;
  readonly email?: string;
  readonly weightG?: number;
  readonly holdDays?: number;
}

function announce(config: Config, label: string, wanted: Wanted): void {
  const { carrier, size, weightG, holdDays } = wanted;
  const said = fromInput();
  const phone = said(wanted.phone);
  const email = said(wanted.email) ?? null;
  const world = worldOf(createLog('error'));
  const expected = {
    ...{ label, carrier, size, phone, email },
    ...(weightG !== undefined && { load: { weightG } }),
    ...(holdDays !== undefined && { holdDays }),
  };
  const answer = owned(config, () => told(() => announceParcel(config, world, expected)));
  if (answer.kind === 'refused') throw usage(`parcel "${label}" is refused: ${answer.why}`);
  process.stdout.write(`parcel ${label} is expected as ${answer.parcel.ref}\n`);
}

/** What is wrong with the words of the command is the caller's mistake, said in one line. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof RangeError ? usage(error.message) : error;
  }
}

function asCount(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1 on.');
}
