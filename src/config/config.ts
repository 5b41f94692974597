import type { StrategyName } from '../domain/allocation/strategy.ts';
import type { CodePolicy } from '../domain/code-policy.ts';
import type { Language } from '../domain/language.ts';
import type { Limits } from '../domain/load.ts';
import type { SitePlan } from '../domain/site.ts';

/**
 * What the config file says, checked, with every default filled in and every row of slots written
 * out. Frozen to its leaves: nothing changes it between start and stop.
 */
export interface Config {
  readonly site: SiteConfig;
  /** Where the database lies; relative paths count from the working directory. */
  readonly database: { readonly path: string };
  /** Where verified copies of the database go every night; best on another device. */
  readonly backup: { readonly dir?: string };
  /** How long rows stay in the journal (docs/AUDIT.md). */
  readonly journal: { readonly keepDays: number };
  /** Where the device key lies, and the key that signs the journal. */
  readonly keys: { readonly path: string; readonly audit: string };
  readonly buses: readonly BusConfig[];
  readonly lockers: readonly LockerConfig[];
  /** How long a lock is energised, in the limits of every family in use. */
  readonly pulse: { readonly ms: number };
  /** What a compartment of a size takes, by the name of the size (M20). */
  readonly limits: Limits;
  /** The contact of the service hatch, on a channel that no slot has (R13a). */
  readonly hatch?: HatchConfig;
  readonly policy: PolicyConfig;
  /** The operator's keys, by which pickup grants are signed beside the kiosk's own. */
  readonly grants: { readonly keys: readonly GrantKeyConfig[] };
  readonly keypad: KeypadConfig;
  readonly scanner: ScannerConfig;
  readonly notices: NoticesConfig;
  readonly log: { readonly level: LogLevel };
  readonly kiosk: { readonly profile: Profile; readonly language: Language };
  /**
   * Where the sockets of the API lie; without a folder there is no API. The figures of `/metrics`
   * are also on that port of 127.0.0.1.
   */
  readonly api: { readonly folder?: string; readonly metricsPort?: number };
  /** Without it the kiosk has no cloud. */
  readonly cloud?: CloudConfig;
  /** Where commissioning leaves its findings; beside the database unless told. */
  readonly doorMap: { readonly path: string };
}

/** How people are told (docs/NOTICES.md). */
interface NoticesConfig {
  /** With a folder, notices become files there instead of messages: for trials. */
  readonly spool?: string;
  /** The first of these that a recipient has carries codes, the next one second numbers. */
  readonly order: readonly Channel[];
  /** What one recipient is sent within a day. */
  readonly perDay: number;
  readonly routes: RoutesConfig;
  /** Who is told of faults. */
  readonly operator?: { readonly email?: string; readonly phone?: string };
  readonly email?: EmailConfig;
  readonly sms?: SmsConfig;
}

/** Over which channels what goes; numbers go by `order`. */
interface RoutesConfig {
  readonly reminder: Route;
  readonly expired: Route;
  readonly retrieved: Route;
  readonly cancelled: Route;
  readonly slotFault: Route;
  readonly untold: Route;
  readonly channelDown: Route;
}

type Channel = 'sms' | 'email' | 'cloud';
type Route = 'first' | 'each' | Channel | 'journal';

/** A mail server that takes messages of this kiosk. */
export interface EmailConfig {
  readonly host: string;
  readonly port?: number;
  /** TLS from the first byte, or begun by STARTTLS; none on the machine itself only. */
  readonly security: 'tls' | 'starttls' | 'none';
  /** PEM file of who vouches for the server, where that is nobody whom everybody knows. */
  readonly ca?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly from: string;
}

/** A gateway that makes text messages of HTTP requests. */
export interface SmsConfig {
  /** Here and in the body, `{to}`, `{text}` and `{id}` are filled in. */
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'GET';
  /** What the body is, and so how values are written in it. */
  readonly type: 'json' | 'form';
  readonly body?: string;
  /** With `{id}` and `{secret}`. */
  readonly headers: Readonly<Record<string, string>>;
  /** With a user, name and secret go as HTTP basic authentication. */
  readonly user?: string;
  /** Holds the token, password or key. */
  readonly secretFile?: string;
  readonly signature?: SignatureConfig;
}

/** HMAC-SHA-256 over the body, with the secret as its key. */
interface SignatureConfig {
  readonly header: string;
  readonly encoding: 'hex' | 'base64';
  readonly prefix: string;
}

export interface CloudConfig {
  /** `mqtts://host:port`, or `mqtt://…` to a broker on the machine itself. */
  readonly broker: string;
  /** PEM files of the TLS connection; all three, or none where the broker is local. */
  readonly certificate?: string;
  readonly key?: string;
  readonly ca?: string;
  /** Whether what comes from the cloud must be signed; `off` is for demonstrations. */
  readonly signed: 'require' | 'off';
  /** SubjectPublicKeyInfo in base64, of Ed25519; X25519 seals what the cloud is to tell. */
  readonly rootKey: string;
  readonly commandKey: string;
  readonly peopleKey: string;
  readonly notifyKey?: string;
}

interface GrantKeyConfig {
  /** Named by each grant; 1 to 255. */
  readonly kid: number;
  /** Ed25519, a SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
}

/** Keys at the wall itself, besides those of a terminal. */
interface KeypadConfig {
  /** An input device of the kernel, such as a USB keypad is. */
  readonly device?: string;
  /** A serial port; each key is a line with that one character. */
  readonly port?: string;
  readonly baud: number;
}

/** A scanner of QR codes and labels: on a serial port, or one that types like a keyboard. */
interface ScannerConfig {
  /** An input device of the kernel, such as a USB scanner is that types. */
  readonly device?: string;
  readonly port?: string;
  readonly baud: number;
  readonly types: boolean;
}

interface SiteConfig {
  /** The kiosk's id: `[A-Za-z0-9_-]{1,32}`, as every id here. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
  readonly helpPhone: string;
  /** The country's calling code, with which a number typed as at home is complete. */
  readonly countryCode?: string;
  /** What stands before a number within the country. */
  readonly trunkPrefix: string;
  /** From small to large. */
  readonly sizes: readonly string[];
  /** When people can reach it: days and hours such as `mo-fr 06:00-22:00`; always without any. */
  readonly openingHours: readonly string[];
  /** Serves nobody before its doors were commissioned as they are wired now (B11). */
  readonly production: boolean;
}

export interface BusConfig {
  readonly name: string;
  /** Path of the serial device, or `tcp://host:port`. */
  readonly port: string;
  readonly baud: number;
  /** Buses on one supply energise one lock at a time (R7); a bus has one of its own unless told. */
  readonly supply: string;
  /** Pace of boards where nothing is expected. */
  readonly idlePollMs: number;
  /** Pace of boards whose doors are awaited. */
  readonly activePollMs: number;
  /** Silence before each request, where an adapter needs more than the boards do. */
  readonly quietMs?: number;
  readonly boards: readonly BoardConfig[];
}

interface BoardConfig {
  /** No other board of the site has it. */
  readonly id: string;
  /** No other board of the bus has it. */
  readonly address: number;
  readonly family: string;
  readonly channels: number;
  /** The choice made for every setting that the family has. */
  readonly settings: Readonly<Record<string, string>>;
}

interface LockerConfig {
  readonly id: string;
  readonly slots: readonly SlotConfig[];
}

export interface SlotConfig {
  /** No other slot of the locker has it. */
  readonly id: string;
  /** The number on the door; no other slot of the site has it. */
  readonly number: number;
  readonly size: string;
  readonly board: string;
  /** From 1. */
  readonly channel: number;
  /** Low enough for everybody (R27). */
  readonly accessible: boolean;
  readonly doorContact: DoorContact;
  /** Whether a sensor says what lies inside. */
  readonly occupancy: boolean;
}

interface HatchConfig {
  readonly board: string;
  /** From 1. */
  readonly channel: number;
  readonly doorContact: DoorContact;
}

/** What the feedback contact of a slot does; an installation may have either kind. */
type DoorContact = 'closed-when-shut' | 'closed-when-open';

interface PolicyConfig {
  readonly strategy: StrategyName;
  /** How long a parcel may lie (M6). */
  readonly holdDays: number;
  /** How long before the end the recipient is reminded. */
  readonly reminderHours: number;
  /** What recipients are asked for (M8). */
  readonly codes: CodePolicy;
  /** Random digits of the pickup code; its check digit comes on top. */
  readonly codeDigits: number;
  readonly secondDigits: number;
  /** What a scanned grant replaces (M17). */
  readonly qr: 'replaces-code' | 'replaces-both' | 'off';
  /** Reopening needs no new code for so long (R12). */
  readonly graceSeconds: number;
}

type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** How much time the screens give (R28). */
type Profile = 'normal' | 'extended';

/** What must be known of a family of boards to check its use; hardware's `Family` has it all. */
export interface FamilyLimits {
  /** Baud rate from the factory. */
  readonly baud: number;
  readonly addresses: { readonly min: number; readonly max: number };
  readonly channelsMax: number;
  readonly pulseMs: {
    readonly min: number;
    readonly max: number;
    readonly only?: readonly number[];
  };
  readonly senses: { readonly occupancy: boolean };
  /** Allowed values by the name of the setting, the default first. */
  readonly settings: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** What a board with these choices can do, in families where the choices change it. */
  limitsWith?(settings: Readonly<Record<string, string>>): {
    readonly channelsMax: number;
    readonly occupancy: boolean;
  };
  /** Names of the families beside which boards of this one can be understood. */
  readonly mayShareBusWith: readonly string[];
}

/** The families by the names that the config calls them. */
export type Families = ReadonlyMap<string, FamilyLimits>;

/** The site as the domain sees it: no boards, no channels. */
export function sitePlan({ site, lockers, limits }: Config): SitePlan {
  const { id: kiosk, name, address, city, timeZone, helpPhone, sizes } = site;
  const slots = lockers.flatMap((locker) =>
    locker.slots.map((slot) => ({ ...slot, id: `${locker.id}/${slot.id}` })),
  );
  return {
    kiosk,
    name,
    address,
    city,
    timeZone,
    helpPhone,
    sizes,
    limits,
    slots: slots.map(({ id, number, size, accessible }, order) => {
      return { id, number, size, rank: sizes.indexOf(size), accessible, order };
    }),
  };
}
