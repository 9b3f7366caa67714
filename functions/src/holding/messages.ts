import { addressOn, canBeTexted } from '../calls/channel.ts';
import { conversationId, messageId, shortHash, turnOfMessage } from '../calls/ids.ts';
import { readConversation } from '../calls/live.ts';
import type { Call, CallEvent, Message } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { callStarted } from '../calls/started.ts';
import { timelineId } from '../calls/timeline.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { readLink } from '../webhooks/link.ts';
import type { ChangeCall } from './change-call.ts';
import type { SentOn } from './holding.ts';
import { callOver, taken } from './refusals.ts';

/** A call travels as one node of the live database: its timeline has an end. */
const MOST_MESSAGES = 300;

/** What sends a text message to a caller; see outbound/outbound.ts. */
export interface Texts {
  text(message: {
    companyId: string;
    callId: string;
    to: string;
    from: string;
    purpose: 'caller';
    body: string;
  }): Promise<{ sid: string } | { refused: string; reason?: string }>;
}

export interface MessagesOptions {
  database: Pick<LiveDatabase, 'read'>;
  changeCall: ChangeCall;
  sendOn: (callId: string) => Promise<SentOn>;
  texts: () => Promise<Texts>;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * What became of a message: `speaking` where Twilio took it, `sent` where a text message was,
 * `heard` where the caller has heard it, and `queued` where it waits for the caller's next turn.
 */
export type Delivery = 'speaking' | 'sent' | 'heard' | 'queued';

export interface Sent {
  message: Message;
  delivery: Delivery;
  /** Why it waits, where a text message was refused: a code. */
  reason?: string;
}

interface Claim {
  events: CallEvent[];
  messageId: string;
}

/**
 * Supervisors' messages to callers. A message has its id by its key, claimed by compare-and-set on
 * the call while its sender may speak there; then it is written, then spoken. Whatever dies in
 * between, the same key goes on where it was left, and a message that is written waits until the
 * caller has heard it.
 */
export function createMessages(options: MessagesOptions) {
  const { database, changeCall, sendOn, apply, now } = options;

  /**
   * @throws AuroraError 409: `taken` where another supervisor has the call, `call_over`,
   *   `idempotency_key_reused`, `too_many_messages`
   */
  async function send(
    callId: string,
    adminId: string,
    content: string,
    key: string,
  ): Promise<Sent> {
    const known = await messagesOf(callId);
    const { change: claim, after: call } = await changeCall(callId, (before) =>
      claimed(callId, before, adminId, key, lastTurnIn(known)),
    );
    const message = await written(callId, call, claim.messageId, content, known);
    if (call.heard_messages?.[message.id] !== undefined) return { message, delivery: 'heard' };
    if (isBeingTold(call, message.id)) return { message, delivery: 'speaking' };
    return call.medium === 'Text' ? texted(callId, call, message) : spoken(callId, message);
  }

  function claimed(callId: string, call: Call, by: string, key: string, lastTurn: number): Claim {
    const { owner } = call;
    if (owner && isHeld(call, now()) && owner.id !== by) throw taken(owner);
    const id = timelineId('message', by, key);
    const known = call.timeline?.[id]?.other;
    if (known !== undefined) return { events: [], messageId: known };
    const sent = Object.values(call.timeline ?? {}).filter(({ step }) => step === 'message_sent');
    if (sent.length >= MOST_MESSAGES) throw tooManyMessages();
    // After what was said before the turn that the caller is offered now.
    const n = call.line ? Math.max(0, call.line.turn - 1) : lastTurn;
    const message = messageId({ n, random: shortHash(`${by}|${key}`, 10) }, 'admin');
    const epoch = owner?.epoch ?? 0;
    const entry = { at: timeOf(call), step: 'message_sent', by, other: message, epoch } as const;
    return {
      messageId: message,
      events: [{ type: 'timeline_added', call_id: callId, id, entry }],
    };
  }

  async function written(
    callId: string,
    call: Call,
    id: string,
    content: string,
    known: Record<string, Omit<Message, 'id'>>,
  ): Promise<Message> {
    const before = known[id] ?? (await messagesOf(callId))[id];
    if (before) {
      if (before.content !== content) throw keyReused();
      return { id, ...before };
    }
    const message: Message = { id, role: 'admin', content, timestamp: timeOf(call), sources: '' };
    await apply([startOf(callId, call), { type: 'message_added', call_id: callId, message }]);
    return message;
  }

  async function spoken(callId: string, message: Message): Promise<Sent> {
    const sent = await sendOn(callId);
    if (sent === 'over') throw callOver();
    return { message, delivery: sent === 'sent' ? 'speaking' : 'queued' };
  }

  /** A client that writes through the API reads the conversation: there is nothing to send. */
  async function texted(callId: string, call: Call, message: Message): Promise<Sent> {
    const { mobile_no, dialled_no, channel = 'sms' } = call;
    const canBeSent = channel === 'sms' || channel === 'whatsapp';
    if (!canBeSent || dialled_no === undefined || !canBeTexted(mobile_no)) {
      return { message, delivery: 'queued' };
    }
    const { text } = await options.texts();
    const answer = await text({
      companyId: call.company_id,
      callId,
      to: addressOn(channel, mobile_no),
      from: addressOn(channel, dialled_no),
      purpose: 'caller',
      body: message.content,
    });
    if (!('sid' in answer)) {
      return { message, delivery: 'queued', reason: answer.reason ?? answer.refused };
    }
    const at = timeOf(call);
    await apply([{ type: 'message_heard', call_id: callId, at, message_id: message.id }]);
    return { message, delivery: 'sent' };
  }

  async function messagesOf(callId: string): Promise<Record<string, Omit<Message, 'id'>>> {
    const { value } = await database.read(live.conversation(conversationId(callId)));
    return value === null ? {} : readConversation(value).messages;
  }

  function timeOf(call: Call): string {
    return isoInZone(now(), zoneOf(call.timestamp));
  }

  return { send };
}

export type Messages = ReturnType<typeof createMessages>;

/** Whether what Twilio plays to the caller now tells it. */
export function isBeingTold(call: Call, id: string): boolean {
  const link = call.line && readLink(new URLSearchParams(call.line.link));
  return link?.told?.includes(id) === true;
}

/** Names no CallSid: the message belongs to this call, and not to one that it continues. */
function startOf(callId: string, call: Call): CallEvent {
  const { mobile_no, medium, company_id, worker_id, site_id, dialled_no } = call;
  return callStarted({
    call_id: callId,
    at: call.timestamp,
    mobile_no,
    medium,
    company_id,
    worker_id,
    ...(site_id === undefined ? {} : { site_id }),
    ...(dialled_no === undefined ? {} : { dialled_no }),
  });
}

function lastTurnIn(messages: Record<string, unknown>): number {
  return Object.keys(messages).reduce((last, id) => Math.max(last, turnOfMessage(id)), 0);
}

function keyReused(): AuroraError {
  return new AuroraError(
    409,
    'idempotency_key_reused',
    'This Idempotency-Key was sent with another message. Take a new key for each message.',
  );
}

function tooManyMessages(): AuroraError {
  return new AuroraError(
    409,
    'too_many_messages',
    `A call holds ${MOST_MESSAGES} messages of supervisors at most. Ring the caller, or join the call.`,
  );
}
