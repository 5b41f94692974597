/** Every limit of the bus in one place; the unit is in the name. */

/** An unlock waits at most this long for its turn (R21). */
export const UNLOCK_WAIT_MS_MAX = 10_000;
/** More unlocks than this in one queue are a fault of the caller; each waits for the one before. */
export const UNLOCK_QUEUE_JOBS_MAX = 16;
/** Supply and coil rest between the end of a pulse and the next one (R7). */
export const COIL_REST_MS = 300;
/** A lock coil is built for short pulses: this much on time in this window, and no more (I8). */
export const COIL_ON_MS_MAX = 2_500;
export const COIL_WINDOW_MS = 10_000;
/** Adapters hold a request back for up to this long before the board hears it. */
export const LATE_START_MS_MAX = 1_000;
/** Pulse of boards that keep the time themselves, unless the owner says otherwise. */
export const PULSE_MS = 300;
/** A board is polled at the active pace for this long after a pulse on it. */
export const PULSE_WATCH_MS = 3_000;

/** Defaults of the options of the same names. */
export const IDLE_POLL_MS = 250;
export const ACTIVE_POLL_MS = 40;
/** USB adapters hold short reads back for up to 16 ms, and the kernel and Node take their time. */
export const REPLY_MARGIN_MS = 60;

/** Active polls in a row while an idle board waits. */
export const ACTIVE_IN_A_ROW_MAX = 3;
/** Other turns in a row while an active board waits. */
export const OTHERS_IN_A_ROW_MAX = 2;
/** An idle board whose poll is this late goes before the active ones. */
export const IDLE_LATE_MS_MAX = 1_000;
/** Polls in a row while a probe waits; it then also waits for the next active poll. */
export const POLLS_BEFORE_PROBE_MAX = 8;
/** An offline board gets the time its like needed last, and this for an adapter's jitter. */
export const PROBE_MARGIN_MS = 30;

/** The answer to an unlock is awaited for as long as it ever took from this board, and this. */
export const UNLOCK_JITTER_MS = 100;

/** What passed to and from each board is kept for a person to read: pieces, and bytes of each. */
export const FRAMES_KEPT_MAX = 100;
export const FRAME_BYTES_KEPT_MAX = 128;

/** A board that missed this many polls in a row is offline, */
export const MISSES_MAX = 4;
/** but one in service not before it was silent for so long: some answer a second late. */
export const SILENT_MS_MIN = 1_500;
/** An offline board is probed after the first wait, then after twice as long, up to the last. */
export const OFFLINE_WAIT_MS_MIN = 1_000;
export const OFFLINE_WAIT_MS_MAX = 30_000;

/** A lost port is opened again after the first wait, then after twice as long, up to the last. */
export const REOPEN_WAIT_MS_MIN = 250;
export const REOPEN_WAIT_MS_MAX = 1_000;
/** A port that stayed open for this long starts again with the first wait. */
export const PORT_STEADY_MS = 10_000;

/** A timer that fires later than this shows that this process stalled, not that the wire did. */
export const STALL_MS = 10;
/** Time for bytes that came in during the stall to be read; given once for each exchange. */
export const STALL_GRACE_MS = 10;

/** A gateway that is there takes a connection in a fraction of this. */
export const TCP_CONNECT_MS_MAX = 5_000;
/** A connection on which nothing passes is probed by the system after this time. */
export const TCP_KEEP_ALIVE_MS = 10_000;
/** A connection that was heard before is given up after so many requests without a byte. */
export const TCP_UNHEARD_WRITES_MAX = 8;
/** What a network and a gateway, which collects bytes into packets, add to a reply. */
export const TCP_REPLY_MARGIN_MS = 250;
