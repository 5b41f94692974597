import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { type Gateway, gateway } from '../../src/notify/gateway.ts';
import { SmsGateway } from './servers.ts';

const DIALLING = { countryCode: '49', trunkPrefix: '0' };
const MESSAGE = { id: '0190-n1', subject: 'Your parcel', text: 'He said "7" & {id}\nCode: 12\n' };
const BODY = '{"to":["{to}"],"text":"{text}","ref":"{id}"}';

async function bench(change: Partial<Gateway> = {}) {
  const server = await new SmsGateway().listen();
  const clock = new VirtualClock();
  const url = `http://127.0.0.1:${server.port}/v1/messages`;
  const service = { url, method: 'POST', type: 'json', body: BODY, headers: {} } as const;
  const transport = gateway({ ...service, ...change }, DIALLING, clock);
  const send = (to = '0170 1234567') =>
    new Promise<string[]>((done) => {
      transport.send(to, MESSAGE, (fate, why = '') => done([fate, why]));
    });
  return { server, clock, send, url };
}

describe('text messages, through a real HTTP server', () => {
  it('M10 as JSON with a token and an idempotency key, whatever stands in the text', async () => {
    const headers = { Authorization: 'Bearer {secret}', 'Idempotency-Key': '{id}' };
    const { server, send } = await bench({ headers, secret: 's3cret' });
    expect(await send()).toEqual(['accepted', 'HTTP 202']);
    const [request] = server.requests;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      ...{ to: ['+491701234567'], text: 'He said "7" & {id}\nCode: 12', ref: '0190-n1' },
    });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer s3cret',
      'idempotency-key': '0190-n1',
    });
  });

  it('M10 as a form with a user and a password', async () => {
    const body = 'To={to}&Body={text}&From=LOCKER';
    const { server, send } = await bench({ type: 'form', body, user: 'AC1', secret: 'pw' });
    await send('+1 212 555 0111');
    const [request] = server.requests;
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      ...{ To: '+12125550111', Body: 'He said "7" & {id}\nCode: 12', From: 'LOCKER' },
    });
    expect(request?.headers.authorization).toBe(`Basic ${btoa('AC1:pw')}`);
  });

  it('M10 signed: HMAC-SHA-256 over the body', async () => {
    const signature = { header: 'X-Signature', encoding: 'hex', prefix: 'sha256=' } as const;
    const { server, send } = await bench({ signature, secret: 'key' });
    await send();
    const [request] = server.requests;
    const mac = createHmac('sha256', 'key')
      .update(request?.body ?? '')
      .digest('hex');
    expect(request?.headers['x-signature']).toBe(`sha256=${mac}`);
  });

  it('M10 with GET all stands in the address', async () => {
    const { server, url } = await bench();
    const { body: _, ...query } = { method: 'GET', type: 'form', headers: {}, body: '' } as const;
    const way = { ...query, url: `${url}?to={to}&text={text}` };
    const transport = gateway(way, DIALLING, new VirtualClock());
    await new Promise<void>((done) => transport.send('+12125550111', MESSAGE, () => done()));
    const asked = new URL(server.requests[0]?.url ?? '', url).searchParams;
    expect(asked.get('to')).toBe('+12125550111');
    expect(asked.get('text')).toBe(MESSAGE.text.trimEnd());
  });

  it.each([
    [400, 'refused'],
    [422, 'refused'],
    [429, 'later'],
    [401, 'down'],
    [404, 'down'],
    [500, 'down'],
    [302, 'down'],
  ])('M13 HTTP %i is %s', async (status, fate) => {
    const { server, send } = await bench();
    server.mood = status;
    expect(await send()).toEqual([fate, `HTTP ${status}`]);
  });

  it('M13 a server that hangs up, is not there, or says nothing for 20 s is down', async () => {
    const { server, clock, send } = await bench();
    server.mood = 'hangs_up';
    expect((await send())[0]).toBe('down');
    server.mood = 'silent';
    const slow = send();
    clock.advance(20_000);
    expect(await slow).toEqual(['down', 'AbortError']);
    await server.close();
    expect(await send()).toEqual(['down', 'ECONNREFUSED']);
  });

  it.each(['', '12', '+49 170 1234567 8901234', 'x\r\ny'])('no phone: %j', async (to) => {
    const { server, send } = await bench();
    expect(await send(to)).toEqual(['refused', 'not a phone number']);
    expect(server.requests).toEqual([]);
  });
});
