import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { buildConfig } from './build.ts';
import { checkBuses } from './check-buses.ts';
import { checkCloud } from './check-cloud.ts';
import { checkNotices } from './check-notices.ts';
import { checkPolicy } from './check-policy.ts';
import { checkSlots } from './check-slots.ts';
import type { Config, Families } from './config.ts';
import { draftsOf } from './drafts.ts';
import { ConfigError } from './errors.ts';
import type { Loose } from './loose.ts';
import { cutOut, problemsOf } from './problems.ts';
import { FILE, type File } from './schema.ts';

/**
 * Reads the config file: TOML, then its shape, then what spans keys. `families` are the families
 * of boards that the hardware can talk to.
 * @throws ConfigError with all problems at once: each key, the value found and what is allowed.
 */
export function loadConfig(path: string, families: Families): Config {
  const raw = readToml(path);
  const checked = FILE.safeParse(raw);
  const issues = checked.error?.issues ?? [];
  const file: Loose<File> = checked.data ?? cutOut(raw, issues);
  const drafts = draftsOf(file);
  const findings = [
    ...checkBuses(file, families),
    ...checkSlots(file, drafts, families),
    ...checkPolicy(file, drafts.length),
    ...checkCloud(file),
    ...checkNotices(file),
  ];
  const problems = problemsOf(raw, issues, findings);
  if (checked.data === undefined || problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    throw new ConfigError(`${path}: ${count}`, problems);
  }
  return buildConfig(checked.data, drafts, families);
}

function readToml(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`the config file cannot be read: ${why}`, [], { cause });
  }
  try {
    return parse(text, { unsafeKeyBehaviour: 'throw' });
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [what] = cause.message.split('\n');
    throw new ConfigError(`${path}, line ${cause.line}, column ${cause.column}: ${what}`, [], {
      cause,
    });
  }
}
