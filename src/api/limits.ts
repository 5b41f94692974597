/** No request has more to say. */
export const BODY_MAX_BYTES = 16_384;
/** Connections to one socket at once: one for each stream, and some to ask. */
export const CONNECTIONS_MAX = 160;
/** Streams open at once over one socket: its readers take none from the keypad. */
export const STREAMS_MAX = 128;
/** A reader of a stream who lets so much wait is cut off. */
export const UNREAD_MAX_BYTES = 1_048_576;
/** Whoever takes nothing of a reply for so long is cut off: all of it waits in memory. */
export const UNREAD_MAX_MS = 30_000;
/** Panels over the socket at once. */
export const PANELS_MAX = 8;
/** The one path that the loopback port has. */
export const METRICS_PATH = '/metrics';
/** Rows of the journal in one reply. */
export const ROWS_MAX = 1_000;
