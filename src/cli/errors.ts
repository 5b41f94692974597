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
  NO_ROUTE: EX_USAGE,
  NO_SLOT: EX_USAGE,
  NO_PARCEL: EX_USAGE,
  NO_PANEL: EX_USAGE,
  NO_LEASE: EX_NOPERM,
  WRONG: EX_NOPERM,
  WAIT: EX_TEMPFAIL,
  FAULT: EX_SOFTWARE,
};
