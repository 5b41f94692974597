import { Argument, type Command, Option } from 'commander';
import type { LeaseReply } from '../../api/shapes.ts';
import { FINDS, OPEN_REASONS } from '../../domain/slot.ts';
import { act } from '../act.ts';
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
    .action((id: string, options, command) =>
      act(command, slotPath(id, 'open'), options, said(OPENING)),
    );
  slot
    .command('block <slot>')
    .description('take a slot out of service; what is in it stays on record')
    .addOption(reason().makeOptionMandatory())
    .action((id: string, options, command) => act(command, slotPath(id, 'block'), options));
  slot
    .command('unblock <slot>')
    .description('give back a slot that was taken out of service')
    .action((id: string, options, command) => act(command, slotPath(id, 'unblock'), options));
  slot
    .command('inspect <slot>')
    .description('say what you saw inside; it is the truth from then on')
    .addArgument(new Argument('<found>').choices(FINDS))
    .action((id: string, found: string, _options, command) =>
      act(command, slotPath(id, 'inspect'), { found }),
    );
}

const slotPath = (id: string, what: string): string[] => ['slots', ...id.split('/'), what];

function parcelActions(parcel: Command): void {
  parcel
    .command('cancel <parcel>')
    .description('its numbers die, and a courier may take it away')
    .action((name: string, options, command) => act(command, ['parcels', name, 'cancel'], options));
  parcel
    .command('extend <parcel>')
    .description('lengthen its hold')
    .requiredOption('--days <count>', 'by so many days', Number)
    .action((name: string, options, command) => act(command, ['parcels', name, 'extend'], options));
  parcel
    .command('reissue <parcel>')
    .description('send new numbers; the old ones die when the new ones are on their way')
    .action((name: string, options, command) =>
      act(command, ['parcels', name, 'reissue'], options),
    );
  parcel
    .command('handout <parcel>')
    .description('open its door for a recipient whom you know; then "slot inspect … empty"')
    .action((name: string, options, command) =>
      act(command, ['parcels', name, 'handout'], options, ({ slot }: { slot: string }) => {
        return `The lock of ${slot} was told to open.`;
      }),
    );
  parcel
    .command('revoke <parcel>')
    .description('void all its QR codes; its numbers stay')
    .action((name: string, options, command) => act(command, ['parcels', name, 'revoke'], options));
}

const OPENING = 'The lock was told to open; "lockerctl slot show" says what the door did.';

const said = (text: string) => (): string => text;
