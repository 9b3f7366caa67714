/**
 * Twilio's Messages resource: records what is sent and brings it to a telephone that listens.
 *
 * Differs from Twilio: text only, no media, no messaging service, no schedule; a message that no
 * telephone listens for stays `sent`; status callbacks are `sent` and `delivered`, at once.
 */
import { z } from 'zod';
import { newSid, rfc2822, smsStatusParameters } from './parameters.ts';
import { notFound, RestError } from './rest-errors.ts';
import { countSegments } from './sms-segments.ts';
import type { CallSwitchboard, TextMessage } from './switchboard.ts';
import { createDelivery } from './webhook-delivery.ts';

export interface SentMessage extends TextMessage {
  readonly status: 'queued' | 'sent' | 'delivered';
  readonly sentAt: Date;
}

export interface MessagesOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly switchboard: CallSwitchboard;
  readonly log: (message: string) => void;
}

const LONGEST_MESSAGE = 1_600;
const MOST_MESSAGES = 1_000;
const DEFAULT_PAGE_SIZE = 50;

const newMessageSchema = z.object({
  To: z.string().default(''),
  From: z.string().default(''),
  Body: z.string().default(''),
  StatusCallback: z.string().default(''),
});
type NewMessage = z.infer<typeof newMessageSchema>;

/** The first rule that is broken is what Twilio answers. */
const RULES: { broken: (form: NewMessage) => boolean; code: number; message: string }[] = [
  { broken: ({ To }) => To === '', code: 21604, message: "A 'To' phone number is required." },
  { broken: ({ From }) => From === '', code: 21603, message: "A 'From' phone number is required." },
  { broken: ({ Body }) => Body === '', code: 21602, message: 'Message body is required.' },
  {
    broken: ({ To }) => !/^(whatsapp:)?\+[1-9]\d{6,14}$/.test(To),
    code: 21211,
    message: "Invalid 'To' Phone Number",
  },
  {
    broken: ({ Body }) => Body.length > LONGEST_MESSAGE,
    code: 21617,
    message: 'The concatenated message body exceeds the 1600 character limit.',
  },
];

export function createMessages({ accountSid, authToken, switchboard, log }: MessagesOptions) {
  /** Newest first. */
  let messages: SentMessage[] = [];
  const underWay = new Set<Promise<void>>();

  return {
    all: (): readonly SentMessage[] => messages,
    create,
    list,
    read,
    /** Resolves when no status callback is under way any more. */
    settled: async () => void (await Promise.allSettled(underWay)),
  };

  /** @throws RestError */
  function create(form: Readonly<Record<string, string>>) {
    const { To: to, From: from, Body: body, StatusCallback: callback } = readForm(form);
    const message = { messageSid: newSid('SM'), from, to, body };
    replace({ ...message, status: 'queued', sentAt: new Date() });
    const answer = json(find(message.messageSid));
    const sending = send(message, callback).finally(() => underWay.delete(sending));
    underWay.add(sending);
    return answer;
  }

  async function send(message: TextMessage, callback: string): Promise<void> {
    await report(message, 'sent', callback);
    if (switchboard.deliver(message)) await report(message, 'delivered', callback);
  }

  async function report(
    message: TextMessage,
    status: 'sent' | 'delivered',
    callback: string,
  ): Promise<void> {
    replace({ ...message, status, sentAt: find(message.messageSid).sentAt });
    if (callback === '') return;
    const delivery = createDelivery({ authToken, product: 'messaging', emit: () => {} });
    const { fault } = await delivery.deliver({
      purpose: 'message-status',
      url: callback,
      method: 'POST',
      parameters: smsStatusParameters({ accountSid, ...message }, status, new Date()),
    });
    if (fault !== undefined) log(`Message status callback: ${fault.message} (${fault.code}).`);
  }

  function list(query: URLSearchParams, path: string) {
    const size = Math.min(Number(query.get('PageSize') ?? DEFAULT_PAGE_SIZE) || 1, 1_000);
    const page = Number(query.get('Page') ?? 0) || 0;
    const wanted = messages.filter(
      ({ to, from }) => (query.get('To') ?? to) === to && (query.get('From') ?? from) === from,
    );
    const shown = wanted.slice(page * size, (page + 1) * size);
    const uri = (number: number) => {
      const same = new URLSearchParams(query);
      same.set('PageSize', String(size));
      same.set('Page', String(number));
      return `${path}?${same}`;
    };
    return {
      messages: shown.map(json),
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, shown.length - 1),
      uri: uri(page),
      first_page_uri: uri(0),
      next_page_uri: (page + 1) * size < wanted.length ? uri(page + 1) : null,
      previous_page_uri: page > 0 ? uri(page - 1) : null,
    };
  }

  /** @throws RestError */
  function read(messageSid: string, path: string) {
    const message = messages.find((candidate) => candidate.messageSid === messageSid);
    if (message === undefined) throw notFound(path);
    return json(message);
  }

  function find(messageSid: string): SentMessage {
    const message = messages.find((candidate) => candidate.messageSid === messageSid);
    if (message === undefined) throw notFound(messageSid);
    return message;
  }

  function replace(message: SentMessage): void {
    const known = messages.some(({ messageSid }) => messageSid === message.messageSid);
    messages = known
      ? messages.map((old) => (old.messageSid === message.messageSid ? message : old))
      : [message, ...messages].slice(0, MOST_MESSAGES);
  }

  function json(message: SentMessage) {
    const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.messageSid}`;
    return {
      sid: message.messageSid,
      account_sid: accountSid,
      from: message.from,
      to: message.to,
      body: message.body,
      status: message.status,
      direction: 'outbound-api',
      num_segments: String(countSegments(message.body)),
      num_media: '0',
      date_created: rfc2822(message.sentAt),
      date_updated: rfc2822(message.sentAt),
      date_sent: message.status === 'queued' ? null : rfc2822(message.sentAt),
      error_code: null,
      error_message: null,
      messaging_service_sid: null,
      api_version: '2010-04-01',
      price: null,
      price_unit: 'USD',
      uri: `${uri}.json`,
      subresource_uris: { media: `${uri}/Media.json` },
    };
  }
}

function readForm(form: Readonly<Record<string, string>>): NewMessage {
  const message = newMessageSchema.parse(form);
  const broken = RULES.find((rule) => rule.broken(message));
  if (broken !== undefined) throw new RestError(400, broken.code, broken.message);
  return message;
}
