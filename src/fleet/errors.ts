/** What keeps an operator from seeing or telling kiosks; whoever asked decides how to end. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
  readonly kind: 'unreachable' | 'misused' | 'not_now';

  constructor(kind: FleetError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
