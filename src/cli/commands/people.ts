import type { Command } from 'commander';
import type { Person } from '../../api/shapes.ts';
import { act } from '../act.ts';
import { askSecret } from '../ask.ts';
import { contextOf } from '../context.ts';
import { keptLease } from '../lease-file.ts';
import { table } from '../table.ts';

/** Couriers and customers; technicians and admins are added with `lockerd` at the files (M9). */
export function peopleCommands(program: Command): void {
  courierCommands(program.command('couriers').description('who brings parcels'));
  userCommands(program.command('users').description('who is told when a parcel is there'));
}

function courierCommands(couriers: Command): void {
  listCommand(couriers, 'courier');
  couriers
    .command('add')
    .description('add a courier; asks for the PIN, and shows the staff number once')
    .requiredOption('--carrier <name>', 'whose parcels they handle')
    .action(async ({ carrier }, command) => {
      const body = { carrier, pin: await newPin() };
      const said = ({ staff }: { staff: string }): string => `Staff number: ${staff}`;
      await act(command, ['couriers'], body, said);
    });
  couriers
    .command('pin <courier>')
    .description('give a courier another PIN, also one who was disabled; asks for it')
    .action(async (id: string, _options, command) => {
      await act(command, ['couriers', id, 'pin'], { pin: await newPin() });
    });
  couriers
    .command('disable <courier>')
    .description('no PIN lets this courier in any more')
    .action((id: string, _options, command) => act(command, ['couriers', id, 'disable'], {}));
  couriers
    .command('unblock <courier>')
    .description('let a courier try again after too many wrong PINs')
    .action((id: string, _options, command) => act(command, ['couriers', id, 'unblock'], {}));
}

function userCommands(users: Command): void {
  listCommand(users, 'customer');
  users
    .command('add')
    .description('add a customer, or replace what is known of one with this phone')
    .requiredOption('--phone <number>', 'where their numbers are sent; - asks for it')
    .option('--email <address>', 'for the second number')
    .option('--low-slot', 'they need a compartment that can be reached from a chair')
    .action(async ({ phone: said, email, lowSlot }, command) => {
      // What stands in a command everybody on the machine can read.
      const phone = said === '-' ? await asked() : said;
      const more = { ...(email && { email }), ...(lowSlot && { needsLowSlot: true }) };
      return act(command, ['users'], { phone, ...more }, ({ id }: { id: string }) => id);
    });
}

function listCommand(parent: Command, role: string): void {
  parent
    .command('list')
    .description('all of them, without anything that leads to them')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Person[]>(`/people?role=${role}`), peopleTable);
    });
}

/** Only for whoever has signed in: nobody types a PIN in vain. */
function newPin(): Promise<string> {
  keptLease();
  return askSecret('New PIN, at least 6 digits: ');
}

function asked(): Promise<string> {
  keptLease();
  return askSecret('Phone: ');
}

function peopleTable(people: readonly Person[]): string {
  const rows = people.map(({ id, carrier, isDisabled, isBlocked, needsLowSlot }) => {
    const state = isDisabled ? 'disabled' : isBlocked ? 'blocked' : '';
    return [id, carrier ?? '', state, needsLowSlot ? 'low slot' : ''];
  });
  return table(['id', 'carrier', 'state', 'needs'], rows);
}
