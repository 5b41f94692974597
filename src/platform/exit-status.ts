/** Statuses of sysexits.h that the daemon ends with; a restart mends all but the last. */

/** EX_USAGE: the command was not used as it can be. */
export const EX_USAGE = 64;
/** EX_DATAERR: a file is not what it should be. */
export const EX_DATAERR = 65;
/** EX_NOINPUT: a file cannot be read. */
export const EX_NOINPUT = 66;
/** EX_UNAVAILABLE: what is asked is not there. */
export const EX_UNAVAILABLE = 69;
/** EX_SOFTWARE: our bug. */
export const EX_SOFTWARE = 70;
/** EX_TEMPFAIL: somebody else holds what is needed now. */
export const EX_TEMPFAIL = 75;
/** EX_NOPERM: this user may not. */
export const EX_NOPERM = 77;
/** EX_CONFIG: it will not start before a person has changed something. */
export const EX_CONFIG = 78;
