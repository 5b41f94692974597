import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The types of packets that this side looks at (MQTT 5, section 2.1.2). */
const CONNECT = 1;
const PUBLISH = 3;
const PUBACK = 4;
const SUBSCRIBE = 8;
const CONNACK_GOOD = [0x20, 0x03, 0x00, 0x00, 0x00];
const CONNACK_REFUSED = [0x20, 0x03, 0x00, 0x87, 0x00];

/** A broker that follows a script no real one would, byte by byte. */
export class RawBroker {
  /** Bodies of the packets that came, by type. */
  readonly connects: string[] = [];
  published = 0;
  acknowledged = 0;
  /** The reason of each PUBACK; null sends none. */
  answers: number | null = null;
  refuses = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port: ReturnType<Server['address']> = null;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#serve(socket));
    onTestFinished(() => {
      this.drop();
      server.close();
    });
  }

  static start(): Promise<RawBroker> {
    return new Promise((resolve) => {
      const server = createServer();
      const broker = new RawBroker(server);
      server.listen(0, '127.0.0.1', () => resolve(broker));
    });
  }

  get url(): string {
    const address = this.#server.address();
    return `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  /** Breaks every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nobody is there any more, on the same port. */
  async away(): Promise<void> {
    this.#port = this.#server.address();
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  back(): Promise<void> {
    return new Promise((resolve) => {
      const port = typeof this.#port === 'object' ? this.#port?.port : undefined;
      this.#server.listen(port, '127.0.0.1', resolve);
    });
  }

  /** Sends the bytes to everybody. */
  say(bytes: readonly number[]): void {
    for (const socket of this.#sockets) socket.write(Buffer.from(bytes));
  }

  #serve(socket: Socket): void {
    let bytes = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (;;) {
        const packet = cut(bytes);
        if (packet === null) return;
        bytes = bytes.subarray(packet.length);
        this.#packet(socket, packet);
      }
    });
  }

  #packet(socket: Socket, packet: Buffer): void {
    const type = (packet[0] ?? 0) >> 4;
    if (type === CONNECT) {
      this.connects.push(packet.toString('latin1'));
      socket.write(Buffer.from(this.refuses ? CONNACK_REFUSED : CONNACK_GOOD));
    }
    if (type === PUBACK) this.acknowledged += 1;
    if (type === PUBLISH) this.#published(socket, packet);
    // Granted, three times QoS 1, for the packet's id.
    if (type === SUBSCRIBE) {
      socket.write(Buffer.from([0x90, 0x06, packet[2] ?? 0, packet[3] ?? 0, 0x00, 1, 1, 1]));
    }
  }

  /** The packet's id stands behind the topic, where the quality of service is 1. */
  #published(socket: Socket, packet: Buffer): void {
    this.published += 1;
    const head = 1 + lengthBytes(packet);
    const isSure = ((packet[0] ?? 0) & 0x06) !== 0;
    if (this.answers === null || !isSure) return;
    const at = head + 2 + packet.readUInt16BE(head);
    const reason = this.answers;
    socket.write(Buffer.from([0x40, 0x04, packet[at] ?? 0, packet[at + 1] ?? 0, reason, 0x00]));
  }
}

/** How many bytes the length of a packet takes. */
function lengthBytes(packet: Buffer): number {
  let count = 1;
  while (((packet[count] ?? 0) & 0x80) !== 0) count += 1;
  return count;
}

/** The first whole packet: a byte, the length of the rest in groups of 7 bits, and the rest. */
function cut(bytes: Buffer): Buffer | null {
  let length = 0;
  for (let index = 1; index < 5; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 128 ** (index - 1);
    if ((byte & 0x80) === 0) {
      const end = index + 1 + length;
      return bytes.length < end ? null : bytes.subarray(0, end);
    }
  }
  return null;
}
