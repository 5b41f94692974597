import type { CloudOffice, Notice, NoticePort, OwnChannel, Told } from '../control/ports.ts';
import { compose, type OwnNotice, type Place } from './compose.ts';
import type { Transport } from './message.ts';

/** Who carries the messages of a channel; a channel without one accepts nothing. */
export type Transports = Readonly<Partial<Record<OwnChannel, Transport>>>;

/**
 * Words notices, with the place as it is then, for the transports of their channels (M10). What
 * goes to the cloud goes there as it is.
 */
export function teller(place: () => Place, transports: Transports, cloud: CloudOffice): NoticePort {
  return {
    carries: (channel) => (channel === 'cloud' ? cloud.teller : transports[channel]) != null,
    probe(channel, answered) {
      if (channel === 'cloud' && cloud.teller !== null) cloud.teller.probe(channel, answered);
      else if (channel === 'cloud' || transports[channel] === undefined) answered(false);
      else transports[channel].probe(answered);
    },
    tell(notice, told) {
      const { channel } = notice;
      if (channel !== 'cloud') send({ ...notice, channel }, told);
      else if (cloud.teller !== null) cloud.teller.tell(notice, told);
      else told('down', 'no cloud');
    },
  };

  function send(notice: Omit<OwnNotice, 'contact'> & Pick<Notice, 'contact'>, told: Told): void {
    const { channel, contact } = notice;
    const to = channel === 'sms' ? contact?.phone : contact?.email;
    const transport = transports[channel];
    if (contact === null || to == null || transport === undefined) told('refused', 'no address');
    else transport.send(to, compose({ ...notice, contact }, place()), told);
  }
}
