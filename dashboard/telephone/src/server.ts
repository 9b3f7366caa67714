import { createParser } from 'eventsource-parser';
import type {
  DeskEvent,
  Refusal,
  RequestName,
  RequestOf,
} from '../../../emulators/telephone-page/protocol.ts';

/** What the server refused, in its own words, which say what to do. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** @throws RefusedError; TypeError where nobody answers */
export async function ask<Answer, Name extends RequestName>(
  name: Name,
  of: RequestOf<Name>,
): Promise<Answer> {
  const response = await send(name, of);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** Resolves when the stream is over; until then the page has a desk. @throws as `ask` */
export async function readEvents(onEvent: (event: DeskEvent) => void): Promise<void> {
  const { body } = await send('events', {});
  const parser = createParser({ onEvent: ({ data }) => onEvent(JSON.parse(data)) });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return;
    parser.feed(next.value);
  }
}

/** Each is a POST, with which a browser says which page it comes from. */
async function send(name: string, of: object): Promise<Response> {
  const response = await fetch(`/telephone/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(of),
  });
  if (response.ok) return response;
  const refusal = (await response.json().catch(() => undefined)) as Refusal | undefined;
  throw new RefusedError(refusal?.error.message ?? `Status ${response.status}`);
}
