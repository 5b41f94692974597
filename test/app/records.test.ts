import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ANNA, Bench, CARRIER, MINUTE_MS, PIN } from './bench-kiosk.ts';

interface Stored {
  readonly seq: number;
  readonly t: string;
  readonly parcel: string | null;
}

/** Two parcels: one collected, one cancelled and recalled; with wrong entries in between. */
async function liveAndStop() {
  const bench = new Bench().start();
  const staff = await bench.app.people.addCourier(CARRIER, PIN);
  const answer = await bench.app.signIn.check(staff, PIN);
  if (answer.kind !== 'welcome') throw new Error('not let in');
  await bench.app.signIn.check(staff, '999999');
  const first = bench.drop(answer.person);
  const sent = bench.numbers();
  bench.collect({ code: sent.code, second: '000000' });
  bench.collect(sent);
  bench.takes(first.slot);
  bench.until('it is collected', () => bench.parcel(first.parcel).status === 'retrieved');
  bench.restart();
  const second = bench.drop(answer.person, bench.announce(ANNA, 'S', 'AC0054321').id);
  const other = bench.numbers();
  bench.app.cancel.byRecipient(bench.app.sessions.begin(), other.code, other.second);
  bench.app.recall.open(bench.app.sessions.begin(), answer.person, second.parcel);
  bench.takes(second.slot);
  bench.untilState(second.slot, 'available');
  bench.wait(MINUTE_MS);
  const parcels = [first.parcel, second.parcel];
  const texts = [...bench.kiosk.phone, ...bench.kiosk.mailbox].map(({ text }) => text);
  expect(texts.join()).toContain(sent.code);
  bench.stop();
  const secrets = [sent.code, sent.second, other.code, other.second, staff, PIN, '999999'];
  const contact = [ANNA.phone ?? '', '12125550111', ANNA.email ?? ''];
  return { bench, parcels, secrets: [...secrets, ...contact] };
}

/** What one column of a table holds, in the database that the kiosk stopped with. */
function read<T>(bench: Bench, query: string, file = 'lockerd-1.db'): T[] {
  const database = new Database(join(bench.folder, file), { readonly: true });
  const rows = database.prepare(query).all();
  database.close();
  return rows as T[];
}

const JOURNAL = 'SELECT seq, t, parcel FROM journal ORDER BY seq';

describe('the journal', () => {
  it('I4 has no gap in seq, and each change of custody once', async () => {
    const { bench, parcels } = await liveAndStop();
    const rows = read<Stored>(bench, JOURNAL);
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    const custody = (parcel: string | undefined) =>
      rows
        .filter((row) => row.parcel === parcel && row.t.startsWith('parcel.'))
        .map((row) => row.t);
    expect(custody(parcels[0])).toEqual(['parcel.announced', 'parcel.stored', 'parcel.retrieved']);
    expect(custody(parcels[1])).toEqual([
      'parcel.announced',
      'parcel.stored',
      'parcel.cancelled',
      'parcel.recalled',
    ]);
  });

  it('I4 R24 with no cloud every row waits in the outbox, in order', async () => {
    const { bench } = await liveAndStop();
    const posted = read<{ journal: number }>(
      bench,
      'SELECT seq AS journal FROM outbox ORDER BY seq',
    );
    const rows = read<Stored>(bench, JOURNAL);
    expect(posted.map((one) => one.journal)).toEqual(rows.map((row) => row.seq));
  });

  it('I4 a transaction that fails leaves no gap and no row', () => {
    const bench = new Bench().start();
    const { store } = bench.app;
    const before = bench.journal().length;
    const [row] = bench.journal();
    if (row === undefined) throw new Error('the journal is empty');
    expect(() =>
      store.transaction(() => {
        store.journal.append(row);
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(bench.journal()).toHaveLength(before);
    bench.announce();
    bench.stop();
    const rows = read<Stored>(bench, JOURNAL, 'lockerd.db');
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  });
});

describe('what must not be read', () => {
  it('I10 stands in no log line and in no byte of the database', async () => {
    const { bench, secrets } = await liveAndStop();
    const lines = bench.logged.join('');
    expect(lines).toContain('"slot"');
    const files = readdirSync(bench.folder).filter((name) => name.startsWith('lockerd'));
    expect(files.some((name) => name.endsWith('.db'))).toBe(true);
    const texts = [lines, ...files.map((name) => readFileSync(join(bench.folder, name), 'latin1'))];
    for (const secret of secrets) {
      // Not as part of a hash or of a longer number.
      const alone = new RegExp(`(?<![0-9a-fA-F])${secret.replace('+', '\\+')}(?![0-9a-fA-F])`);
      for (const [index, text] of texts.entries()) {
        expect(alone.test(text), `a secret in ${['the log', ...files][index]}`).toBe(false);
      }
    }
  });

  it('I10 a notice that nobody has accepted yet is sealed', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const drop = bench.drop(courier, bench.announce({ ...ANNA, email: null }).id);
    const sealed = bench.app.store.journal.of(drop.parcel).map((row) => JSON.stringify(row));
    const { code, second } = bench.numbers();
    expect(sealed.join()).not.toContain(code);
    expect(sealed.join()).not.toContain(second);
    expect(bench.app.store.notices.waitingAfter('sms', '', 10)).toEqual([]);
  });
});
