import type { NoticeRecord } from '../notice-port.ts';
import type { Notices } from '../notices.ts';
import { CHANNELS, type Channel } from '../ports.ts';
import type { Store } from '../store-port.ts';

/** One notice as an operator sees it: no number, no name, no address. */
type NoticeView = Pick<
  NoticeRecord,
  'id' | 'kind' | 'channel' | 'state' | 'tries' | 'why' | 'createdAtWall' | 'endedAtWall'
> & {
  readonly to: 'recipient' | 'operator';
  /** Reference of the parcel. */
  readonly parcel: string | null;
};

export function noticeView(store: Store, notice: NoticeRecord): NoticeView {
  const { id, kind, channel, state, tries, why, createdAtWall, endedAtWall, parcel } = notice;
  return {
    ...{ id, kind, channel, state, tries, why, createdAtWall, endedAtWall },
    to: parcel === null ? 'operator' : 'recipient',
    parcel: parcel === null ? null : (store.parcels.get(parcel)?.ref ?? null),
  };
}

interface ChannelView {
  readonly channel: Channel;
  /** Whether this kiosk has one. */
  readonly carried: boolean;
  readonly down: boolean;
  readonly waiting: number;
  readonly oldestWall: number | null;
}

export function channelViews(store: Store, notices: Notices): ChannelView[] {
  const queue = store.notices.queue();
  return CHANNELS.map((channel) => {
    const { count = 0, oldestWall = null } = queue.find((one) => one.channel === channel) ?? {};
    const [carried, down] = [notices.carries(channel), notices.isDown(channel)];
    return { channel, carried, down, waiting: count, oldestWall };
  });
}
