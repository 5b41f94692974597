import type { FileRow } from '../store/journal-file.ts';
import { Recent } from './recent.ts';
import type { Auditor } from './verdict.ts';

/** Sessions last minutes: the last ones of so many hold every right that can still be used. */
const SESSIONS_MAX = 10_000;
const STAFF_MAX = 10_000;
const INTENTS_MAX = 50_000;
/** Four times the slots of the largest site. */
const SLOTS_MAX = 4_096;
/** As many parcels as such a site can hold. */
const ENTITLED_MAX = 1_024;

/** The opening that a slot's edges belong to. */
interface Visit {
  readonly intent: string;
  readonly stage: 'armed' | 'open' | 'closed';
  /** What goes on when the pulse provably never left. */
  readonly before: Visit | null;
}

interface Use {
  readonly arms: number;
  readonly results: number;
}

interface Fact {
  readonly seq: number;
  readonly t: string;
  readonly boot: string;
  readonly slot: string;
  readonly parcel: string | null;
  /** `intent:…` without its prefix. */
  readonly intent: string | null;
  readonly cause: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Ends a visit: what its slot's door does afterwards, nobody was entitled to. */
const ENDS: ReadonlySet<string> = new Set([
  'parcel.stored',
  'parcel.retrieved',
  'parcel.recalled',
  'parcel.not_stored',
  'slot.barred',
  'slot.unbarred',
  'slot.empty',
  'slot.released',
]);

/** Replays who proved what, which intents rest on it, and which edges rest on those (B2). */
export class AuthorityCheck {
  readonly #auditor: Auditor;
  /** Parcels by the session that proved their numbers. */
  readonly #entitled = new Recent<ReadonlySet<string>>(SESSIONS_MAX);
  /** By boot and person: nobody stays signed in over a restart. */
  readonly #signedIn = new Recent<true>(STAFF_MAX);
  /** Of these, whoever showed the open hatch or a number of their app as well (R13a). */
  readonly #proven = new Recent<true>(STAFF_MAX);
  readonly #uses = new Recent<Use>(INTENTS_MAX);
  readonly #visits = new Recent<Visit>(SLOTS_MAX);
  /** By slot: the last intent of which nobody knows whether its pulse opened the door. */
  readonly #unknown = new Recent<string>(SLOTS_MAX);

  /** Opens that the cloud asked for, signed. */
  readonly #commands = new Recent<true>(STAFF_MAX);

  readonly #takers = new Map<string, (fact: Fact, say: Auditor) => void>([
    ['entry.accepted', (fact) => this.#entitle(fact)],
    ['staff.signed_in', ({ boot, data }) => this.#signedIn.put(`${boot} ${data.person}`, true)],
    ['staff.proven', ({ boot, data }) => this.#proven.put(`${boot} ${data.person}`, true)],
    ['command.accepted', ({ data }) => this.#command(data)],
    ['intent.armed', (fact, say) => this.#arm(fact, say)],
    ['intent.aborted', (fact) => this.#fallBack(fact)],
    ['intent.unknown', ({ slot, intent }) => this.#unknown.put(slot, intent ?? 'without a name')],
    ['pulse.result', (fact, say) => this.#pulse(fact, say)],
    ['slot.opened', (fact, say) => this.#opened(fact, say)],
    ['slot.closed', (fact) => this.#closed(fact)],
    ['slot.forced', (fact, say) => this.#forced(fact, say)],
    ['slot.answered', (fact) => this.#answered(fact)],
  ]);

  constructor(auditor: Auditor) {
    this.#auditor = auditor;
  }

  /** Where the journal does not show by what right, rows are followed and not judged. */
  take(row: FileRow, isJudged: boolean): void {
    const fact = factOf(row);
    const say = isJudged ? this.#auditor : SILENT;
    this.#takers.get(fact.t)?.(fact, say);
    if (ENDS.has(fact.t)) this.#visits.delete(fact.slot);
    // Somebody has looked: what moves from now on is not that intent's doing.
    if (fact.t === 'slot.unbarred') this.#unknown.delete(fact.slot);
    tell(fact, say);
  }

  #entitle({ cause, parcel, data }: Fact): void {
    if (cause === null || parcel === null) return;
    const others = Array.isArray(data.others) ? data.others.map(String) : [];
    const known = this.#entitled.get(cause) ?? [];
    const all = [...known, parcel, ...others].slice(-ENTITLED_MAX);
    this.#entitled.put(cause, new Set(all));
  }

  #arm(fact: Fact, say: Auditor): void {
    const { seq, slot, intent } = fact;
    if (intent === null) {
      say.finding('unauthorised', seq, 'arms no intent that has a name');
      return;
    }
    const missing = this.#missingRight(fact);
    if (missing !== null) say.finding('unauthorised', seq, `arms intent ${intent} ${missing}`);
    const use = this.#uses.get(intent) ?? { arms: 0, results: 0 };
    if (use.arms > 0) say.finding('twice', seq, `arms intent ${intent} once more`);
    this.#uses.put(intent, { ...use, arms: use.arms + 1 });
    this.#unknown.delete(slot);
    const last = this.#visits.get(slot) ?? null;
    const before = last?.stage === 'armed' ? last.before : last && { ...last, before: null };
    this.#visits.put(slot, { intent, stage: 'armed', before });
  }

  /** What an intent lacks, in words; null when somebody proved the right that it rests on. */
  #missingRight({ boot, parcel, data }: Fact): string | null {
    const { authority, session } = data;
    const [kind, whose = ''] = String(authority).split(':');
    if (kind === 'code' || kind === 'grant') {
      if (whose !== parcel) return `for parcel ${parcel} by the right to parcel ${whose}`;
      if (this.#entitled.get(String(session))?.has(whose) === true) return null;
      return `and nobody proved the numbers of parcel ${whose} in ${session}`;
    }
    if (kind === 'courier' || kind === 'technician') {
      const given = kind === 'courier' ? this.#signedIn : this.#proven;
      if (given.get(`${boot} ${whose}`) === true) return null;
      return `and ${kind} ${whose} had not signed in`;
    }
    if (kind === 'command') {
      if (this.#commands.get(whose) === true) return null;
      return `and no command ${whose} to open was accepted`;
    }
    return `by no right that is known: ${authority}`;
  }

  #command({ cmd, type }: Fact['data']): void {
    if (type === 'slot.open') this.#commands.put(String(cmd), true);
  }

  #answered(fact: Fact): void {
    if (fact.data.answer === 'session_over') this.#fallBack(fact);
  }

  /** The pulse never left, or nobody is there to pulse for: the slot is as it was before. */
  #fallBack({ slot }: Fact): void {
    const visit = this.#visits.get(slot);
    if (visit === undefined) return;
    if (visit.before === null) this.#visits.delete(slot);
    else this.#visits.put(slot, visit.before);
  }

  #pulse({ seq, slot, intent }: Fact, say: Auditor): void {
    const use = intent === null ? undefined : this.#uses.get(intent);
    if (intent === null || use === undefined) {
      say.finding('unauthorised', seq, `pulses ${slot} for an intent never armed: ${intent}`);
      return;
    }
    if (use.results > 0) say.finding('twice', seq, `pulses ${slot} once more for intent ${intent}`);
    this.#uses.put(intent, { ...use, results: use.results + 1 });
  }

  #opened({ seq, slot, intent, data }: Fact, say: Auditor): void {
    const visit = this.#visits.get(slot);
    const unknown = this.#unknown.get(slot);
    if (visit === undefined && intent === null && unknown !== undefined) {
      const text = `${slot} was found open: what became of intent ${unknown} is unknown`;
      say.note('unwatched', seq, text);
      return;
    }
    if (visit === undefined || (intent !== null && intent !== visit.intent)) {
      const named = intent === null ? '' : `, and not ${intent} either`;
      const text = `${slot} opened (${data.grade}) and no intent covers it${named}`;
      say.finding('unauthorised', seq, text);
      return;
    }
    if (visit.stage === 'closed') {
      const text = `${slot} opened (${data.grade}) again without a pulse`;
      say.note('reopened', seq, `${text}, in the grace of intent ${visit.intent}`);
    }
    this.#visits.put(slot, { ...visit, stage: 'open' });
  }

  #forced({ seq, slot }: Fact, say: Auditor): void {
    const unknown = this.#unknown.get(slot);
    const why = unknown === undefined ? '' : `; what became of intent ${unknown} is unknown`;
    say.finding('unauthorised', seq, `${slot} opened, and nobody was to open it${why}`);
  }

  #closed({ slot }: Fact): void {
    this.#unknown.delete(slot);
    const visit = this.#visits.get(slot);
    if (visit !== undefined) this.#visits.put(slot, { ...visit, stage: 'closed' });
  }
}

/** Rows that say it themselves. */
function tell({ seq, t, slot, data }: Fact, say: Auditor): void {
  if (t === 'slot.barred' && data.reason === 'changed_while_off') {
    say.finding('unauthorised', seq, `${slot} was not as it was left when the kiosk started`);
  }
  if (t === 'commission.pulse') say.note('fitter', seq, `a fitter had ${slot} opened`);
  if (t === 'kiosk.gap') {
    const how = data.clean === true ? 'stopped in order' : 'not stopped in order';
    say.note('unwatched', seq, `the kiosk was off since ${timeOf(data.sinceWall)}, ${how}`);
  }
  if (t === 'board.health' && data.health !== 'online') {
    say.note('unwatched', seq, `board ${data.board} is ${data.health}: ${data.why}`);
  }
  if (t === 'port.health' && data.up === false) {
    say.note('unwatched', seq, `the port of bus ${data.bus} is lost: ${data.why}`);
  }
}

const SILENT: Auditor = { finding: () => {}, note: () => {} };

function timeOf(ms: unknown): string {
  const time = new Date(Number(ms));
  return Number.isNaN(time.getTime()) ? 'an unknown time' : time.toISOString();
}

/** What the row says; whoever changed it may have made it say anything. */
function factOf({ seq, t, boot, slot, parcel, cause, data }: FileRow): Fact {
  const intent = /^intent:(.+)$/.exec(cause ?? '')?.[1] ?? null;
  return { seq, t, boot, slot: slot ?? '', parcel, intent, cause, data: objectOf(data) };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
