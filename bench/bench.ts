import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backup } from './backup.ts';
import { boot } from './boot.ts';
import { crowds } from './crowds.ts';
import { deadChannel } from './dead-channel.ts';
import { decisions } from './decisions.ts';
import { drain } from './drain.ts';
import { exchangeOverhead } from './exchange.ts';
import { familiesCycle } from './families.ts';
import { fleet } from './fleet.ts';
import { idle } from './idle.ts';
import { latency } from './latency.ts';
import { lockerctl } from './lockerctl.ts';
import { notices } from './notices.ts';
import { parts } from './parts.ts';
import { pickups } from './pickups.ts';
import { remote } from './remote.ts';
import type { Row } from './row.ts';
import type { Say } from './say.ts';
import { sessions } from './sessions.ts';
import { storms } from './storm.ts';
import { headLine, overLimit, rowLine } from './table.ts';

const HELP = `npm run bench -- [--json FILE] [--only NAME]

Measures the controller and says which figures are over their limits. It judges nothing: it ends
with 0 whenever it could measure (docs/PERFORMANCE.md says what each figure means).

  --json FILE   writes the rows there: {name, value, unit, limit, ratio}
  --only NAME   runs one bench; give it again for another
  --help        this text`;

/** Exit status of sysexits.h. */
const EXIT_USAGE = 64;

const BENCHES: Readonly<Record<string, (say: Say) => Promise<Row[]>>> = {
  parts,
  exchange: exchangeOverhead,
  families: familiesCycle,
  latency,
  lockerctl,
  pickups,
  decisions,
  sessions,
  crowds,
  backup,
  boot,
  idle,
  remote,
  drain,
  notices,
  'dead-channel': deadChannel,
  fleet,
  storm: storms,
};

interface Arguments {
  readonly json: string | undefined;
  readonly names: readonly string[];
}

/** What the command line says, or undefined where it asks for help; throws TypeError. */
function readArguments(): Arguments | undefined {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const names = Object.keys(BENCHES);
  for (const name of values.only ?? []) {
    if (names.includes(name)) continue;
    throw new TypeError(`--only ${name}: there is ${names.join(', ')}`);
  }
  return { json: values.json, names: values.only ?? names };
}

async function run({ json, names }: Arguments): Promise<void> {
  const rows: Row[] = [];
  for (const name of names) {
    console.log(`\n${name}`);
    const measured = await BENCHES[name]?.((text) => console.log(`  ${text}`));
    rows.push(...(measured ?? []));
  }
  console.log(`\n${headLine()}`);
  for (const row of rows) console.log(rowLine(row));
  console.log(`\n${overLimit(rows)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
}

/** What `readArguments` gives, after saying why it cannot. */
function argumentsOrUsage(): Arguments | undefined {
  try {
    const given = readArguments();
    if (given === undefined) console.log(HELP);
    return given;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_USAGE;
    return undefined;
  }
}

const given = argumentsOrUsage();
if (given !== undefined) await run(given);
