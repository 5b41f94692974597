import { describe, expect, it } from 'vitest';
import { AuthorityCheck } from '../../src/offline/authority-check.ts';
import type { FileRow } from '../../src/store/journal-file.ts';

type Told = Partial<Pick<FileRow, 'slot' | 'parcel' | 'cause' | 'boot'>> & { data?: object };

/** A journal in a few words, and what its audit says of authority. */
class Story {
  readonly said: string[] = [];
  readonly #check: AuthorityCheck;
  #seq = 0;

  constructor() {
    this.#check = new AuthorityCheck({
      finding: (kind, seq, text) => void this.said.push(`${seq} ${kind}: ${text}`),
      note: (kind, seq, text) => void this.said.push(`${seq} (${kind}): ${text}`),
    });
  }

  tell(t: string, { data = {}, ...columns }: Told = {}, isJudged = true): this {
    this.#seq += 1;
    const blank = { id: '', ts: 0, mono: 0, boot: 'B', cause: null, slot: null, parcel: null };
    const row = { ...blank, seq: this.#seq, t, data: JSON.stringify(data), h: null, sig: null };
    this.#check.take({ ...row, ...columns }, isJudged);
    return this;
  }

  signIn(): this {
    return this.tell('staff.signed_in', { data: { person: 'C' } });
  }

  arm(intent: string, slot = 'L/1'): this {
    const data = { authority: 'courier:C', session: 'session:S' };
    return this.tell('intent.armed', { slot, cause: `intent:${intent}`, data });
  }

  at(t: string, intent: string | null, data: object = {}, slot = 'L/1'): this {
    return this.tell(t, { slot, cause: intent === null ? null : `intent:${intent}`, data });
  }
}

const SENSED = { grade: 'sensed' };

describe('B2 an intent', () => {
  it('I2 that is pulsed twice is named, and one that is armed twice', () => {
    const story = new Story().signIn().arm('one').at('pulse.result', 'one');
    expect(story.at('pulse.result', 'one').said).toEqual([
      '4 twice: pulses L/1 once more for intent one',
    ]);
    expect(story.arm('one').said.at(-1)).toBe('5 twice: arms intent one once more');
  });

  it('I1 that is pulsed and was never armed is named', () => {
    expect(new Story().at('pulse.result', 'ghost').said).toEqual([
      '1 unauthorised: pulses L/1 for an intent never armed: ghost',
    ]);
  });

  it('R22 may rest on a command from afar that was accepted, and on no other', () => {
    const data = { authority: 'command:X', session: 'session:S' };
    const arm = { slot: 'L/1', cause: 'intent:one', data };
    const open = { data: { cmd: 'X', type: 'slot.open' } };
    expect(new Story().tell('command.accepted', open).tell('intent.armed', arm).said).toEqual([]);
    const block = { data: { cmd: 'X', type: 'slot.block' } };
    const story = new Story().tell('command.accepted', block).tell('intent.armed', arm);
    expect(story.said).toEqual([
      '2 unauthorised: arms intent one and no command X to open was accepted',
    ]);
  });

  it('covers edges of its own slot alone', () => {
    const story = new Story().signIn().arm('one').at('slot.opened', null, SENSED, 'L/2');
    expect(story.said).toEqual(['3 unauthorised: L/2 opened (sensed) and no intent covers it']);
    expect(story.at('slot.opened', 'other', SENSED).said.at(-1)).toBe(
      '4 unauthorised: L/1 opened (sensed) and no intent covers it, and not other either',
    );
    expect(story.at('slot.opened', 'one', SENSED).said).toHaveLength(2);
  });

  it.each([
    ['parcel.retrieved', {}],
    ['slot.barred', { reason: 'jammed' }],
    ['intent.aborted', {}],
    ['slot.answered', { answer: 'session_over' }],
  ])('covers nothing any more after %s', (t, data) => {
    const story = new Story().signIn().arm('one').at(t, 'one', data);
    expect(story.at('slot.opened', 'one', SENSED).said[0]).toMatch(/^4 unauthorised/);
  });

  it('R12 that was aborted in the grace of another leaves that one in force', () => {
    const story = new Story().signIn().arm('one').at('slot.opened', 'one', SENSED);
    story.at('slot.closed', 'one').arm('two').at('intent.no_change', 'two').arm('three');
    story.at('intent.aborted', 'three').at('slot.opened', null, SENSED);
    expect(story.said).toEqual([
      '9 (reopened): L/1 opened (sensed) again without a pulse, in the grace of intent one',
    ]);
  });

  it('R2 of unknown outcome is named with the edge that it may have caused', () => {
    const story = new Story().signIn().arm('one').at('intent.unknown', 'one');
    story.at('slot.barred', 'one', { reason: 'unknown_outcome' }).at('slot.forced', null);
    expect(story.said).toEqual([
      '5 unauthorised: L/1 opened, and nobody was to open it; what became of intent one is unknown',
    ]);
  });
});

describe('B2 what is told and not judged', () => {
  it('R8 a door found open after a pulse that nobody saw the outcome of, once', () => {
    const story = new Story().signIn().arm('one').at('intent.unknown', 'one');
    story.at('slot.barred', 'one', { reason: 'unknown_outcome' }).at('slot.opened', null, SENSED);
    const note = '5 (unwatched): L/1 was found open: what became of intent one is unknown';
    expect(story.said).toEqual([note]);
    story.at('slot.closed', null, SENSED).at('slot.opened', null, SENSED);
    expect(story.said.at(-1)).toBe('7 unauthorised: L/1 opened (sensed) and no intent covers it');
  });

  it('B11 pulses of a fitter are named as what they are', () => {
    expect(new Story().at('commission.pulse', null).said).toEqual([
      '1 (fitter): a fitter had L/1 opened',
    ]);
  });

  it('R24 times in which doors were not watched', () => {
    const story = new Story();
    story.tell('kiosk.gap', { data: { sinceWall: 0, clean: false } });
    story.tell('kiosk.gap', { data: { sinceWall: 'x', clean: true } });
    story.tell('board.health', { data: { board: 'A', health: 'offline', why: 'no reply' } });
    story.tell('board.health', { data: { board: 'A', health: 'online', why: '' } });
    story.tell('port.health', { data: { bus: 'main', up: false, why: 'gone' } });
    expect(story.said).toEqual([
      '1 (unwatched): the kiosk was off since 1970-01-01T00:00:00.000Z, not stopped in order',
      '2 (unwatched): the kiosk was off since an unknown time, stopped in order',
      '3 (unwatched): board A is offline: no reply',
      '5 (unwatched): the port of bus main is lost: gone',
    ]);
  });

  it('rows from before the chain are followed: they do not say by what right', () => {
    const story = new Story();
    story.tell('intent.armed', { slot: 'L/1', cause: 'intent:old' }, false);
    expect(story.at('slot.opened', 'old', SENSED).said).toEqual([]);
  });

  it('rows whose data is no JSON object say nothing', () => {
    const check = new AuthorityCheck({ finding: () => {}, note: () => {} });
    for (const data of ['null', '[]', '{"authority":', '7']) {
      const row = { id: '', seq: 1, ts: 0, mono: 0, boot: '', cause: null, parcel: null, data };
      check.take({ ...row, t: 'intent.armed', slot: 'L/1', h: null, sig: null }, true);
    }
  });
});
