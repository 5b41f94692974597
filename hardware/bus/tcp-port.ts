import { connect, type Socket } from 'node:net';
import type { BytePort, BytePortHandlers, OpenBytePort } from './byte-port.ts';
import { PortError } from './errors.ts';
import { TCP_CONNECT_MS_MAX, TCP_KEEP_ALIVE_MS, TCP_UNHEARD_WRITES_MAX } from './limits.ts';

/**
 * A serial gateway in the network: bytes as they are, without Telnet. `written` says that the
 * system took the bytes, as it is with a serial adapter. `lost` gets a `PortError`.
 */
export function tcpPort(host: string, port: number): OpenBytePort {
  return (handlers) => {
    const socket = connect({
      host,
      port,
      // A request is one small piece, and must not wait for the next one.
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
      timeout: TCP_CONNECT_MS_MAX,
    });
    new TcpPipe(socket, `tcp://${host}:${port}`, handlers).listen();
  };
}

class TcpPipe implements BytePort {
  readonly #socket: Socket;
  readonly #name: string;
  readonly #handlers: BytePortHandlers;
  #open = false;
  #ended = false;
  /** Writes since bytes came in last; none is counted before bytes came in at all. */
  #unheard: number | undefined;

  constructor(socket: Socket, name: string, handlers: BytePortHandlers) {
    this.#socket = socket;
    this.#name = name;
    this.#handlers = handlers;
  }

  listen(): void {
    const socket = this.#socket;
    socket.on('connect', () => {
      if (this.#ended) return;
      this.#open = true;
      this.#handlers.opened(this);
    });
    socket.on('data', (chunk: Uint8Array) => {
      if (this.#ended) return;
      this.#unheard = 0;
      this.#handlers.bytes(chunk);
    });
    socket.on('timeout', () => {
      // Silence on an open connection is the board's, and the bus deals with it.
      if (this.#open) return;
      this.#lose('cannot-open', new Error(`no connection within ${TCP_CONNECT_MS_MAX} ms`));
    });
    socket.on('error', (error) => this.#lose(this.#open ? 'failed' : 'cannot-open', error));
    socket.on('end', () => this.#lose('gone', null));
    socket.on('close', () => this.#lose('gone', null));
  }

  write(bytes: Uint8Array, written: (error?: Error) => void): void {
    if (this.#ended) {
      written(new PortError('gone', this.#name));
      return;
    }
    // TCP keeps what it cannot deliver and delivers it when the network is back, an unlock too.
    // So a connection that has fallen silent is given up with all that it holds (R21).
    if (this.#unheard !== undefined && this.#unheard >= TCP_UNHEARD_WRITES_MAX) {
      written(new PortError('gone', this.#name));
      this.#lose('failed', new Error(`nothing heard after ${this.#unheard} requests`));
      return;
    }
    if (this.#unheard !== undefined) this.#unheard += 1;
    this.#socket.write(bytes, (failed) => {
      if (failed) this.#lose('failed', failed);
      else if (!this.#ended) written();
    });
  }

  close(): void {
    this.#ended = true;
    // What the system still holds for the wire must not leave any more.
    if (this.#open) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  #lose(kind: PortError['kind'], cause: Error | null): void {
    if (this.#ended) return;
    this.close();
    this.#handlers.lost(new PortError(kind, this.#name, cause));
  }
}
