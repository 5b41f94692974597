import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/errors.ts';
import { loadConfig } from '../../src/config/load.ts';
import { guessedPerYear } from '../../src/domain/code.ts';
import { changed, FAMILIES, GOOD, load, refusal } from './bench.ts';

const ID = '1 to 32 letters from A to Z, digits, "_" or "-"';
const CONTACT = '"closed-when-shut" or "closed-when-open"';
const ROW = 'firstChannel = 1\ndoorContact = "closed-when-shut"';

const HATCH = (board: string, channel: number): string =>
  `[hatch]\nboard = "${board}"\nchannel = ${channel}\ndoorContact = "closed-when-shut"\n[keys]`;

/** What is changed in the good file: from, to; then the key, the value found, what is allowed. */
const CASES: readonly (readonly [string, string, string, string | null, string])[] = [
  ['id = "LOC001"', 'id = "LOC 001"', 'site.id', '"LOC 001"', ID],
  ['id = "LOC001"', `id = "${'x'.repeat(33)}"`, 'site.id', `"${'x'.repeat(33)}"`, ID],
  ['id = "LOC001"\n', '', 'site.id', null, ID],
  ['"Market Square"', '" "', 'site.name', '" "', '1 to 100 characters in one line'],
  ['"Lindau"', '"Lin\\ndau"', 'site.city', '"Lin\\ndau"', '1 to 100 characters in one line'],
  ['"Europe/Berlin"', '"Berlin"', 'site.timeZone', '"Berlin"', 'IANA time zone database'],
  ['"Europe/Berlin"', '"+02:00"', 'site.timeZone', '"+02:00"', 'IANA time zone database'],
  ['"+49 8382 123456"', '"help"', 'site.helpPhone', '"help"', 'a phone number'],
  ['[site]', '[site]\nsizes = ["S", "L", "M", "S"]', 'site.sizes[3]', '"S"', 'site.sizes[0] has'],
  ['[site]', '[site]\nsizes = []', 'site.sizes', '[]', 'at least one size'],
  ['[database]\npath = "var/lockerd.db"\n', '', 'database', null, 'a table'],
  ['"var/device.key"', '7', 'keys.path', '7', 'a path'],
  ['name = "right"', 'name = "left"', 'buses[1].name', '"left"', 'buses[0].name has it too'],
  ['/bus1', '/bus0', 'buses[1].port', '"/dev/lockerd/bus0"', 'a port that no other bus uses'],
  ['name = "left"', 'name = "left"\nbaud = 1200', 'buses[0].baud', '1200', '9600 or 19200'],
  ['name = "left"', 'name = "left"\nidlePollMs = 0', 'buses[0].idlePollMs', '0', '50 to 1000'],
  ['[keys]', HATCH('Z', 5), 'hatch.board', '"Z"', 'the id of a board: "A", "B"'],
  ['[keys]', HATCH('A', 9), 'hatch.channel', '9', '1 to 8 on board "A"'],
  ['[keys]', HATCH('A', 1), 'hatch.channel', '1', 'a channel of the board that no other slot'],
  ['[keys]', '[[limits]]\nsize = "Z"\n[keys]', 'limits[0].size', '"Z"', 'a size of site.sizes'],
  [
    '[keys]',
    '[[limits]]\nsize = "S"\nweightG = 0\n[keys]',
    'limits[0].weightG',
    '0',
    '1 to 100000',
  ],
  ['id = "B"', 'id = "A"', 'buses[1].boards[0].id', '"A"', 'buses[0].boards[0].id has it too'],
  ['"keen"', '"kean"', 'buses[0].boards[0].family', '"kean"', 'one of "keen", "plain"'],
  ['channels = 8', 'channels = 49', 'buses[0].boards[0].channels', '49', '1 to 48 with boards'],
  ['channels = 4', 'channels = 25', 'buses[1].boards[0].channels', '25', '"plain"'],
  ['channels = 4', 'channels = 4\nsettings = 7', 'buses[1].boards[0].settings', '7', 'a table of'],
  [
    'channels = 4',
    'channels = 4\nsettings = { ordr = "up" }',
    'buses[1].boards[0].settings.ordr',
    '"up"',
    'only the settings "order", "echo" with boards of the family "plain"',
  ],
  [
    'channels = 4',
    'channels = 4\nsettings = { order = "left" }',
    'buses[1].boards[0].settings.order',
    '"left"',
    'one of "up", "down"',
  ],
  [
    'channels = 4',
    'channels = 4\nsettings = { order = 3 }',
    'buses[1].boards[0].settings.order',
    '3',
    'one of "up", "down"',
  ],
  [
    'channels = 4',
    'channels = 4\nsettings = { order = ["up"] }',
    'buses[1].boards[0].settings.order',
    '["up"]',
    'one of "up", "down"',
  ],
  [
    'channels = 4',
    'channels = 4\nsettings = { foo = 1 }',
    'buses[1].boards[0].settings.foo',
    '1',
    'only the settings "order", "echo" with boards of the family "plain"',
  ],
  [
    'channels = 8',
    'channels = 8\nsettings = { order = "up" }',
    'buses[0].boards[0].settings.order',
    '"up"',
    'no settings with boards of the family "keen"',
  ],
  [
    'channels = 8\n',
    'channels = 8\n[[buses.boards]]\nid = "C"\naddress = 2\nfamily = "rude"\nchannels = 1\n',
    'buses[0].boards[1].family',
    '"rude"',
    'a family that can share a bus with "keen"; "rude" can with no other family',
  ],
  ['/dev/lockerd/bus1', 'tcp://gate', 'buses[1].port', '"tcp://gate"', '"tcp://host:port"'],
  ['/dev/lockerd/bus1', 'tcp://g:70000', 'buses[1].port', '"tcp://g:70000"', 'from 1 to 65535'],
  ['name = "left"', 'name = "left"\nsupply = "a b"', 'buses[0].supply', '"a b"', ID],
  ['[site]', '[site]\nproduction = "yes"', 'site.production', '"yes"', 'true or false'],
  ['[keys]', '[doorMap]\npath = ""\n[keys]', 'doorMap.path', '""', 'a path'],
  ['address = 1', 'address = 0', 'buses[0].boards[0].address', '0', '1 to 99 with boards'],
  [
    'channels = 8\n',
    'channels = 8\n[[buses.boards]]\nid = "C"\naddress = 1\nfamily = "keen"\nchannels = 1\n',
    'buses[0].boards[1].address',
    '1',
    'an address that no other board of the bus has; buses[0].boards[0].address has it too',
  ],
  ['id = "LOCK002"', 'id = "LOCK001"', 'lockers[1].id', '"LOCK001"', 'no other locker has'],
  ['id = "five"', 'id = "4"', 'lockers[0].slots[0].id', '"4"', 'lockers[0].rows[0].from has it'],
  ['id = "five"', 'id = "5"\nnumber = 4', 'lockers[0].slots[0].number', '4', 'no other slot has'],
  ['id = "five"', 'id = "a/b"', 'lockers[0].slots[0].id', '"a/b"', ID],
  ['to = 4', 'to = 0', 'lockers[0].rows[0].to', '0', 'a whole number from 1 to 9999'],
  ['from = 1\nto = 4', 'from = 4\nto = 1', 'lockers[0].rows[0].to', '1', '4 or more'],
  ['size = "M"', 'size = "XL"', 'lockers[0].slots[0].size', '"XL"', 'site.sizes: "S", "M", "L"'],
  ['board = "B"', 'board = "C"', 'lockers[1].slots[0].board', '"C"', 'of a board: "A", "B"'],
  ['channel = 5', 'channel = 4', 'lockers[0].slots[0].channel', '4', 'no other slot uses'],
  ['channel = 5', 'channel = 9', 'lockers[0].slots[0].channel', '9', '1 to 8 on board "A"'],
  ['channel = 5', 'channel = 1.5', 'lockers[0].slots[0].channel', '1.5', 'a whole number'],
  [
    'firstChannel = 1',
    'firstChannel = 6',
    'lockers[0].rows[0].firstChannel',
    '6',
    'slot "4" has 9',
  ],
  ['"closed-when-open"', '"open"', 'lockers[1].slots[0].doorContact', '"open"', CONTACT],
  ['accessible = true', 'accessible = 1', 'lockers[0].slots[0].accessible', '1', 'true or false'],
  [
    'board = "B"',
    'board = "B"\noccupancy = true',
    'lockers[1].slots[0].occupancy',
    'true',
    'false: boards of the family "plain" do not sense occupancy',
  ],
  ['[keys]', '[pulse]\nms = 600\n[keys]', 'pulse.ms', '600', '100 to 500 with boards of the fam'],
  ['[keys]', '[policy]\nstrategy = "any"\n[keys]', 'policy.strategy', '"any"', '"best-fit" or'],
  ['[keys]', '[policy]\nholdDays = 2\n[keys]', 'policy.holdDays', '2', 'from 3 to 7'],
  ['[keys]', '[policy]\nholdDays = 8\n[keys]', 'policy.holdDays', '8', 'from 3 to 7'],
  ['[keys]', '[policy]\nreminderHours = 72\n[keys]', 'policy.reminderHours', '72', '1 to 71'],
  ['[keys]', '[policy]\ngraceSeconds = 5\n[keys]', 'policy.graceSeconds', '5', '10 to 600'],
  ['[keys]', '[policy]\nacceptGuessable = true\n[keys]', 'policy.acceptGuessable', 'true', 'exact'],
  ['[keys]', '[log]\nlevel = "loud"\n[keys]', 'log.level', '"loud"', '"debug" or "info"'],
  ['[keys]', '[kiosk]\nprofile = "slow"\n[keys]', 'kiosk.profile', '"slow"', 'or "extended"'],
  ['[keys]', '[kiosk]\nlanguage = "xx"\n[keys]', 'kiosk.language', '"xx"', '"en"'],
  ['[keys]', '[notices]\nspool = ""\n[keys]', 'notices.spool', '""', 'a path'],
  ['channel = 5', 'chanel = 5', 'lockers[0].slots[0].chanel', '5', 'did you mean "channel"?'],
  ['[site]', '[sites]', 'sites', '{"id":"LOC001"', 'did you mean "site"?'],
  ['[keys]', '[zzzzzz]\n[keys]', 'zzzzzz', '{}', 'only the keys site, database, backup, journal'],
];

describe('a config that is refused', () => {
  it.each(CASES)('M1 %j made %j names %s', (from, to, key, found, allowed) => {
    const { problems, message } = refusal(changed(from, to));
    const problem = problems.find((one) => one.key === key);
    expect(problem, message).toBeDefined();
    if (found === null) expect(problem?.found).toBeNull();
    else expect(problem?.found).toContain(found);
    expect(problem?.allowed).toContain(allowed);
    expect(message).toContain(found === null ? `${key} is missing` : `${key} = ${found}`);
  });

  it('M1 names the pulse lengths of a family that has only some', () => {
    const rude = changed('family = "plain"', 'family = "rude"');
    const { problems } = refusal(changed('[keys]', '[pulse]\nms = 400\n[keys]', rude));
    expect(problems).toEqual([
      {
        key: 'pulse.ms',
        found: '400',
        allowed: '100, 300, 500 with boards of the family "rude"',
      },
    ]);
  });

  it('M1 R18 refuses a slot without a door contact, single or in a row', () => {
    const single = refusal(changed('doorContact = "closed-when-open"\n', ''));
    expect(single.problems).toEqual([
      { key: 'lockers[1].slots[0].doorContact', found: null, allowed: CONTACT },
    ]);
    const row = refusal(changed(ROW, 'firstChannel = 1'));
    expect(row.problems.map(({ key }) => key)).toEqual(['lockers[0].rows[0].doorContact']);
  });

  it('M1 refuses a site without slots', () => {
    const none = GOOD.slice(0, GOOD.indexOf('[[lockers]]'));
    expect(refusal(none).problems.map(({ key }) => key)).toEqual(['lockers']);
    const empty = refusal(`${none}[[lockers]]\nid = "LOCK001"\n`);
    expect(empty.problems.map(({ key }) => key)).toEqual(['lockers[0].slots']);
  });

  it('M1 tells all problems at once, those between keys too', () => {
    const text = [
      ['id = "LOC001"', 'id = ""'],
      ['/bus1', '/bus0'],
      ['channels = 4', 'channels = "4"'],
      ['channel = 5', 'channel = 4'],
      ['size = "L"', 'size = "XL"'],
      ['"closed-when-open"', '"never"'],
      ['[keys]', '[policy]\nholdDay = 4\n[keys]'],
    ].reduce((all, [from = '', to = '']) => changed(from, to, all), GOOD);
    const error = refusal(text);
    expect(new Set(error.problems.map(({ key }) => key))).toEqual(
      new Set([
        'site.id',
        'buses[1].port',
        'buses[1].boards[0].channels',
        'lockers[0].slots[0].channel',
        'lockers[1].slots[0].size',
        'lockers[1].slots[0].doorContact',
        'policy.holdDay',
      ]),
    );
    expect(error.message.split('\n')).toHaveLength(8);
    expect(error.message).toMatch(/lockerd\.toml: 7 problems\n/);
  });

  it('does not take what follows from a problem for another one', () => {
    const wrongNumber = changed('id = "five"', 'id = "five"\nnumber = "x"');
    expect(refusal(wrongNumber).problems.map(({ key }) => key)).toEqual([
      'lockers[0].slots[0].number',
    ]);
    const noBoard = changed('family = "plain"', 'family = "kean"');
    expect(refusal(noBoard).problems).toHaveLength(1);
    const noId = changed('id = "B"\n', '');
    expect(refusal(noId).problems.map(({ key }) => key)).toEqual(['buses[1].boards[0].id']);
    for (const sizes of ['sizes = "S"', 'sizes = ["XS", 7]']) {
      const { problems } = refusal(changed('[site]', `[site]\n${sizes}`));
      expect(problems.map(({ key }) => key)).toEqual([
        expect.stringMatching(/^site\.sizes(\[1\])?$/),
      ]);
    }
  });

  it('tells at most fifty problems and counts the others', () => {
    const keys = Array.from({ length: 60 }, (_, index) => `q${index} = 1`).join('\n');
    const lines = refusal(changed('[keys]', `[keys]\n${keys}`)).message.split('\n');
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe('  and 10 more');
  });

  it.each([
    ['a = \n', 'line 1, column'],
    ['[site]\nid = "x"\nid = "y"\n', 'line 3, column'],
    ['[site]\n__proto__ = 1\n', 'line 2, column'],
  ])('names line and column of what is not TOML: %j', (text, place) => {
    const error = refusal(text);
    expect(error.message).toContain(place);
    expect(error.problems).toEqual([]);
  });

  it('says why a file cannot be read; ends with EX_CONFIG', () => {
    expect(() => loadConfig('/nowhere/lockerd.toml', FAMILIES)).toThrow(ConfigError);
    expect(() => loadConfig('/nowhere/lockerd.toml', FAMILIES)).toThrow(/ENOENT/);
    expect(refusal('').exitStatus).toBe(78);
  });
});

describe('the policy of numbers', () => {
  const policy = (lines: string) => changed('[keys]', `[policy]\n${lines}\n[keys]`);
  const ACCEPT = 'acceptGuessable = "I accept that codes can be guessed"';

  it('M8 R13 refuses numbers that are guessed too often, with the figure', () => {
    const { problems } = refusal(policy('codeDigits = 5\nsecondDigits = 4'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      key: 'policy',
      found: '{"codeDigits":5,"secondDigits":4}',
    });
    expect(problems[0]?.allowed).toContain('with 6 slots and 9 digits it is 5.3e-4');
  });

  it('M8 R13 lets them stand when that is accepted by name', () => {
    const { policy: taken } = load(policy(`codeDigits = 5\nsecondDigits = 4\n${ACCEPT}`));
    expect(taken).toMatchObject({ codeDigits: 5, secondDigits: 4 });
    expect(taken).not.toHaveProperty('acceptGuessable');
    const wrong = policy('secondDigits = 4\nacceptGuessable = "yes"');
    expect(refusal(wrong).problems.map(({ key }) => key)).toContain('policy.acceptGuessable');
  });

  it('M8 R13 gives each policy the digits that it is safe with, up to 1024 slots', () => {
    const digits = (codes: string) => {
      const { codeDigits, secondDigits } = load(policy(`codes = "${codes}"`)).policy;
      return [codeDigits, secondDigits];
    };
    expect(digits('code+otp')).toEqual([6, 6]);
    expect(digits('code+phone')).toEqual([8, 4]);
    expect(digits('code')).toEqual([12, 0]);
    expect(guessedPerYear(1024, 12)).toBeCloseTo(9.0e-5, 6);
  });

  it('M8 R13 refuses a policy with fewer digits, with the figure, unless accepted by name', () => {
    const short = 'codes = "code"\ncodeDigits = 9';
    expect(refusal(policy(short)).problems[0]?.allowed).toContain('9 digits it is 5.3e-4');
    expect(load(policy(`${short}\n${ACCEPT}`)).policy).toMatchObject({ codeDigits: 9 });
    const odd = policy('codes = "code+phone"\nsecondDigits = 6');
    expect(refusal(odd).problems.map(({ key }) => key)).toEqual(['policy.secondDigits']);
    expect(refusal(policy('codes = "pin"')).problems[0]?.allowed).toContain('"code+phone"');
  });
});
