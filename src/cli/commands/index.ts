import type { Command } from 'commander';

type Add = (program: Command) => void;

interface Group {
  /** The first words of its commands. */
  readonly words: readonly string[];
  readonly load: () => Promise<Add>;
}

/** All commands, each loaded only when it is wanted: somebody waits for every millisecond of it. */
const GROUPS: readonly Group[] = [
  {
    words: ['status', 'slots', 'boards', 'slot'],
    load: async () => (await import('./site.ts')).siteCommands,
  },
  {
    words: ['parcels', 'parcel', 'evidence'],
    load: async () => (await import('./parcels.ts')).parcelCommands,
  },
  { words: ['notices'], load: async () => (await import('./notices.ts')).noticeCommands },
  { words: ['events'], load: async () => (await import('./events.ts')).eventCommands },
  { words: ['doctor'], load: async () => (await import('./doctor.ts')).doctorCommand },
  { words: ['trace'], load: async () => (await import('./trace.ts')).traceCommands },
  { words: ['fleet'], load: async () => (await import('./fleet.ts')).fleetCommands },
  { words: ['watch'], load: async () => (await import('./watch.ts')).watchCommand },
  {
    words: ['report', 'health', 'ref', 'inventory', 'backup', 'time'],
    load: async () => (await import('./office.ts')).officeCommands,
  },
  {
    words: ['couriers', 'users'],
    load: async () => (await import('./people.ts')).peopleCommands,
  },
  { words: ['bus'], load: async () => (await import('./bus.ts')).busCommands },
  {
    words: ['restore', 'commission', 'bus', 'config', 'audit'],
    load: async () => (await import('./offline.ts')).offlineCommands,
  },
  { words: ['kiosk'], load: async () => (await import('./kiosk.ts')).kioskCommand },
  {
    words: ['login', 'logout', 'slot', 'parcel'],
    load: async () => (await import('./maintenance.ts')).maintenanceCommands,
  },
];

/** Adds the commands that are named among the words, or all of them where none is. */
export async function addCommands(program: Command, args: readonly string[]): Promise<void> {
  const named = GROUPS.filter(({ words }) => words.some((word) => args.includes(word)));
  const isHelp = args[0] === undefined || /^(?:-h|--help|help)$/.test(args[0]);
  for (const { load } of isHelp || named.length === 0 ? GROUPS : named) (await load())(program);
}
