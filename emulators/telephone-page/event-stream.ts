import type { ServerResponse } from 'node:http';
import type { DeskEvent } from './protocol.ts';

/** Milliseconds between two signs of life, by which a page that is gone is noticed. */
const HEARTBEAT = 15_000;

/** Server-Sent Events; returns how one is sent. */
export function openEventStream(
  response: ServerResponse,
  onClosed: () => void,
): (event: DeskEvent) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT);
  response.once('close', () => {
    clearInterval(heartbeat);
    onClosed();
  });
  return (event) => void response.write(`data: ${JSON.stringify(event)}\n\n`);
}
