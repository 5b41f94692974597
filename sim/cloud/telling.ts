import type { CloudEvent, Message } from '../../src/cloud/messages.ts';
import type { KioskView } from './kiosk-view.ts';
import type { Told } from './messenger.ts';

/** Puts what a kiosk says into lines for a person. */

type Status = Message<'status'>;
type Counts = Message<'avail'>['sizes'];

export function told(view: KioskView, kiosk: string, what: string, text: string): string[] {
  const [, kind = '', ...rest] = what.split('/');
  const lines = LINES[kind]?.(view, text, rest.join('/')) ?? [];
  return lines.map((line) => `${kiosk} ${kind.padEnd(6)} ${line}`);
}

const LINES: Readonly<Record<string, (view: KioskView, text: string, rest: string) => string[]>> = {
  status: (_view, text) => [statusLine(JSON.parse(text))],
  avail: ({ avail }) => (avail === null ? [] : [sizesLine(avail.sizes)]),
  locker: ({ lockers }, _text, locker) => [lockerLine(lockers.get(locker))],
  alert: ({ alerts }, _text, id) => [`${id}: ${alerts.get(id)?.what ?? 'resolved'}`],
  evt: (view, text) => {
    const said = JSON.parse(text) as CloudEvent | CloudEvent[];
    const events = Array.isArray(said) ? said : [said];
    const missing = view.early.size === 0 ? [] : [`waits for ${view.upto + 1}`];
    return [...events.map(eventLine), ...missing];
  },
  res: (_view, text) => {
    const { t, d } = JSON.parse(text) as Message<'res'>;
    const { cmd, type, code, slot = '', parcel = '', detail = '', refused } = d;
    const about = [type ?? t, code, slot, parcel, detail].filter((word) => word !== '');
    return [`${about.join(' ')}${refused === undefined ? '' : ` × ${refused}`} ${cmd ?? ''}`];
  },
  tele: ({ telemetry }) => {
    if (telemetry === null) return [];
    const { upS, clk, queue } = telemetry;
    return [`up ${upS} s, clock ${clk}, ${queue.count} events wait, the oldest ${queue.oldestS} s`];
  },
  prov: ({ prov }) => [inForceLine(prov)],
  cfg: ({ cfg }) => [inForceLine(cfg)],
  req: (_view, text) => [(JSON.parse(text) as Message<'req'>).t],
};

/** What somebody would read. */
export function toldLine({ kind, person, to, said }: Told): string {
  const { ref, code, second, about, trouble } = said;
  const words = [ref, code && `code ${code}`, second && `second ${second}`, about, trouble];
  return `tells ${to ?? person}: ${[kind, ...words].filter((word) => word).join(' ')}`;
}

function statusLine(status: Status): string {
  if (status.state !== 'ready') return `${status.state}, session ${status.sess}`;
  const { sess, acked, lastSeq, ep, cfgRev, provRev, clk } = status;
  const revs = `settings ${cfgRev}, people ${provRev}`;
  return `ready, session ${sess}, ${acked} of ${lastSeq} acknowledged in ${ep}, ${revs}, ${clk}`;
}

export function sizesLine(sizes: Counts): string {
  const each = Object.entries(sizes).map(([size, { free, busy, oos }]) => {
    return `${size} ${free} free ${busy} busy ${oos} out`;
  });
  return each.join(', ');
}

function lockerLine(locker: Message<'locker'> | undefined): string {
  if (locker === undefined) return '';
  const open = Object.entries(locker.slots).filter(([, { door }]) => door === 'open');
  const doors = open.length === 0 ? 'all shut' : `open: ${open.map(([name]) => name).join(' ')}`;
  return `${locker.locker} to ${locker.rev}, ${Object.keys(locker.slots).length} slots, ${doors}`;
}

function eventLine({ seq, t, hist, cause, d }: CloudEvent): string {
  const about = [d.slot, d.parcel, cause].filter((word) => typeof word === 'string');
  return `${String(seq).padStart(6)} ${hist ? '(past) ' : ''}${t} ${about.join(' ')}`.trimEnd();
}

function inForceLine(inForce: Message<'cfg'> | null): string {
  if (inForce === null) return '';
  const { rev, count, status, errors } = inForce;
  return [`${status}, rev ${rev}, ${count}`, ...errors].join('; ');
}
