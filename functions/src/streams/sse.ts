/** One event of a stream, before it is written. */
export interface SseEvent {
  /** The place to go on from, as the client sends it back; absent: the last one stays. */
  id?: string;
  event: string;
  /** Any text; JSON as a rule. */
  data: string;
}

/** What ends a line in a stream; U+2028 and its like do not. */
const LINE_END = /\r\n|\r|\n/;

const EVENT_NAME = /^[a-z_]+$/;

/** Printable ASCII without spaces: a header brings it back, and some clients encode anything else twice. */
const ID = /^[!-~]+$/;

/**
 * An event as it stands on the wire. Throws TypeError for an id or a name that would not come back as
 * it is, or would break out of its line.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function sseEvent({ id, event, data }: SseEvent): string {
  if (!EVENT_NAME.test(event)) throw new TypeError('An event has a name of small letters.');
  if (id !== undefined && !ID.test(id)) throw new TypeError('An id is printable ASCII.');
  const lines = data.split(LINE_END).map((line) => `data: ${line}\n`);
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\n${lines.join('')}\n`;
}

/** Milliseconds after which a client that has lost its stream comes back. */
export function sseRetry(milliseconds: number): string {
  return `retry: ${Math.round(milliseconds)}\n\n`;
}

/** Says nothing; it makes proxies send what they hold. */
export function sseComment(text: string): string {
  return `: ${text.split(LINE_END).join(' ')}\n\n`;
}
