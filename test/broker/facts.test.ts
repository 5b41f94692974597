import { describe, expect, it } from 'vitest';
import { mqttBroker } from '../../src/cloud/mqtt-broker.ts';
import { Client, until } from './client.ts';
import { Mosquitto } from './mosquitto.ts';
import { RawBroker } from './raw-broker.ts';

const up = (kiosk: string, rest: string): string => `lockerd/v1/${kiosk}/up/${rest}`;
const down = (kiosk: string, rest: string): string => `lockerd/v1/${kiosk}/dn/${rest}`;

describe('what mqtt.js does, and what we make of it', () => {
  it('1: a refusal ends one connection, and the next one is made', async () => {
    const broker = await RawBroker.start();
    const open = mqttBroker({ url: broker.url, tls: null });
    broker.refuses = true;
    const refused = new Client(open, 'LOC001');
    await until('it is refused', () => refused.parting !== null);
    expect(refused.parting?.why).toBe('refused');
    expect(refused.opened).toBe(0);
    broker.refuses = false;
    await new Client(open, 'LOC001').isOpen();
  });

  it('2: nothing that was sent before is sent again before we may speak', async () => {
    const broker = await RawBroker.start();
    const open = mqttBroker({ url: broker.url, tls: null });
    const first = await new Client(open, 'LOC001').isOpen();
    void first.publish({ topic: up('LOC001', 'evt') });
    await until('the broker has it', () => broker.published === 1);
    broker.drop();
    await until('the connection is lost', () => first.parting !== null);
    await new Client(open, 'LOC001').isOpen();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(broker.published).toBe(1);
  });

  it('3: what is not kept is not acknowledged, and comes again on the next one', async () => {
    const broker = await Mosquitto.start();
    const open = mqttBroker({ url: broker.url, tls: broker.tls('LOC001') });
    const cloud = await new Client(
      mqttBroker({ url: broker.url, tls: broker.tls('cloud') }),
      'cloud',
    ).isOpen();
    const first = await new Client(open, 'LOC001').isOpen();
    first.takes = false;
    expect(await first.subscribe(down('LOC001', '#'))).toBe(true);
    expect(await cloud.publish({ topic: down('LOC001', 'cmd/rebirth') })).toBe('acknowledged');
    await until('it came', () => first.messages.length > 0);
    first.connection.end(false);
    await until('the connection is over', () => first.parting !== null);
    const second = await new Client(open, 'LOC001').isOpen();
    await until('it came again', () => second.messages.length > 0);
    expect(second.messages[0]?.topic).toBe(down('LOC001', 'cmd/rebirth'));
    second.connection.end(false);
    await until('the connection is over', () => second.parting !== null);
    const third = await new Client(open, 'LOC001').isOpen();
    await cloud.publish({ topic: down('LOC001', 'cmd/replay') });
    await until('the next one came', () => third.messages.length > 0);
    expect(third.messages.map(({ topic }) => topic)).toEqual([down('LOC001', 'cmd/replay')]);
  });

  it('4: a command is acknowledged at once, and the broker hears from us', async () => {
    const broker = await RawBroker.start();
    const open = mqttBroker({ url: broker.url, tls: null });
    const client = await new Client(open, 'LOC001').isOpen();
    const topic = Buffer.from(down('LOC001', 'cmd/slot.open'));
    const body = [0, topic.length, ...topic, 0, 7, 0, ...Buffer.from('{}')];
    broker.say([0x32, body.length, ...body]);
    await until('it came', () => client.messages.length === 1);
    await until('it is acknowledged', () => broker.acknowledged === 1);
  });

  it('6: what was not sent while there was a connection is lost, and says so', async () => {
    const broker = await RawBroker.start();
    const open = mqttBroker({ url: broker.url, tls: null });
    const first = await new Client(open, 'LOC001').isOpen();
    broker.drop();
    await until('the connection is lost', () => first.parting !== null);
    void first.publish({ topic: up('LOC001', 'tele'), qos: 0 });
    void first.publish({ topic: up('LOC001', 'evt') });
    await new Client(open, 'LOC001').isOpen();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(broker.published).toBe(0);
  });

  it('8: each connection has a will of its own session', async () => {
    const broker = await RawBroker.start();
    const open = mqttBroker({ url: broker.url, tls: null });
    const first = await new Client(open, 'LOC001', 'session-one').isOpen();
    broker.drop();
    await until('the connection is lost', () => first.parting !== null);
    await new Client(open, 'LOC001', 'session-two').isOpen();
    expect(broker.connects[0]).toContain('session-one');
    expect(broker.connects[1]).toContain('session-two');
    expect(broker.connects[1]).not.toContain('session-one');
  });

  it('9: who is thrown out by another client of the same name is told so', async () => {
    const broker = await RawBroker.start();
    const open = mqttBroker({ url: broker.url, tls: null });
    const client = await new Client(open, 'LOC001').isOpen();
    broker.say([0xe0, 0x02, 0x8e, 0x00]);
    await until('it is out', () => client.parting !== null);
    expect(client.parting?.why).toBe('taken_over');
  });

  it('9: Mosquitto throws the older one out, and over TLS says nothing', async () => {
    const broker = await Mosquitto.start();
    const open = mqttBroker({ url: broker.url, tls: broker.tls('LOC001') });
    const first = await new Client(open, 'LOC001').isOpen();
    const second = await new Client(open, 'LOC001').isOpen();
    await until('the first is out', () => first.parting !== null);
    expect(['lost', 'taken_over']).toContain(first.parting?.why);
    expect(second.parting).toBeNull();
  });

  it('11: a broker over its quota is no reason to give up', async () => {
    const broker = await RawBroker.start();
    const client = await new Client(mqttBroker({ url: broker.url, tls: null }), 'LOC001').isOpen();
    broker.answers = 0x97;
    expect(await client.publish({ topic: up('LOC001', 'evt') })).toBe('lost');
    broker.answers = 0x87;
    expect(await client.publish({ topic: up('LOC001', 'evt') })).toBe('forbidden');
    broker.answers = 0x00;
    expect(await client.publish({ topic: up('LOC001', 'evt') })).toBe('acknowledged');
    expect(client.parting).toBeNull();
  });

  it('11: a forbidden publish is forbidden, and the connection goes on', async () => {
    const broker = await Mosquitto.start();
    const tls = broker.tls('LOC001');
    const client = await new Client(mqttBroker({ url: broker.url, tls }), 'LOC001').isOpen();
    expect(await client.publish({ topic: up('NYC001', 'evt') })).toBe('forbidden');
    expect(await client.publish({ topic: down('LOC001', 'ack') })).toBe('forbidden');
    expect(await client.publish({ topic: up('LOC001', 'evt') })).toBe('acknowledged');
    expect(client.parting).toBeNull();
  });
});

describe('the broker as docs/broker sets it up', () => {
  it('knows nobody without a certificate, nor with that of another authority', async () => {
    const broker = await Mosquitto.start();
    const bare = { ...broker.tls('LOC001'), cert: '', key: '' };
    const nobody = new Client(mqttBroker({ url: broker.url, tls: bare }), 'LOC001');
    await until('it is over', () => nobody.parting !== null);
    expect(nobody.opened).toBe(0);
  });

  it('a kiosk whose broker is another one says nothing to it', async () => {
    const broker = await Mosquitto.start();
    const tls = { ...broker.tls('LOC001'), ca: broker.tls('cloud').cert };
    const client = new Client(mqttBroker({ url: broker.url, tls }), 'LOC001');
    await until('it is over', () => client.parting !== null);
    expect(client.opened).toBe(0);
  });

  it('a kiosk reads what is for it and nothing that is for others', async () => {
    const broker = await Mosquitto.start();
    const cloud = await new Client(
      mqttBroker({ url: broker.url, tls: broker.tls('cloud') }),
      'cloud',
    ).isOpen();
    const tls = broker.tls('LOC001');
    const client = await new Client(mqttBroker({ url: broker.url, tls }), 'LOC001').isOpen();
    await client.subscribe(down('LOC001', '#'), down('NYC001', '#'), up('NYC001', '#'));
    await cloud.publish({ topic: down('NYC001', 'cmd/rebirth') });
    await cloud.publish({ topic: up('NYC001', 'evt') });
    await cloud.publish({ topic: down('LOC001', 'cmd/rebirth') });
    await until('its own came', () => client.messages.length > 0);
    expect(client.messages.map(({ topic }) => topic)).toEqual([down('LOC001', 'cmd/rebirth')]);
  });
});
