/** EX_CONFIG of sysexits.h: something was found in an unconfigured or misconfigured state. */
const EX_CONFIG = 78;
/** More problems than this are counted, not told. */
const PROBLEMS_SHOWN_MAX = 50;

/** One thing that is wrong in the config file. */
export interface Problem {
  /** The key's path: `lockers[0].slots[3].channel`. */
  readonly key: string;
  /** The value that stands there, as JSON; null when there is none. */
  readonly found: string | null;
  readonly allowed: string;
}

/** The config file cannot be used; the message has a line for every problem in it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly exitStatus = EX_CONFIG;
  /** Empty when the file could not be read or is not TOML at all. */
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[] = [], options?: ErrorOptions) {
    super([message, ...linesOf(problems)].join('\n'), options);
    this.problems = problems;
  }
}

/** A kiosk in production does not serve before its doors were commissioned as they are wired. */
export class NotCommissioned extends Error {
  override readonly name = 'NotCommissioned';
  readonly exitStatus = EX_CONFIG;

  constructor(path: string, why: string) {
    const what = `this site is in production, and its door map ${path} cannot be used: ${why}`;
    super(`${what}.\nRun "npm run lockerd -- commission --config FILE" at the wall.`);
  }
}

function linesOf(problems: readonly Problem[]): string[] {
  const lines = problems.slice(0, PROBLEMS_SHOWN_MAX).map(({ key, found, allowed }) => {
    return `  ${key} ${found === null ? 'is missing' : `= ${found}`}; allowed: ${allowed}`;
  });
  const rest = problems.length - lines.length;
  return rest > 0 ? [...lines, `  and ${rest} more`] : lines;
}
