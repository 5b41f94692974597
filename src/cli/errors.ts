import { FleetError } from '../fleet/errors.ts';
import {
  EX_NOPERM,
  EX_SOFTWARE,
  EX_TEMPFAIL,
  EX_UNAVAILABLE,
  EX_USAGE,
} from '../platform/exit-status.ts';

/** There is no daemon behind the socket, or it is not for this user. */
export class CannotReach extends Error {
  readonly exitStatus: number;

  constructor(path: string, { code, message }: NodeJS.ErrnoException) {
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    super(`${path}: ${WHY[code ?? ''] ?? message}`);
    this.exitStatus = isForbidden ? EX_NOPERM : EX_UNAVAILABLE;
  }
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; it is for members of its group (id says yours)',
  EPERM: 'permission denied; it is for members of its group (id says yours)',
  ENOENT:
    'no such socket; is lockerd running, and is this the folder of its config key api.folder?',
  ECONNREFUSED: 'nobody answers; lockerd was killed, or is stopping',
};

/** Keys come from a terminal, and stdin is none. */
export class NoTerminal extends Error {
  readonly exitStatus = EX_USAGE;

  constructor() {
    super('stdin is no terminal, and the keypad takes its keys from one');
  }
}

/** The daemon answered that it will not. */
export class Refused extends Error {
  readonly exitStatus: number;

  constructor(code: string, message: string) {
    super(message);
    this.exitStatus = STATUS[code] ?? EX_TEMPFAIL;
  }
}

const STATUS: Readonly<Record<string, number>> = {
  BAD_REQUEST: EX_USAGE,
  BAD_PIN: EX_USAGE,
  NO_ROUTE: EX_USAGE,
  NO_SLOT: EX_USAGE,
  NO_PARCEL: EX_USAGE,
  NO_PANEL: EX_USAGE,
  NO_NOTICE: EX_USAGE,
  NO_PERSON: EX_USAGE,
  NO_REF: EX_USAGE,
  NO_LEASE: EX_NOPERM,
  WRONG: EX_NOPERM,
  ADMINS_ONLY: EX_NOPERM,
  WAIT: EX_TEMPFAIL,
  FAULT: EX_SOFTWARE,
};

/** Nobody said which broker, or not in a way that can be dialled. */
export class NoBroker extends Error {
  readonly exitStatus = EX_USAGE;

  constructor(url: string | undefined) {
    const said = url === undefined ? 'no broker was named' : `"${url}" is no broker`;
    super(`${said}: --broker mqtts://host:port, or the variable LOCKERD_BROKER`);
  }
}

/** A file of the command line cannot be read. */
export class NotReadable extends Error {
  readonly exitStatus = EX_USAGE;

  constructor(path: string, { code, message }: NodeJS.ErrnoException) {
    super(`${path}: ${code === 'ENOENT' ? 'no such file' : message}`);
  }
}

const FLEET_STATUS: Readonly<Record<FleetError['kind'], number>> = {
  unreachable: EX_UNAVAILABLE,
  misused: EX_USAGE,
  not_now: EX_TEMPFAIL,
};

/** Gives what is wrong with the fleet its status. */
export async function orStatus<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    throw Object.assign(error, { exitStatus: FLEET_STATUS[error.kind] });
  }
}
