import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/app.ts';
import { worldOf } from '../../src/commands/stopped-kiosk.ts';
import { type Core, composeCore } from '../../src/compose/core.ts';
import { backUpKiosk } from '../../src/compose/maintenance.ts';
import { checkProduction } from '../../src/compose/production.ts';
import { type PersonOp, Provisioning } from '../../src/control/provisioning.ts';
import type { Transport } from '../../src/notify/message.ts';
import { createLog } from '../../src/platform/log.ts';
import { PIN, scratchFolder } from '../app/bench-kiosk.ts';
import { writeConfig } from '../app/daemon-bench.ts';

const TRIAL_PIN = '246810';

/** The records of one kiosk, with and without `production = true`. */
function records() {
  const folder = scratchFolder();
  const trial = readConfig(writeConfig(folder, 'site'));
  const street = { ...trial, site: { ...trial.site, production: true } };
  const logged: string[] = [];
  const world = worldOf(createLog('error', { write: (line) => void logged.push(line) }));
  const within = async <T>(config: typeof trial, work: (core: Core) => Promise<T>) => {
    const core = composeCore(config, world);
    core.supervisor.stop();
    return work(core).finally(() => core.store.close());
  };
  return { trial, street, world, logged, within };
}

it('R31 D8 the check after a restore leaves what it has to tell to the start itself', async () => {
  const { trial, street, world, within } = records();
  await within(trial, ({ people }) => people.addCourier('ACME', PIN));
  await backUpKiosk(trial, world);
  for (const end of ['', '-wal']) rmSync(trial.database.path + end, { force: true });
  const operator = { email: 'ops@operator.example' };
  const told = { ...street, notices: { ...street.notices, operator } };
  const sent: string[] = [];
  const email: Transport = {
    send: (to) => void sent.push(to),
    probe: (answered) => answered(true),
  };
  const sending = { ...world, transports: { email } };
  await checkProduction(told, sending);
  // What it would still do with the closed database is an error that nobody catches.
  await pause(50);
  expect(sent).toEqual([]);
  const core = composeCore(told, sending);
  core.supervisor.stop();
  core.notices.stop();
  expect(core.store.journal.tail(100).map(({ t }) => t)).toContain('store.restored');
  expect(core.store.notices.waitingAfter('email', '', 100).length).toBeGreaterThan(0);
  core.store.close();
});

const courier = (id: string, staff: string, pin: string): PersonOp => {
  return { op: 'put', id, role: 'courier', carrier: 'ACME', signIn: { staff, pin } };
};

async function provision(core: Core, rev: number, ...ops: PersonOp[]): Promise<string[]> {
  const provisioning = new Provisioning(core);
  return provisioning.apply(rev, ops, null, await provisioning.hashes(ops));
}

it('M9 R13a in production nobody gets a PIN that all try first, here or by the cloud', async () => {
  const { street, within } = records();
  await within(street, async (core) => {
    const { people, store } = core;
    await expect(people.addCourier('ACME', TRIAL_PIN)).rejects.toThrow('one that all try first');
    await people.addCourier('ACME', PIN);
    const [known] = people.list('courier', 1);
    await expect(people.setPin(known?.id ?? '', TRIAL_PIN, 'T1')).rejects.toThrow(RangeError);
    const ops = [courier('k_7', '670120', TRIAL_PIN), courier('k_8', '670121', PIN)];
    const refused = await provision(core, 1, ...ops);
    expect(refused).toEqual([expect.stringMatching(/^k_7: this PIN stands in the documents/)]);
    expect(refused.join()).not.toContain(TRIAL_PIN);
    expect([store.people.get('k_7'), store.people.get('k_8')?.role]).toEqual([null, 'courier']);
  });
});

it('M9 R13a a PIN for trials from the cloud bars that person, and no start', async () => {
  const { trial, street, world, logged, within } = records();
  const ops = [courier('k_7', '670120', TRIAL_PIN), courier('k_8', '670121', PIN)];
  await within(trial, (core) => provision(core, 1, ...ops));
  await checkProduction(street, world);
  expect(logged.join()).toContain('staff.disabled');
  // Whose PIN was found good is looked at once; what is set in production was looked at then.
  const unjudged = (core: Core) =>
    Promise.resolve(core.store.people.withPin().filter(({ isPinJudged: is }) => !is).length);
  expect(await within(street, unjudged)).toBe(0);
  await within(street, async (core) => {
    const { store, people } = core;
    const [barred] = store.journal.tail(100).filter(({ t }) => t === 'staff.disabled');
    expect(barred?.data).toMatchObject({ person: 'k_7', by: 'kiosk' });
    const isDisabled = people.list('courier', 9).map(({ id, isDisabled: is }) => [id, is]);
    expect(isDisabled).toEqual([
      ['k_7', true],
      ['k_8', false],
    ]);
    expect(await people.setPin('k_7', PIN, 'T1')).toBe(false);
    expect(await provision(core, 2, courier('k_7', '670120', '582046'))).toEqual([]);
    expect(people.list('courier', 9).some(({ isDisabled: is }) => is)).toBe(false);
  });
  expect(await within(street, unjudged)).toBe(0);
});
