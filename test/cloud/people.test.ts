import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import type { CloudPerson } from '../../sim/cloud/people-table.ts';
import { ANNA, MINUTE_MS, PIN } from '../app/bench-kiosk.ts';
import { CloudBench, PEOPLE_KEY } from './cloud-bench.ts';

const customer = (id: string, phone: string): CloudPerson => ({
  ...{ id, role: 'customer' },
  contact: { phone, email: null, language: 'en' },
});
const ANNA_OF_CLOUD: CloudPerson = { id: 'c_anna', role: 'customer', contact: ANNA };
const COURIER: CloudPerson = {
  ...{ id: 'k_7', role: 'courier', carrier: 'ACME' },
  signIn: { staff: '670120', pin: PIN },
};

/** Waits until the kiosk says that this revision is in force. */
function inForce(bench: CloudBench, rev = bench.view.people.rev): void {
  bench.until(`people of rev ${rev} are in force`, () => bench.view.prov?.rev === rev);
}

function announce(bench: CloudBench, recipient: string) {
  const d = { carrier: 'ACME', label: 'AC0012345', size: 'S', recipient };
  return bench.result(bench.consumer.send(bench.site, 'parcel.announce', d));
}

describe('people from the cloud', () => {
  it('M9 can be announced to, dropped for and told, and leave again', async () => {
    const bench = new CloudBench().start();
    expect(announce(bench, 'c_anna').code).toBe('NOT_FOUND');
    bench.consumer.changePeople(bench.site, [ANNA_OF_CLOUD, customer('c_ben', '+12125550112')]);
    inForce(bench);
    const { people } = bench.view;
    expect(bench.view.prov).toMatchObject({ status: 'ok', count: 2, hash: people.hash() });
    const { parcel = '' } = announce(bench, 'c_anna');
    const { slot } = bench.drop(await bench.courier(), parcel);
    expect(bench.kiosk.phone.at(-1)?.to).toBe(ANNA.phone);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.takes(slot);
    bench.untilState(slot, 'available');
    bench.consumer.changePeople(bench.site, [], ['c_anna']);
    inForce(bench);
    expect(bench.view.prov).toMatchObject({ count: 1, errors: [] });
    expect(announce(bench, 'c_anna').code).toBe('NOT_FOUND');
  });

  it('M9 R13a a courier signs in with what was sealed for this kiosk alone', async () => {
    const bench = new CloudBench().start();
    bench.consumer.changePeople(bench.site, [COURIER]);
    await bench.hashed();
    const answer = await bench.app.signIn.check('670120', PIN);
    expect(answer).toMatchObject({ kind: 'welcome', person: { carrier: 'ACME', origin: 'cloud' } });
    expect(bench.rows('staff.added')[0]?.data).toMatchObject({ person: 'k_7', by: 'cloud' });
    // The same list once more lifts nothing that was decided here.
    bench.app.people.disable('k_7', 'T1');
    bench.consumer.changePeople(bench.site, [COURIER]);
    await bench.hashed();
    expect((await bench.app.signIn.check('670120', PIN)).kind).not.toBe('welcome');
    const other = new CloudBench({}, 2).start();
    other.view.people.people.set('k_7', COURIER);
    const to = { kiosk: 'ELSEWHERE', box: other.view.birth?.box ?? '', tells: true };
    const payload = JSON.stringify(other.view.people.change([COURIER], [], to));
    const topic = other.topics.people;
    const sig = PEOPLE_KEY.sign(topic, payload);
    other.broker.publish({ topic, payload, qos: 1, retain: false, kid: PEOPLE_KEY.kid, sig });
    await other.hashed();
    expect(other.view.prov?.errors).toEqual(['k_7: the sealed data cannot be read']);
    expect(other.rows('staff.added')).toEqual([]);
  });

  it('asks for all of them when one change was missed, and takes them in chunks', () => {
    const bench = new CloudBench().start();
    const { consumer, site, view } = bench;
    consumer.changePeople(site, [customer('c_1', '+12125550101')]);
    inForce(bench);
    const many = Array.from({ length: 400 }, (_, n) => customer(`c_${n}`, `+1212555${1_000 + n}`));
    consumer.mouth.isAway = true;
    consumer.changePeople(site, many);
    consumer.mouth.isAway = false;
    consumer.changePeople(site, [], ['c_7']);
    inForce(bench);
    expect(view.asked).toEqual(['prov.sync']);
    expect(view.prov).toMatchObject({ count: 399, hash: view.people.hash(), errors: [] });
  });

  it('M9 R24 are asked for no more once the whole that the kiosk has is said again', () => {
    const bench = new CloudBench({}, 1, ['cloud']).start();
    const { consumer, site, view, topics } = bench;
    consumer.changePeople(site, [ANNA_OF_CLOUD]);
    consumer.sendAllPeople(site);
    inForce(bench);
    bench.wait(MINUTE_MS);
    // Whoever sent this has come to grief since: nobody knows of such people any more.
    const payload = JSON.stringify({ v: 1, baseRev: 7, rev: 8, ops: [] });
    const sig = PEOPLE_KEY.sign(topics.people, payload);
    const signed = { payload, kid: PEOPLE_KEY.kid, sig };
    bench.broker.publish({ topic: topics.people, ...signed, qos: 1, retain: false });
    bench.wait(10 * MINUTE_MS);
    expect(view.asked.filter((kind) => kind === 'prov.sync')).toHaveLength(1);
    expect(bench.rows('people.provisioned')).toHaveLength(2);
  });

  it('M9 R24 are asked for when a change could not be brought to disk', async () => {
    const bench = new CloudBench().start();
    bench.stop();
    const database = new Database(join(bench.folder, 'lockerd.db'));
    database.exec(`CREATE TRIGGER no_people BEFORE INSERT ON kept WHEN NEW.name = 'cloud.people'
      BEGIN SELECT RAISE(ABORT, 'no room'); END`);
    database.close();
    bench.start();
    const { consumer, site, view } = bench;
    consumer.changePeople(site, [COURIER]);
    for (let times = 0; view.prov?.status !== 'refused'; times += 1) {
      expect(times).toBeLessThan(500);
      await new Promise((resolve) => setTimeout(resolve, 10));
      bench.wait(10);
    }
    bench.wait(1_000);
    expect(view.asked).toEqual(['prov.sync']);
  });

  it('takes a whole whose chunks come twice and in any order', () => {
    const bench = new CloudBench().start();
    const { consumer, site, view } = bench;
    const many = Array.from({ length: 300 }, (_, n) => customer(`c_${n}`, `+1212555${1_000 + n}`));
    consumer.mouth.isAway = true;
    consumer.changePeople(site, many);
    consumer.mouth.isAway = false;
    [consumer.mouth.repeats, consumer.mouth.reorders] = [true, true];
    consumer.sendAllPeople(site);
    inForce(bench);
    expect(view.prov).toMatchObject({ count: 300, hash: view.people.hash() });
    expect(bench.rows('people.provisioned').map(({ data }) => data.put)).toContain(300);
  });

  it('M9 never removes who has a parcel here, nor sends their numbers elsewhere', async () => {
    const bench = new CloudBench().start();
    const { consumer, site, view } = bench;
    consumer.changePeople(site, [ANNA_OF_CLOUD]);
    inForce(bench);
    const { parcel = '' } = announce(bench, 'c_anna');
    const { slot } = bench.drop(await bench.courier(), parcel);
    const sent = bench.numbers();
    consumer.changePeople(site, [{ ...customer('c_anna', '+12125559999') }]);
    inForce(bench);
    expect(view.prov?.errors).toEqual(['c_anna: has a parcel here: the contact stays']);
    consumer.changePeople(site, [], ['c_anna']);
    inForce(bench);
    expect(view.prov).toMatchObject({ count: 1 });
    expect(view.prov?.errors).toEqual(['c_anna: has a parcel here, and leaves with it']);
    bench.collect(sent);
    bench.takes(slot);
    bench.untilState(slot, 'available');
    expect(bench.kiosk.phone.every(({ to }) => to === ANNA.phone)).toBe(true);
    consumer.changePeople(site, [], []);
    inForce(bench);
    expect(view.prov).toMatchObject({ count: 0, errors: [] });
  });

  it('leaves those alone whom the kiosk knows by itself', async () => {
    const bench = new CloudBench().start();
    await bench.courier();
    const own = bench.app.people.addCustomer(ANNA);
    const before = bench.app.store.people.get(own);
    bench.consumer.changePeople(bench.site, [customer('c_1', '+12125550101')]);
    bench.consumer.sendAllPeople(bench.site);
    bench.consumer.changePeople(bench.site, [{ ...ANNA_OF_CLOUD, id: own }], []);
    inForce(bench);
    expect(bench.view.prov?.errors).toEqual([`${own}: was added at the kiosk`]);
    expect(bench.app.store.people.get(own)).toEqual(before);
    // The same phone under the cloud's name is the same person from now on.
    bench.consumer.changePeople(bench.site, [ANNA_OF_CLOUD]);
    inForce(bench);
    expect(bench.view.prov?.errors).toEqual([]);
    expect(bench.app.people.byPhone(`${ANNA.phone}`)?.id).toBe('c_anna');
  });

  it('outlive a restart and a wiped broker, from the birth alone', () => {
    const bench = new CloudBench().start();
    bench.consumer.changePeople(bench.site, [ANNA_OF_CLOUD]);
    inForce(bench);
    bench.restart();
    bench.until('it is born again', () => bench.view.birth?.provRev === 1);
    // Sent while nobody was there, and lost with the broker.
    bench.broker.cut();
    bench.consumer.changePeople(bench.site, [customer('c_ben', '+12125550112')]);
    bench.broker.wipe();
    inForce(bench);
    expect(bench.view.prov).toMatchObject({ count: 2, hash: bench.view.people.hash() });
  });

  it('R22 take the people key alone, no technician, and nothing that is kept', () => {
    const bench = new CloudBench().start();
    const { site, view, topics, broker, consumer } = bench;
    const to = { kiosk: site, box: view.birth?.box ?? '', tells: true };
    const delta = view.people.change([ANNA_OF_CLOUD], [], to);
    const send = (key: ReturnType<typeof newOperatorKey>, said: object, retain = false) => {
      const payload = JSON.stringify(said);
      const sig = key.sign(topics.people, payload);
      broker.publish({ topic: topics.people, payload, qos: 1, retain, kid: key.kid, sig });
      bench.wait(61_000);
      return view.refused.at(-1)?.d.code;
    };
    const admin = { ...delta.ops[0], role: 'admin' };
    expect(send(newOperatorKey(), delta)).toBe('BAD_SIGNATURE');
    expect(send(consumer.key, delta)).toBe('BAD_SIGNATURE');
    expect(send(PEOPLE_KEY, { ...delta, ops: [admin] })).toBe('MALFORMED');
    expect(send(PEOPLE_KEY, { ...delta, ops: [{ ...admin, role: 'technician' }] })).toBe(
      'MALFORMED',
    );
    broker.cut();
    broker.restore();
    broker.publish({ topic: topics.people, payload: '', qos: 1, retain: true });
    expect(view.prov).toMatchObject({ rev: 0, status: 'none', count: 0 });
    send(PEOPLE_KEY, delta);
    expect(view.prov).toMatchObject({ rev: 1, count: 1 });
    // What was said once cannot be said again later.
    consumer.changePeople(site, [], ['c_anna']);
    inForce(bench);
    send(PEOPLE_KEY, delta);
    expect(view.prov).toMatchObject({ rev: 2, count: 0 });
  });
});
