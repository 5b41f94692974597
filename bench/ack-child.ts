import { connect } from 'mqtt';
import { CLOUD_STATUS, ofEveryKiosk, partsOf, topicsOf } from '../src/cloud/topics.ts';

/** A consumer that acknowledges what it gets at once, and looks at nothing else. */
function main([url = '']: readonly string[]): void {
  const client = connect(url, { protocolVersion: 5, clientId: 'cloud' });
  client.on('connect', () => {
    const { stream } = client;
    if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay();
    client.subscribe(ofEveryKiosk('evt'), { qos: 1 }, () => process.send?.('ready'));
    const online = JSON.stringify({ v: 1, state: 'online' });
    client.publish(CLOUD_STATUS, online, { qos: 1, retain: true });
  });
  client.on('message', (topic, payload) => {
    const events = [JSON.parse(payload.toString('utf8'))].flat() as { ep: string; seq: number }[];
    const last = events.at(-1);
    const { kiosk } = partsOf(topic) ?? { kiosk: '' };
    if (last === undefined) return;
    const ack = JSON.stringify({ v: 1, ep: last.ep, upto: last.seq });
    client.publish(topicsOf(kiosk).ack, ack, { qos: 1 });
  });
  process.once('SIGTERM', () => process.exit(0));
}

if (process.send !== undefined) main(process.argv.slice(2));
