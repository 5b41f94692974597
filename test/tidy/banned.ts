import { type Finding, finding, isIn, type Source } from './source.ts';

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly instead: string;
  /** Where it is not banned; folders end in a slash. */
  readonly except?: readonly string[];
  /** Where alone it is banned. */
  readonly only?: readonly string[];
  /** Comments are looked at instead of the code, or as well. */
  readonly inComments?: true;
}

const CLOCKS = ['src/platform/', 'sim/real-clock.ts', 'bench/'];
const SPEAKERS = [
  ...['src/main.ts', 'src/command-line.ts', 'src/commands/run.ts', 'src/platform/fatal.ts'],
  ...['sim/', 'bench/'],
];

const NOT_RUN = new RegExp(
  [
    String.raw`\b(?:it|test|describe)(?:\.\w+)*?\.(?:skip|only|todo|fails|skipIf|runIf)\b`,
    String.raw`\b(?:context|ctx)\.skip\b`,
    String.raw`[{,]\s*(?:skip|only|todo|fails)\s*:\s*true\b`,
  ].join('|'),
);

const BANS: readonly Ban[] = [
  {
    what: 'reading the wall clock',
    pattern: /\bDate\.now\b|\bnew\s+Date\b\s*(?:\(\s*\)|(?!\s*\())|(?<!new\s+)\bDate\s*\(\s*\)/,
    instead: 'take a Clock and ask wallMs()',
    except: CLOCKS,
  },
  {
    what: 'reading the monotonic clock',
    pattern: /\bperformance\s*\.\s*(?:now|timeOrigin)\b|\bprocess\.(?:hrtime|uptime)\b/,
    instead: 'take a Clock and ask monoMs()',
    except: CLOCKS,
  },
  {
    what: 'a timer of the runtime',
    // The limit of a socket is no timer that anybody could turn.
    pattern:
      /(?<!socket\.)\b(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|AbortSignal\.timeout)\b/,
    instead: 'take a Clock and call after()',
    except: [...CLOCKS, 'test/'],
  },
  {
    what: 'process.nextTick',
    pattern: /\bprocess\.nextTick\b/,
    instead: 'take a Clock and call after()',
    except: [...CLOCKS, 'test/'],
  },
  {
    what: 'randomness from nowhere',
    pattern: /\bMath\.random\b|\b(?:randomBytes|randomInt|randomUUID|getRandomValues|randomFill)\b/,
    instead: 'take a Random',
    except: CLOCKS,
  },
  {
    what: 'writing to the console',
    pattern: /\bconsole\s*\./,
    instead: 'take a Log',
    except: SPEAKERS,
  },
  {
    what: 'process.exit',
    pattern: /\bprocess\.(?:exit|abort|reallyExit)\b/,
    instead: 'return, or set process.exitCode in the entry',
    except: SPEAKERS,
  },
  {
    what: 'mocking a module',
    pattern: /\bvi\s*\.\s*(?:mock|doMock|hoisted|stubGlobal)\b/,
    instead: 'hand in a port that you wrote',
  },
  {
    what: 'a test that does not run, or that alone runs',
    pattern: NOT_RUN,
    instead: 'make it pass or remove it',
    only: ['test/'],
  },
  {
    what: 'the type any',
    pattern: /\bas\s+any\b|:\s*any\b|<\s*any\b|\bany\s*\[\]/,
    instead: 'say what it is, or unknown',
  },
  {
    what: 'an enum',
    pattern: /\benum\s+\w+\s*\{/,
    instead: 'use a union of strings',
  },
  {
    what: 'a namespace',
    pattern: /\b(?:namespace|module)\s+[\w.]+\s*\{/,
    instead: 'use a file',
  },
  {
    what: 'a parameter property',
    pattern:
      /\bconstructor\s*\((?:[^){]*,)?\s*(?:(?:public|private|protected|readonly)\s+)+\w+\s*[?:,)=]/,
    instead: 'write the field and its assignment',
  },
  {
    what: 'silencing a tool',
    pattern: /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable/,
    instead: 'mend what it complains about',
    inComments: true,
  },
  {
    what: 'a note about work left over',
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/,
    instead: 'do it, or write it where work is planned',
    inComments: true,
  },
];

export function bannedThings(files: readonly Source[]): Finding[] {
  return files.flatMap((file) =>
    BANS.filter(({ except, only }) => {
      return !isIn(file.path, except ?? []) && isIn(file.path, only ?? [file.path]);
    }).flatMap((ban) => breaks(file, ban)),
  );
}

function breaks(file: Source, { what, pattern, instead, inComments }: Ban): Finding[] {
  const everywhere = new RegExp(pattern, 'g');
  const places = inComments
    ? file.comments.filter(({ text }) => pattern.test(text)).map(({ at }) => at)
    : [...file.code.matchAll(everywhere)].map(({ index }) => index);
  return places.map((at) => finding(file, at, `${what}: ${instead}`));
}
