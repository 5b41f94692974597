import { type Finding, finding, isIn, type Source } from './source.ts';

/** What may be done in one place only, and where that is. */

const SHIPPED = ['src/', 'hardware/', 'sim/'];
const STORE = 'src/store/';
const TOPICS = 'src/cloud/topics.ts';
const OPENER = 'src/control/open-slot.ts';
/** A fitter at the wall opens doors to prove their wiring, at an Enter each. */
const TRIAL = 'src/control/commission-door.ts';
const WIRE = 'hardware/wire/';

const SQL = new RegExp(
  [
    String.raw`\bSELECT\b[\s\S]+\bFROM\b`,
    String.raw`\bUPDATE\s+\S+\s+SET\b`,
    String.raw`\b(?:DELETE\s+FROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO)\b`,
    String.raw`\b(?:CREATE|DROP|ALTER)\s+(?:TABLE|(?:UNIQUE\s+)?INDEX|TRIGGER|VIEW)\b`,
    String.raw`\bPRAGMA\s+\w|\bBEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b|\bVACUUM\s+INTO\b`,
    String.raw`\b(?:insert\s+into|create\s+(?:table|index)|pragma)\s+\w`,
  ].join('|'),
);

export function strayQueries(files: readonly Source[]): Finding[] {
  return strayStrings(files, SQL, STORE, `a query: only ${STORE} speaks to the database`);
}

export function strayTopics(files: readonly Source[]): Finding[] {
  return strayStrings(files, /\blockerd\/v\d/, TOPICS, `a topic: name it in ${TOPICS}`);
}

function strayStrings(
  files: readonly Source[],
  pattern: RegExp,
  home: string,
  what: string,
): Finding[] {
  return files
    .filter(({ path }) => isIn(path, SHIPPED) && !isIn(path, [home]))
    .flatMap((file) =>
      file.strings
        .filter(({ text }) => pattern.test(text))
        .map(({ at }) => finding(file, at, what)),
    );
}

/** Calls, not definitions: those stand behind no dot. */
const PULSE = /\.\s*pulse\s*\(/g;
const UNLOCK = /\.\s*unlock\s*\(/g;

/** R1, I1, I2: one file sends pulses, and one file of the device layer hands them to a bus. */
export function strayPulses(files: readonly Source[]): Finding[] {
  const inSource = files.filter(({ path }) => isIn(path, ['src/']));
  const openers = callsOf(inSource, PULSE).filter(({ file }) => !isIn(file.path, [OPENER, TRIAL]));
  const unlocks = callsOf(inSource, UNLOCK);
  const home = unlocks.find(({ file }) => isIn(file.path, ['src/device/']))?.file;
  return [
    ...openers.map(({ file, at }) => finding(file, at, `sends a pulse: ask ${OPENER} instead`)),
    ...unlocks
      .filter(({ file }) => file !== home)
      .map(({ file, at }) => {
        return finding(file, at, `unlocks a board: only ${home?.path ?? 'src/device/'} does that`);
      }),
  ];
}

function callsOf(files: readonly Source[], pattern: RegExp) {
  return files.flatMap((file) =>
    [...file.code.matchAll(pattern)].map(({ index }) => ({ file, at: index })),
  );
}

const BYTES =
  /\bBuffer\s*\.\s*(?:from|of)\b|\bUint8Array\s*\.\s*(?:from|of)\b|\[\s*0x[\da-f]{2}\b/gi;
/** Keys, seals and database headers are bytes too, and never reach a wire. */
const BYTE_PLACES = [WIRE, 'src/platform/', STORE];
/** What a port asks for its bytes in is not a frame. */
const BYTE_PORT = 'hardware/bus/serial-port.ts';

export function strayBytes(files: readonly Source[]): Finding[] {
  return files
    .filter(({ path }) => isIn(path, ['src/', 'hardware/']))
    .filter(({ path }) => !isIn(path, [...BYTE_PLACES, BYTE_PORT]))
    .flatMap((file) =>
      [...file.code.matchAll(BYTES)].map(({ index }) =>
        finding(file, index, `builds bytes: frames are made in ${WIRE}`),
      ),
    );
}

const FOREIGN_WORDS = /\b(?:serial|mqtt|sql(?:ite)?)\b/gi;

/** The domain does not know how anything reaches it, comments included. */
export function foreignWords(files: readonly Source[]): Finding[] {
  return files
    .filter(({ path }) => isIn(path, ['src/domain/']))
    .flatMap((file) =>
      [...file.text.matchAll(FOREIGN_WORDS)].map(({ 0: word, index }) =>
        finding(file, index, `says '${word}', of which the domain knows nothing`),
      ),
    );
}
