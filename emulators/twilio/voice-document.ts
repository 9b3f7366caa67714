/** From the answer to a webhook to a document that can be executed, or what is wrong with it. */
import { type Fault, fault } from './faults.ts';
import { parseTwiml } from './twiml-document.ts';
import { readVerbs, type Verb } from './twiml-rules.ts';
import type { Delivered } from './webhook-delivery.ts';

export interface VoiceDocument {
  /** What its relative URLs are relative to; undefined when it came over REST. */
  readonly url: string | undefined;
  readonly verbs: readonly Verb[];
  readonly warnings: readonly Fault[];
}

const TWIML_CONTENT_TYPES = new Set(['text/xml', 'application/xml', 'text/html']);

/**
 * Twilio also plays audio and reads plain text aloud, and hangs up after either; Aurora never means
 * that, so it is a wrong content type here.
 */
export function readAnswer(
  answer: Exclude<Delivered, { fault: Fault }>,
): VoiceDocument | { fault: Fault } {
  const type = answer.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!TWIML_CONTENT_TYPES.has(type)) {
    const message = `the content type is ${type || 'missing'}, TwiML is text/xml`;
    return { fault: fault('wrong-content-type', message, answer.url) };
  }
  return readDocument(answer.body, answer.url);
}

export function readDocument(
  text: string,
  url: string | undefined,
): VoiceDocument | { fault: Fault } {
  const parsed = parseTwiml(text, url ?? '');
  if ('fault' in parsed) return parsed;
  const { verbs, faults } = readVerbs(parsed.root, url ?? '');
  return { url, verbs, warnings: faults };
}
