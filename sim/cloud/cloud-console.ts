import type { CommandType } from '../../src/cloud/messages.ts';
import type { Consumer } from './consumer.ts';
import { sizesLine } from './telling.ts';

interface Command {
  readonly args: string;
  readonly about: string;
  /** Lines to print. */
  readonly run: (consumer: Consumer, args: readonly string[]) => readonly string[];
}

const DONE: readonly string[] = [];
const FATES = ['accepted', 'refused', 'later'] as const;

/** Runs one line that somebody typed at the consumer, and gives what there is to print. */
export function runCloudCommand(consumer: Consumer, line: string): readonly string[] {
  const [name = '', ...args] = line.trim().split(/\s+/);
  if (name === '') return DONE;
  const command = COMMANDS.get(name);
  if (command === undefined) return [`no command '${name}'; try help`];
  const least = command.args === '' ? 0 : command.args.split(' ').length;
  if (args.length < least) return [`usage: ${name} ${command.args}`];
  try {
    return command.run(consumer, args);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    help: { args: '', about: 'this list', run: () => help() },
    kiosks: {
      args: '',
      about: 'every kiosk, as the cloud sees it',
      run: (consumer) => [...consumer.kiosks.keys()].sort().map((id) => kioskLine(consumer, id)),
    },
    vanish: {
      args: '',
      about: 'says nothing any more, and acknowledges nothing',
      run: ({ mouth }) =>
        done(() => {
          mouth.isAway = true;
        }),
    },
    back: {
      args: '',
      about: 'is there again, and says so',
      run: (consumer) =>
        done(() => {
          consumer.mouth.isAway = false;
          consumer.present(false);
          consumer.present(true);
        }),
    },
    repeat: manner('says everything twice', (mouth, isOn) => {
      mouth.repeats = isOn;
    }),
    reorder: manner('lets each message be overtaken by the next', (mouth, isOn) => {
      mouth.reorders = isOn;
    }),
    fate: {
      args: 'WORD',
      about: 'what becomes of notices: accepted, refused or later',
      run: ({ messenger }, [word]) =>
        done(() => {
          const fate = FATES.find((one) => one === word);
          if (messenger === null) throw new Error('without --notify-key kiosks tell people');
          if (fate === undefined) throw new Error(`one of ${FATES.join(', ')}`);
          messenger.fate = fate;
        }),
    },
    late: {
      args: 'MS',
      about: 'says everything so much later; 0 ends it',
      run: ({ mouth }, [ms]) =>
        done(() => {
          mouth.lateMs = Number(ms) || 0;
        }),
    },
    send: {
      args: 'KIOSK TYPE DATA',
      about: 'a signed command, such as: send LOC001 slot.open {"slot":"LOCK1/1"}',
      run: (consumer, [kiosk = '', type = '', ...data]) => {
        const d = JSON.parse(data.join(' '));
        return [`sent ${consumer.send(kiosk, type as CommandType, d)}`];
      },
    },
    customer: {
      args: 'KIOSK ID PHONE',
      about: 'somebody to whom parcels can be announced',
      run: (consumer, [kiosk = '', id = '', phone = '']) =>
        done(() => {
          const contact = { phone, email: null, language: 'en' };
          consumer.changePeople(kiosk, [{ id, role: 'customer', contact }]);
        }),
    },
    remove: {
      args: 'KIOSK ID',
      about: 'takes somebody out of the table again',
      run: (consumer, [kiosk = '', id = '']) => done(() => consumer.changePeople(kiosk, [], [id])),
    },
    settings: {
      args: 'KIOSK REV DOC',
      about: 'wants other settings, such as: settings LOC001 1 {"holdDays":6}',
      run: (consumer, [kiosk = '', rev, ...doc]) =>
        done(() => consumer.setSettings(kiosk, Number(rev), doc.join(' '))),
    },
    people: {
      args: 'KIOSK',
      about: 'sends the whole table of people',
      run: (consumer, [kiosk = '']) => done(() => consumer.sendAllPeople(kiosk)),
    },
  } satisfies Record<string, Command>),
);

function help(): string[] {
  return [...COMMANDS].map(([name, { args, about }]) => `${`${name} ${args}`.padEnd(28)}${about}`);
}

function manner(about: string, set: (mouth: Consumer['mouth'], isOn: boolean) => void): Command {
  return {
    args: 'on|off',
    about,
    run: ({ mouth }, [state]) => done(() => set(mouth, state === 'on')),
  };
}

function kioskLine(consumer: Consumer, id: string): string {
  const { status, avail, upto, early, alerts, repeated, people } = consumer.view(id);
  const free = avail === null ? 'nothing known of its slots' : sizesLine(avail.sizes);
  const events = `events to ${upto}${early.size > 0 ? ' and a gap' : ''}, ${repeated} twice`;
  const standing = `${alerts.size} alerts, ${people.people.size} people`;
  return `${id}: ${status?.state ?? 'never seen'}; ${free}; ${events}; ${standing}`;
}

function done(act: () => void): readonly string[] {
  act();
  return DONE;
}
