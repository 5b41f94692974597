import type { SyncReading, Trust } from '../domain/clock.ts';
import type { Contact } from '../domain/person.ts';
import type { Door, Occupancy } from '../domain/slot.ts';
import type { PulseVerdict } from '../domain/slot-events.ts';

/** Everything that the use cases need of the world. Adapters implement these; nothing else may. */

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Unix time in milliseconds; may jump, is for messages only. */
  wallMs(): number;
  /** Milliseconds since an arbitrary start; never goes back. */
  monoMs(): number;
  /**
   * Runs `fire` once after `delayMs` (≥ 0). The name is for logs and simulated runs. A fine timer
   * is not late by a part of a millisecond, and holds up others for it: for silences of a wire.
   */
  after(name: string, delayMs: number, fire: () => void, isFine?: boolean): Timer;
}

/** A clock that knows how far its time of day may be relied on (R25). */
export interface TrustedClock extends Clock {
  trust(): Trust;
}

/** Whether something outside keeps the system's clock right. */
export interface TimeSync {
  read(): SyncReading;
}

export interface Random {
  /** An even integer draw: 0 ≤ result < `maxExclusive` ≤ 2³¹. */
  int(maxExclusive: number): number;
  bytes(count: number): Uint8Array;
}

/** Keyed functions; the keys live outside the database (cloud.md, "Codes"). */
export interface Vault {
  /** HMAC-SHA-256 over the kiosk, the purpose and the value, in hex. */
  digest(purpose: DigestPurpose, value: string): string;
  /** AES-256-GCM under the device key, base64. */
  seal(plain: string): string;
  /** @throws when the text was not sealed by this vault. */
  unseal(sealed: string): string;
  /** The public key for which others seal what only this kiosk is to read, in base64. */
  readonly boxKey: string;
  /** Seals for somebody else's key, base64, about this kiosk and the context. */
  sealFor(publicKey: string, context: string, text: string): string;
  /** Opens what was sealed for that key. @throws when it was not, or not for this context. */
  unbox(context: string, sealed: string): string;
  /** scrypt with a salt of its own; takes about 50 ms of another thread. */
  hashPin(pin: string): Promise<string>;
  checkPin(pin: string, hash: string): Promise<boolean>;
}

/** Numbers that a telephone makes of a secret and the time (RFC 6238). */
export interface Totp {
  /** 160 bits in base32. */
  newSecret(): string;
  /** For the app to scan: `otpauth://totp/…`. */
  uri(secret: string, issuer: string, label: string): string;
  /** The step of 30 s, at most one away from now, whose number it is; null when there is none. */
  stepOf(secret: string, token: string, wallMs: number): number | null;
}

/** The door before the boards, to which technicians have a key. */
export interface Hatch {
  /** Seen open; false where there is no contact, or its board is silent. */
  isOpen(): boolean;
}

/** What makes the journal tamper-evident; the audit key lies outside the database (B2). */
export interface Seal {
  /** Names the audit key: 16 hexadecimal digits, from the SHA-256 of its public half. */
  readonly key: string;
  /** SHA-256: 32 bytes. */
  digest(bytes: Uint8Array): Uint8Array;
  /** Ed25519 by the audit key: 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** What must be computed to know who sent a message (cloud.md, "Delivery"). */
export interface Signatures {
  /** Ed25519; keys as SubjectPublicKeyInfo and signatures, both in base64. False for any fault. */
  isBy(publicKey: string, bytes: Uint8Array, signature: string): boolean;
  /** Names a key: 16 hexadecimal digits, from the SHA-256 of its SubjectPublicKeyInfo. */
  keyId(publicKey: string): string;
  /** SHA-256 in hex. */
  digest(bytes: Uint8Array): string;
}

type DigestPurpose = 'grant' | 'code' | 'second' | 'phone' | 'staff';

/** The keys of signed pickup grants (B3). */
export interface GrantKeys {
  /** How grants name this kiosk. */
  readonly kiosk: number;
  /** Ed25519 by the kiosk's own key: 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
  /** Whether the key of that id made the signature; null where there is no such key. */
  check(kid: number, bytes: Uint8Array, signature: Uint8Array): boolean | null;
}

export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** What the board of a slot says of it. */
export interface SlotReading {
  readonly slot: string;
  readonly door: Exclude<Door, 'unknown'>;
  readonly occupancy: Occupancy;
}

/** The doors, by slot id. */
export interface Locks {
  /**
   * Sends one unlock for the slot. It waits at most 10 s for its turn and is dropped when `wanted`
   * turns false meanwhile (R21); `done` is called exactly once.
   */
  pulse(slot: string, wanted: () => boolean, done: (verdict: PulseVerdict) => void): void;
  /** Asks for fast readings of the slot's board for so long; 0 ends it. */
  attend(slot: string, forMs: number): void;
}

/** Something to tell somebody: one kind of message over one channel. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly channel: Channel;
  /** A person, or `operator`. */
  readonly recipient: string;
  /** Null in what is about the kiosk. */
  readonly parcel: string | null;
  /** Null for people whom the cloud alone can reach. */
  readonly contact: Contact | null;
  readonly values: NoticeValues;
}

/** What a recipient is told about a parcel, and the operator about the kiosk. */
export const NOTICE_KINDS = [
  'STORED',
  'CODE_REISSUED',
  'REMINDER',
  'EXPIRED',
  'RETRIEVED',
  'CANCELLED',
  'SLOT_FAULT',
  'UNTOLD',
  'CHANNEL_DOWN',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
const OWN_CHANNELS = ['sms', 'email'] as const;
/** Channels for which the kiosk itself puts notices into words. */
export type OwnChannel = (typeof OWN_CHANNELS)[number];
/** Over `cloud` a notice goes sealed to the operator's systems, which tell people. */
export const CHANNELS = [...OWN_CHANNELS, 'cloud'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface NoticeValues {
  /** The parcel that it is about, as people quote it. */
  readonly ref?: string;
  readonly code?: string;
  readonly second?: string;
  /** The numbers are the parcel's from when a channel has accepted this (M16). */
  readonly renews?: boolean;
  /** It lies higher than its recipient can reach (R27). */
  readonly tooHigh?: boolean;
  /** Grants before this generation are void with the code before this one (M16). */
  readonly gen?: number;
  /** The text of a QR code that opens the compartment (docs/GRANTS.md). */
  readonly grant?: string;
  /** Days of hold left, rounded down. */
  readonly daysLeft?: number;
  /** Wall time of the end of the hold, if nothing comes between. */
  readonly untilWall?: number;
  /** Its carrier has taken the parcel back. */
  readonly isGone?: boolean;
  /** What the operator is told of: the number on a door, or a channel; and what is wrong. */
  readonly about?: string;
  readonly trouble?: string;
}

/**
 * What became of a message: accepted; refused for good, for what it is or for whom; not taken now,
 * though others may be; or the channel itself does not work.
 */
export type Fate = 'accepted' | 'refused' | 'later' | 'down';

/** `why` is for the operator: a status or an error's name, never an address or a text. */
export type Told = (fate: Fate, why?: string) => void;

export interface NoticePort {
  /** Whether there is anybody who carries messages of this channel. */
  carries(channel: Channel): boolean;
  /** Whether messages of this channel get out now; `answered` is called once, later or at once. */
  probe(channel: Channel, answered: (ok: boolean) => void): void;
  /** Hands a notice to its channel; `told` is called once, later or at once. */
  tell(notice: Notice, told: Told): void;
}

/** The cloud, where it tells people (docs/NOTICES.md). */
export interface CloudTeller extends Omit<NoticePort, 'carries'> {
  /** Who has this phone; `found` is called once, with undefined when nobody answers in 3 s. */
  whose(phone: string, found: (person: string | null | undefined) => void): void;
}

/** Another site, as its operator names it to people. */
export interface Neighbour {
  readonly name: string;
  readonly address: string;
}

/** The operator's other sites. */
export interface Neighbours {
  /** Where a slot of this size is free; `found` is called once, with null after 3 s. */
  nearest(size: string, found: (site: Neighbour | null) => void): void;
}

/** Where the cloud stands in, once it was composed; null where it does not. */
export interface CloudOffice {
  teller: CloudTeller | null;
  neighbours: Neighbours | null;
}
