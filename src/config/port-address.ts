/** Where a bus is reached: a serial device, or a serial gateway in the network. */
type PortAddress =
  | { readonly kind: 'serial'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

const SCHEME = 'tcp://';
/** A name, an IPv4 address, or an IPv6 address in brackets; then the port. */
const HOST_AND_PORT = /^(?:\[([\dA-Fa-f:.]+)\]|([\w.-]+)):(\d{1,5})$/;
const PORT_MAX = 65_535;

/** What the text names; undefined when it says `tcp://` and not where. */
export function portAddress(text: string): PortAddress | undefined {
  if (!text.startsWith(SCHEME)) return { kind: 'serial', path: text };
  const [, bracketed, plain, digits] = HOST_AND_PORT.exec(text.slice(SCHEME.length)) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || !(port >= 1 && port <= PORT_MAX)) return undefined;
  return { kind: 'tcp', host, port };
}
