import type { IncomingMessage } from 'node:http';

/** The names of this machine by which local servers are known. */
const NAMES = ['127.0.0.1', 'localhost'];

/**
 * Whether the request was sent to this server by its own name and port. Else a page of the network,
 * with a name that leads to this machine (DNS rebinding), could ask what only this machine may ask.
 */
export function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  return NAMES.some((name) => headers.host === `${name}:${socket.localPort}`);
}
