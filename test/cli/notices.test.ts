import { expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { atTheTerminal } from './terminal.ts';

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly why: string | null;
}

it('M13 the queue, what failed, who could not be told, and sending it again', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const shown = async (state: string): Promise<Shown[]> =>
    JSON.parse((await lockerctl(`--json notices --state ${state}`)).said);
  bench.kiosk.isOnline = false;
  const { parcel } = bench.drop(await bench.courier());
  const { ref } = bench.parcel(parcel);
  bench.wait(MINUTE_MS);
  const queue = (await lockerctl('notices')).said;
  expect(queue).toMatch(/^sms +down +1 /m);
  expect(queue).toMatch(/^email +(works|down) +1 /m);
  expect(queue).toMatch(new RegExp(`STORED +sms +recipient +${ref} +waiting`));
  expect(queue).not.toMatch(/anna|2125550111|\d{6}(?=\s|$)/);
  const waiting = await shown('waiting');
  expect(waiting.map(({ kind, why }) => [kind, why])).toEqual(Array(2).fill(['STORED', 'down']));
  expect((await lockerctl('notices untold')).said).toContain(ref);

  bench.kiosk.isOnline = true;
  bench.until('all is out', () => bench.app.store.notices.queue().length === 0, HOUR_MS);
  expect((await lockerctl('notices untold')).said).toBe('of every parcel somebody was told\n');
  expect(await shown('waiting')).toEqual([]);
  const [told] = await shown('accepted');
  const before = bench.numbers();
  expect(await lockerctl(`notices resend ${told?.id}`)).toMatchObject({ status: 77 });
  await lockerctl('login', login);
  expect(await lockerctl(`notices resend ${told?.id}`)).toMatchObject({ status: 0 });
  expect(bench.numbers().code).not.toBe(before.code);
  expect(bench.collect(before).kind).toBe('wrong');
  expect(await lockerctl(`notices resend ${ref}`)).toMatchObject({ status: 0 });
  expect(bench.rows('notice.resent').map((row) => row.parcel)).toContain(parcel);
  expect(await lockerctl('notices resend 00000000-none')).toMatchObject({ status: 64 });
});

it('M13 what was given up says why, and is sent again once that is mended', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const nobody = { phone: null, email: 'nobody@nowhere', language: 'en' };
  const { parcel } = bench.drop(await bench.courier(), bench.announce(nobody).id);
  const { store } = bench.app;
  const [notice] = store.notices.of(parcel);
  if (notice === undefined) throw new Error('nobody was to be told');
  const given = { ...notice, state: 'failed', why: 'SMTP 550 at RCPT TO' } as const;
  store.transaction(() => store.notices.put(given));
  const { said } = await lockerctl('notices --state failed');
  expect(said).toMatch(/STORED .* failed +\d+ +SMTP 550 at RCPT TO/);
  expect(said).not.toContain('nowhere');
  await lockerctl('login', login);
  expect(await lockerctl(`notices resend ${notice.id}`)).toMatchObject({
    status: 0,
    said: 'It is on its way.\n',
  });
  const sent = store.notices.of(parcel).filter(({ kind }) => kind === 'CODE_REISSUED');
  expect(sent).toMatchObject([{ state: 'accepted' }]);
  bench.app.cancel.byOperator(parcel);
  expect(await lockerctl(`notices resend ${notice.id}`)).toMatchObject({ status: 75 });
});
