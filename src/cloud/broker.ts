/** The port to a broker: one connection at a time, which never comes back by itself. */

export interface Outgoing {
  readonly topic: string;
  /** JSON text; empty deletes what is retained. */
  readonly payload: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** The broker drops the message after so long. */
  readonly expiryS?: number;
}

export interface Incoming {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** It was kept by the broker, not sent now. */
  readonly retained: boolean;
  /** Who signed it, and the signature in base64 (user properties). */
  readonly kid: string | null;
  readonly sig: string | null;
}

/** What a client says when it connects. */
export interface Hello {
  readonly clientId: string;
  readonly will: Outgoing;
}

/** How a connection ended, or why it never came to be. */
export interface Parting {
  readonly why: 'unreachable' | 'refused' | 'taken_over' | 'lost';
  readonly detail: string;
}

export interface BrokerEvents {
  /** `receiveMax`: how many packets the broker lets wait for its acknowledgement, if it says so. */
  opened(receiveMax?: number): void;
  /**
   * A message, acknowledged when this returned true. False leaves it with the broker, which brings
   * it again on the next connection.
   */
  message(message: Incoming): boolean;
  /** Called once, after which nothing else is. */
  closed(parting: Parting): void;
}

/** What became of a message: the broker has it, forbids it for good, or is gone. */
export type Fate = 'acknowledged' | 'forbidden' | 'lost';

export interface BrokerConnection {
  /** Asks for the topics; `done` says whether all were granted. */
  subscribe(topics: readonly string[], done: (granted: boolean) => void): void;
  publish(message: Outgoing, done: (fate: Fate) => void): void;
  /** Leaves in order, so that the will is not told, or at once; `closed` follows. */
  end(inOrder: boolean): void;
}

export type OpenBroker = (hello: Hello, events: BrokerEvents) => BrokerConnection;
