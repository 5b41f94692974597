import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/notify/message.ts';
import { type MailServer, smtp } from '../../src/notify/smtp.ts';
import { MailBox, TLS } from './servers.ts';

const MESSAGE = {
  ...{ id: '0190-n1', subject: 'Ihr Paket liegt im Schließfach', text: 'Abholcode: 1234567\n' },
};
const FROM = { name: 'Market "Square", <b>&', address: 'locker@example.org' };

function sender(box: MailBox, change: Partial<MailServer> = {}) {
  const transport = smtp({
    ...{ host: 'localhost', port: box.port, security: 'tls', ca: TLS.cert, login: box.login },
    ...{ from: FROM, kiosk: 'LOC001', ...change },
  });
  return (to: string, message: Message = MESSAGE) =>
    new Promise<string[]>((done) => {
      transport.send(to, message, (fate, why = '') => done([fate, why]));
    });
}

const partOf = (raw: string, type: string): string => {
  const [, rest = ''] = raw.split(`Content-Type: ${type}`);
  return rest.split(/\r?\n--/)[0] ?? '';
};

describe('e-mail, over a real server', () => {
  it.each(['tls', 'starttls'] as const)('M10 goes over %s with a login', async (security) => {
    const box = await new MailBox().listen(security);
    expect(await sender(box, { security })('ada@example.org')).toEqual(['accepted', '']);
    expect(box.logins).toBe(1);
    const [mail] = box.mails;
    expect(mail).toMatchObject({ from: 'locker@example.org', to: 'ada@example.org' });
    expect(mail?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
  });

  it('M13 has one Message-ID however often it is tried', async () => {
    const box = await new MailBox().listen();
    const send = sender(box);
    await send('ada@example.org');
    await send('ada@example.org');
    expect(box.mails.map(({ id }) => id)).toEqual(Array(2).fill('0190-n1@LOC001.lockerd'));
    expect(box.distinct).toHaveLength(1);
  });

  it('M17 carries the grant as a picture inside the message, and fetches nothing', async () => {
    const box = await new MailBox().listen();
    const html = '<p><img src="cid:grant" alt="QR"></p>';
    await sender(box)('ada@example.org', { ...MESSAGE, html, grant: 'LK1:ABC' });
    const raw = box.mails[0]?.raw ?? '';
    expect(raw).toMatch(/Content-Type: image\/png/);
    expect(raw).toMatch(/Content-Id: <grant>/i);
    expect(raw).toMatch(/Content-Disposition: inline/i);
    const png = Buffer.from(partOf(raw, 'image/png').split(/\r?\n\r?\n/)[1] ?? '', 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(raw).not.toMatch(/https?:/);
  });

  it.each([
    [550, 'refused', 'SMTP 550 at RCPT TO'],
    [450, 'later', 'SMTP 450 at RCPT TO'],
    [421, 'down', 'SMTP 421 at CONN'],
  ])('M13 %i for the recipient is %s, and names nobody', async (status, fate, why) => {
    const box = await new MailBox().listen();
    box.mood = status;
    expect(await sender(box)('ada@example.org')).toEqual([fate, why]);
  });

  it('M13 a wrong password is no reason to give a message up', async () => {
    const box = await new MailBox().listen();
    const answer = await sender(box, { login: { user: 'locker', pass: 'x' } })('ada@example.org');
    expect(answer).toEqual(['down', expect.stringMatching(/^SMTP 535 at AUTH/)]);
  });

  it('M13 a server that is not there, hangs up, or that nobody vouches for is down', async () => {
    const box = await new MailBox().listen();
    expect(await sender(box, { ca: '' })('ada@example.org')).toMatchObject(['down', /./]);
    box.mood = 'hangs_up';
    expect((await sender(box)('ada@example.org'))[0]).toBe('down');
    await box.close();
    expect((await sender(box)('ada@example.org'))[0]).toBe('down');
    expect(box.mails).toEqual([]);
  });

  it.each([
    'ada@example.org, eve@example.org',
    'ada@example.org\r\nBcc: eve@example.org',
    'Ada <ada@example.org>',
    'ada',
    `${'a'.repeat(250)}@example.org`,
  ])('takes no address that would be more than one: %j', async (to) => {
    const box = await new MailBox().listen();
    expect(await sender(box)(to)).toEqual(['refused', 'not an e-mail address']);
    expect(box.mails).toEqual([]);
  });

  it('a subject or a name cannot begin another header', async () => {
    const box = await new MailBox().listen();
    const name = 'Market\r\nBcc: eve@example.org';
    const send = sender(box, { from: { ...FROM, name } });
    await send('ada@example.org', { ...MESSAGE, subject: 'Parcel\r\nX-Evil: 1' });
    const head = box.mails[0]?.raw.split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^(Bcc|X-Evil):/m);
  });
});
