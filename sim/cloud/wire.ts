/** What the consumer needs of a connection to the broker, real or scripted. */
export interface CloudWire {
  publish(message: CloudMessage): void;
  subscribe(filter: string, receive: (topic: string, payload: string) => void): void;
}

export interface CloudMessage {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly expiryS?: number;
  readonly kid?: string;
  readonly sig?: string;
}
