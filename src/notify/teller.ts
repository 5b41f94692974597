import type { Channel, NoticePort } from '../control/ports.ts';
import type { Contact } from '../domain/person.ts';
import { compose, type Place } from './compose.ts';
import type { Transport } from './message.ts';

/** Who carries the messages of a channel; a channel without one accepts nothing. */
export type Transports = Readonly<Partial<Record<Channel, Transport>>>;

/** Words notices, with the place as it is then, for the transports of their channels (M10). */
export function teller(place: () => Place, transports: Transports): NoticePort {
  return {
    carries: (channel) => transports[channel] !== undefined,
    probe(channel, answered) {
      const transport = transports[channel];
      if (transport === undefined) answered(false);
      else transport.probe(answered);
    },
    tell(notice, told) {
      const transport = transports[notice.channel];
      const to = addressOn(notice.channel, notice.contact);
      if (transport === undefined || to === null) return told('refused', 'no address');
      transport.send(to, compose(notice, place()), told);
    },
  };
}

function addressOn(channel: Channel, { phone, email }: Contact): string | null {
  return channel === 'sms' ? phone : email;
}
