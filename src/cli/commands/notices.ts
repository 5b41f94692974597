import { type Command, Option } from 'commander';
import type { Channel, Notice, Parcel } from '../../api/shapes.ts';
import { contextOf } from '../context.ts';
import { keptLease } from '../lease-file.ts';
import { table } from '../table.ts';
import { moment } from '../words.ts';

const STATES = ['waiting', 'accepted', 'failed', 'void'];
const NOTICE_ID = /^[0-9a-f]{8}-/;

/** What people were told, what waits, what failed, and sending it again. */
export function noticeCommands(program: Command): void {
  const notices = program
    .command('notices')
    .description('what people were told: the queue, and whether it gets out');
  notices
    .command('list', { isDefault: true })
    .description('channels, and what waits or failed; or the notices of one state')
    .addOption(new Option('--state <state>', 'of one state').choices(STATES))
    .action(async ({ state }, command) => {
      const { client, show } = contextOf(command);
      const ask = (one: string) => client.get<Notice[]>(`/notices?state=${one}`);
      if (state !== undefined) return show(await ask(state), noticeTable);
      const channels = await client.get<Channel[]>('/notices/channels');
      const open = [...(await ask('failed')), ...(await ask('waiting'))];
      show({ channels, notices: open }, (all) =>
        [channelTable(all.channels), '', noticeTable(all.notices)].join('\n'),
      );
    });
  notices
    .command('untold')
    .description('parcels here of which nobody could be told yet')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Parcel[]>('/notices/untold'), untoldTable);
    });
  notices
    .command('resend <notice-or-parcel>')
    .description('tell it once more; of a parcel, with new numbers')
    .action(async (name: string, _options, command) => {
      const { client, show } = contextOf(command);
      const encoded = encodeURIComponent(name);
      const isNotice = NOTICE_ID.test(name);
      const path = isNotice ? `/notices/${encoded}/resend` : `/parcels/${encoded}/reissue`;
      show(await client.post(path, { lease: keptLease() }), () => 'It is on its way.');
    });
}

function channelTable(channels: Channel[]): string {
  const rows = channels.map(({ channel, carried, down, waiting, oldestWall }) => {
    const works = down ? 'down' : 'works';
    return [channel, carried ? works : 'none here', waiting, moment(oldestWall)];
  });
  return table(['channel', 'state', 'waiting', 'oldest'], rows);
}

function noticeTable(notices: Notice[]): string {
  if (notices.length === 0) return 'no notices';
  const rows = notices.map((one) => [
    ...[one.id, one.kind, one.channel, one.to, one.parcel ?? '-', one.state, one.tries],
    ...[one.why ?? '-', moment(one.createdAtWall)],
  ]);
  const heads = ['notice', 'kind', 'by', 'to', 'parcel', 'state', 'tries', 'last try', 'since'];
  return table(heads, rows);
}

function untoldTable(parcels: Parcel[]): string {
  if (parcels.length === 0) return 'of every parcel somebody was told';
  const rows = parcels.map(({ ref, slot, carrier, storedAtWall }) => {
    return [ref, slot ?? '-', carrier, moment(storedAtWall)];
  });
  return table(['ref', 'slot', 'carrier', 'stored'], rows);
}
