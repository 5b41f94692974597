import { Argument, type Command, Option } from 'commander';
import type { LeaseReply } from '../../api/shapes.ts';
import { FINDS, OPEN_REASONS } from '../../domain/slot.ts';
import { askSecret } from '../ask.ts';
import { contextOf } from '../context.ts';
import { forgetLease, keepLease, keptLease } from '../lease-file.ts';
import { duration } from '../words.ts';

/** What moves something: for technicians and admins who have signed in. */
export function maintenanceCommands(program: Command): void {
  program
    .command('login')
    .description('sign in with staff number and PIN; one technician at a time')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      const staff = await askSecret('Staff number: ');
      const pin = await askSecret('PIN: ');
      const answer = await client.post<LeaseReply>('/leases', { staff, pin });
      keepLease(answer.lease);
      show(
        answer,
        ({ idleSeconds }) => `Signed in, until you do nothing for ${duration(idleSeconds)}.`,
      );
    });
  program
    .command('logout')
    .description('sign out')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      const answer = await client.delete(`/leases/${keptLease()}`);
      forgetLease();
      show(answer, () => 'Signed out.');
    });
  const slot = program.commands.find((one) => one.name() === 'slot');
  if (slot !== undefined) slotActions(slot);
  const parcel = program.commands.find((one) => one.name() === 'parcel');
  if (parcel !== undefined) parcelActions(parcel);
}

function slotActions(slot: Command): void {
  const reason = () => new Option('--reason <reason>', 'for the journal').choices(OPEN_REASONS);
  slot
    .command('open <slot>')
    .description('open one door; then say with "inspect" what is inside')
    .addOption(reason().makeOptionMandatory())
    .action((id: string, options, command) => act(command, `/slots/${id}/open`, options, OPENING));
  slot
    .command('block <slot>')
    .description('take a slot out of service; what is in it stays on record')
    .addOption(reason().makeOptionMandatory())
    .action((id: string, options, command) => act(command, `/slots/${id}/block`, options, DONE));
  slot
    .command('unblock <slot>')
    .description('give back a slot that was taken out of service')
    .action((id: string, options, command) => act(command, `/slots/${id}/unblock`, options, DONE));
  slot
    .command('inspect <slot>')
    .description('say what you saw inside; it is the truth from then on')
    .addArgument(new Argument('<found>').choices(FINDS))
    .action((id: string, found: string, _options, command) =>
      act(command, `/slots/${id}/inspect`, { found }, DONE),
    );
}

function parcelActions(parcel: Command): void {
  parcel
    .command('cancel <parcel>')
    .description('its numbers die, and a courier may take it away')
    .action((name: string, options, command) =>
      act(command, `/parcels/${name}/cancel`, options, DONE),
    );
  parcel
    .command('extend <parcel>')
    .description('lengthen its hold')
    .requiredOption('--days <count>', 'by so many days', Number)
    .action((name: string, options, command) =>
      act(command, `/parcels/${name}/extend`, options, DONE),
    );
}

const OPENING = 'The lock was told to open; "lockerctl slot show" says what the door did.';
const DONE = 'Done.';

async function act(command: Command, path: string, body: object, said: string): Promise<void> {
  const { client, show } = contextOf(command);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  show(await client.post(encoded, { lease: keptLease(), ...body }), () => said);
}
