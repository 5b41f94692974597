/**
 * Cuts a stream of bytes into lines. It is declared here and made outside (see
 * `hardware/bus/line-splitter.ts`), because a wire folder imports no library.
 */
export interface LineSplitter {
  /** Takes bytes; returns the lines they complete, as latin1 text without their `\n`. */
  push(bytes: Uint8Array): readonly string[];
}
