/** Our own mistake: the caller asked for what the configuration or the family cannot give. */
export class BusMisuse extends Error {
  override readonly name = 'BusMisuse';
}

/** The world's fault: a serial port could not be opened, or failed, or went away. */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly kind: 'cannot-open' | 'failed' | 'gone';

  constructor(kind: PortError['kind'], path: string, cause?: Error | null) {
    super(`${path}: ${kind}${cause ? `, ${cause.message}` : ''}`, { cause });
    this.kind = kind;
  }
}
