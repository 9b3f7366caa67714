/**
 * A text message to Aurora, as Twilio brings it, and what Aurora replies.
 *
 * Differs from Twilio: the reply is handed back, not sent; there is no fallback URL, because Aurora
 * configures none for messages.
 */
import type { Exchange, TelephoneEvent } from './events.ts';
import { type Fault, fault } from './faults.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from './local-account.ts';
import { incomingSmsParameters, newSid } from './parameters.ts';
import { parseTwiml, type TwimlElement } from './twiml-document.ts';
import { createDelivery, type Delivered } from './webhook-delivery.ts';

export interface SmsOptions {
  readonly baseUrl: string;
  readonly body: string;
  readonly from?: string;
  readonly to?: string;
  readonly accountSid?: string;
  readonly authToken?: string;
  /** The same again is the same message, delivered twice. Random unless told. */
  readonly messageSid?: string;
  /** Default `{baseUrl}/incoming-message`. */
  readonly messageUrl?: string;
  readonly onEvent?: (event: TelephoneEvent) => void;
}

export interface SmsResult {
  readonly messageSid: string;
  readonly replies: readonly string[];
  readonly exchanges: readonly Exchange[];
  readonly faults: readonly Fault[];
}

const LONGEST_MESSAGE = 1_600;

export async function sendSms(options: SmsOptions): Promise<SmsResult> {
  const {
    accountSid = LOCAL_ACCOUNT_SID,
    authToken = LOCAL_AUTH_TOKEN,
    from = LOCAL_CALLER_NUMBER,
    to = LOCAL_DEMO_NUMBER,
    messageSid = newSid('SM'),
    messageUrl = `${options.baseUrl.replace(/\/+$/, '')}/incoming-message`,
  } = options;
  const exchanges: Exchange[] = [];
  const faults: Fault[] = [];
  const emit = (event: TelephoneEvent) => {
    if (event.type === 'fault') faults.push(event.fault);
    if (event.type === 'request-answered') exchanges.push(event.exchange);
    options.onEvent?.(event);
  };

  const answer = await createDelivery({ authToken, product: 'messaging', emit }).deliver({
    purpose: 'incoming-message',
    url: messageUrl,
    method: 'POST',
    parameters: incomingSmsParameters({ accountSid, messageSid, from, to, body: options.body }),
  });
  const read = answer.fault === undefined ? readReplies(answer) : undefined;
  for (const found of read?.faults ?? [answer.fault]) {
    if (found !== undefined) emit({ type: 'fault', fault: found });
  }
  return { messageSid, replies: read?.replies ?? [], exchanges, faults };
}

/** TwiML with any number of messages, or plain text that is the reply itself. */
function readReplies(answer: Exclude<Delivered, { fault: Fault }>): {
  replies: string[];
  faults: Fault[];
} {
  const type = answer.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (answer.status === 204 || answer.body === '') return { replies: [], faults: [] };
  if (type === 'text/plain') return check([answer.body], [], answer.url);
  if (type !== 'text/xml' && type !== 'application/xml' && type !== 'text/html') {
    const message = `the content type is ${type || 'missing'}, TwiML is text/xml`;
    return { replies: [], faults: [fault('wrong-content-type', message, answer.url)] };
  }
  const parsed = parseTwiml(answer.body, answer.url);
  if ('fault' in parsed) return { replies: [], faults: [parsed.fault] };
  const unknown = parsed.root.children.filter(({ name }) => name !== 'Message');
  const faults = unknown.map(({ name }) =>
    fault('unknown-verb', `<${name}> is not a messaging verb that is known here`, answer.url),
  );
  const messages = parsed.root.children.filter(({ name }) => name === 'Message');
  return check(messages.map(messageText), faults, answer.url);
}

function messageText(message: TwimlElement): string {
  const bodies = message.children.filter(({ name }) => name === 'Body');
  return bodies.length > 0 ? bodies.map(({ text }) => text).join('') : message.ownText;
}

/** A message that is empty or too long is not sent. */
function check(texts: string[], faults: Fault[], url: string) {
  const replies = texts.filter((text) => text.trim() !== '' && text.length <= LONGEST_MESSAGE);
  const refused = texts.filter((text) => !replies.includes(text));
  const messages = refused.map(({ length }) =>
    fault('message-too-long', `a message has ${length} characters; 1 to 1600 are sent`, url),
  );
  return { replies, faults: [...faults, ...messages] };
}
