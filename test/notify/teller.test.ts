import { describe, expect, it } from 'vitest';
import { compose } from '../../src/notify/compose.ts';
import type { Transport } from '../../src/notify/message.ts';
import { teller } from '../../src/notify/teller.ts';
import { notice, PLACE } from './notice.ts';

const NO_CLOUD = { teller: null, neighbours: null };

/** A transport that keeps what it was given and answers when told to. */
function post() {
  const given: Parameters<Transport['send']>[] = [];
  const transport: Transport = {
    send: (...all) => void given.push(all),
    probe: (answered) => answered(true),
  };
  return { transport, given };
}

describe('the teller', () => {
  it('M10 hands the message to the transport of its channel, at the address there', () => {
    const [sms, email] = [post(), post()];
    const port = teller(() => PLACE, { sms: sms.transport, email: email.transport }, NO_CLOUD);
    const answers: string[] = [];
    port.tell(notice({ channel: 'sms' }), (fate) => answers.push(fate));
    port.tell(notice({ channel: 'email' }), (fate) => answers.push(fate));
    expect(sms.given.map(([to]) => to)).toEqual(['+49 170 1234567']);
    expect(email.given.map(([to]) => to)).toEqual(['ada@example.org']);
    expect(sms.given[0]?.[1]).toEqual(compose(notice(), PLACE));
    expect(answers).toEqual([]);
    email.given[0]?.[2]('accepted');
    sms.given[0]?.[2]('down');
    expect(answers).toEqual(['accepted', 'down']);
  });

  it('M13 accepts nothing on a channel without transport, or for who is not on it', () => {
    const sms = post();
    const port = teller(() => PLACE, { sms: sms.transport }, NO_CLOUD);
    const answers: string[] = [];
    const contact = { phone: null, email: 'ada@example.org', language: 'en' };
    port.tell(notice({ channel: 'email' }), (fate) => answers.push(fate));
    port.tell(notice({ channel: 'sms', contact }), (fate) => answers.push(fate));
    expect(answers).toEqual(['refused', 'refused']);
    expect(sms.given).toEqual([]);
  });
});
