/**
 * A text message to Aurora, as Twilio brings it, and what Aurora replies.
 *
 * Differs from Twilio: a reply is handed back at once, in order, and then reported to its
 * `statusCallback` as sent and delivered, or as undelivered; media have a type and nothing in them.
 */
import type { Exchange, TelephoneEvent } from './events.ts';
import { type Fault, fault } from './faults.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from './local-account.ts';
import { NOTHING_SET, type NumberSettings } from './number-settings.ts';
import { incomingSmsParameters, newSid, smsStatusParameters } from './parameters.ts';
import type { Switchboard } from './switchboard.ts';
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
  /** Default: where the number leads at Twilio, else `{baseUrl}/incoming-message`. */
  readonly messageUrl?: string;
  /** Where the settings of numbers are known. */
  readonly switchboard?: Pick<Switchboard, 'settingsOf'>;
  /** The types of what comes with the message, such as `image/jpeg`. */
  readonly media?: readonly string[];
  /** Other parameters of Twilio's, such as WhatsApp's `Latitude`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Twilio's error code where the replies do not reach the sender; untold, they do. */
  readonly undelivered?: string;
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
  } = options;
  const stored = (await options.switchboard?.settingsOf?.(to)) ?? NOTHING_SET;
  // A number that leads somewhere has all of its settings there.
  const settings: NumberSettings =
    options.messageUrl === undefined && stored.smsUrl !== ''
      ? stored
      : {
          ...NOTHING_SET,
          smsUrl: options.messageUrl ?? `${options.baseUrl.replace(/\/+$/, '')}/incoming-message`,
        };
  const messageUrl = settings.smsUrl;
  const exchanges: Exchange[] = [];
  const faults: Fault[] = [];
  const emit = (event: TelephoneEvent) => {
    if (event.type === 'fault') faults.push(event.fault);
    if (event.type === 'request-answered') exchanges.push(event.exchange);
    options.onEvent?.(event);
  };

  const { media = [], parameters } = options;
  const delivery = createDelivery({ authToken, product: 'messaging', emit });
  const sms = { accountSid, messageSid, from, to, body: options.body, media };
  const message = { ...incomingSmsParameters(sms), ...parameters };
  let answer = await delivery.deliver({
    purpose: 'incoming-message',
    url: messageUrl,
    method: settings.smsMethod,
    parameters: message,
  });
  if (answer.fault !== undefined && settings.smsFallbackUrl !== '') {
    emit({ type: 'fault', fault: answer.fault });
    const { code, url } = answer.fault;
    answer = await delivery.deliver({
      purpose: 'fallback',
      url: settings.smsFallbackUrl,
      method: settings.smsFallbackMethod,
      parameters: { ...message, ErrorCode: String(code), ErrorUrl: url },
    });
  }
  const read = answer.fault === undefined ? readReplies(answer) : undefined;
  for (const found of read?.faults ?? [answer.fault]) {
    if (found !== undefined) emit({ type: 'fault', fault: found });
  }
  for (const { statusCallback } of read?.replies ?? []) {
    if (statusCallback !== undefined) await report(statusCallback);
  }
  return { messageSid, replies: (read?.replies ?? []).map(({ text }) => text), exchanges, faults };

  /** What becomes of one reply, which goes from the dialled number to the sender. */
  async function report(statusCallback: string): Promise<void> {
    const reply = { accountSid, messageSid: newSid('SM'), from: to, to: from };
    const { undelivered } = options;
    for (const status of ['sent', undelivered ? 'undelivered' : 'delivered'] as const) {
      const { fault: found } = await delivery.deliver({
        purpose: 'message-status',
        url: new URL(statusCallback, messageUrl).href,
        method: 'POST',
        parameters: {
          ...smsStatusParameters(reply, status, new Date()),
          ...(status === 'undelivered' ? { ErrorCode: undelivered ?? '' } : {}),
        },
      });
      if (found !== undefined) emit({ type: 'fault', fault: found });
    }
  }
}

interface Reply {
  readonly text: string;
  readonly statusCallback?: string | undefined;
}

/** https://www.twilio.com/docs/messaging/twiml/message */
const MESSAGE_ATTRIBUTES = new Set(['to', 'from', 'action', 'method', 'statusCallback']);

/** TwiML with any number of messages, or plain text that is the reply itself. */
function readReplies(answer: Exclude<Delivered, { fault: Fault }>): {
  replies: Reply[];
  faults: Fault[];
} {
  const type = answer.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (answer.status === 204 || answer.body === '') return { replies: [], faults: [] };
  if (type === 'text/plain') return check([{ text: answer.body }], [], answer.url);
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
  const attributes = messages.flatMap((message) => Object.keys(message.attributes));
  for (const name of attributes.filter((known) => !MESSAGE_ATTRIBUTES.has(known))) {
    faults.push(fault('unknown-attribute', `<Message> has no attribute ${name}`, answer.url));
  }
  const replies = messages.map((message) => ({
    text: messageText(message),
    statusCallback: message.attributes.statusCallback,
  }));
  return check(replies, faults, answer.url);
}

function messageText(message: TwimlElement): string {
  const bodies = message.children.filter(({ name }) => name === 'Body');
  return bodies.length > 0 ? bodies.map(({ text }) => text).join('') : message.ownText;
}

/** A message that is empty or too long is not sent. */
function check(all: Reply[], faults: Fault[], url: string) {
  const replies = all.filter(({ text }) => text.trim() !== '' && text.length <= LONGEST_MESSAGE);
  const refused = all.filter((reply) => !replies.includes(reply));
  const messages = refused.map(({ text: { length } }) =>
    fault('message-too-long', `a message has ${length} characters; 1 to 1600 are sent`, url),
  );
  return { replies, faults: [...faults, ...messages] };
}
