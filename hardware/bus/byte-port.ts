/** An open half-duplex byte pipe to a bus: a serial port, a pseudo terminal or a simulated wire. */
export interface BytePort {
  /**
   * Hands bytes to the wire. `written` is called once: without an error when the bytes were
   * accepted, with one when it is certain that none of them left (nothing else may be assumed).
   */
  write(bytes: Uint8Array, written: (error?: Error) => void): void;
  /** Closes the pipe; no handler is called afterwards. Closing twice does nothing. */
  close(): void;
}

export interface BytePortHandlers {
  opened(port: BytePort): void;
  /** Bytes in the order in which they came; chunk borders mean nothing. */
  bytes(chunk: Uint8Array): void;
  /** The port could not be opened, or went away. Called at most once for each `OpenBytePort`. */
  lost(error: Error): void;
}

/** Opens a port; the outcome, and everything after it, comes through the handlers. */
export type OpenBytePort = (handlers: BytePortHandlers) => void;
