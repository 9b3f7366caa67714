import type { CallResult, Exchange } from '../../emulators/twilio/telephone.ts';
import type { Verb } from '../../emulators/twilio/twiml-rules.ts';
import { readDocument } from '../../emulators/twilio/voice-document.ts';
import type { ArchivedConversation } from '../../functions/src/archive/schema.ts';
import {
  formatTurnToken,
  greetingTurn,
  messageId,
  parseTurnToken,
} from '../../functions/src/calls/ids.ts';
import type { Role } from '../../functions/src/calls/model.ts';
import { hashOfReply } from '../../functions/src/calls/spoken.ts';

/**
 * What a telephone was answered, and whether the archive holds exactly that. A turn counts as
 * answered when the telephone got a document for it, by whichever of its deliveries.
 */

type Message = ArchivedConversation['messages'][number];

/** All deliveries of one turn. */
export interface HeardTurn {
  token: string;
  /** What the caller said; undefined for the greeting. */
  words: string | undefined;
  /** What each delivery that was answered said. */
  replies: string[];
  /** Deliveries that nobody answered: their instance died. */
  unanswered: number;
}

/** The turns of a call, in the order in which they were said. */
export function turnsOf(call: CallResult): HeardTurn[] {
  const turns = new Map<string, HeardTurn>();
  for (const exchange of call.exchanges) {
    const token = tokenOf(exchange, call.callSid);
    if (token === undefined) continue;
    const words = exchange.parameters.SpeechResult;
    // Other words under the same token would be another turn to the caller.
    const key = `${token} ${words ?? ''}`;
    const turn = turns.get(key) ?? { token, words, replies: [], unanswered: 0 };
    turns.set(key, turn);
    const { outcome } = exchange;
    if (outcome.outcome === 'answered' && outcome.status === 200) turn.replies.push(outcome.body);
    else turn.unanswered += 1;
  }
  return [...turns.values()].map((turn) => ({ ...turn, replies: turn.replies.map(replyOf) }));
}

/**
 * Every difference between what the telephone was answered and what is archived, as sentences.
 *
 * One is allowed: where several deliveries of one turn were at work on different instances, the
 * reply that was applied first stays, and the caller may have heard the other. It is the reply of
 * another delivery, or, where that delivery's instance died, one that nobody heard. The next words
 * tell by a hash in their address which one was heard, and a reply that was not is marked so.
 */
export function differences(
  call: CallResult,
  { messages, total_messages }: Pick<ArchivedConversation, 'messages' | 'total_messages'>,
): string[] {
  const found: string[] = [];
  const turns = turnsOf(call);
  if (total_messages !== messages.length) found.push('total_messages is wrong');
  if (new Set(messages.map(({ id }) => id)).size !== messages.length) found.push('an id twice');

  const sent = turns.flatMap(({ words }) => words ?? []);
  let before = -1;
  for (const { content } of messages.filter(({ role }) => role === 'user')) {
    const place = sent.indexOf(content);
    if (place === -1) found.push(`"${content}" was never said`);
    else if (place <= before) found.push(`"${content}" is archived twice or out of order`);
    before = place;
  }
  const tokens = new Set(turns.map(({ token }) => token));
  if (messages.filter(({ role }) => role === 'assistant').length > tokens.size) {
    found.push('more replies are archived than turns were sent');
  }
  const heard = heardReplies(call);
  for (const { id, content, spoken } of messages) {
    const hash = heard.get(id);
    const isOther = hash !== undefined && hash !== hashOfReply(content);
    if (isOther !== (spoken === false))
      found.push(`"${content}" has the wrong mark of being spoken`);
  }
  for (const turn of turns) {
    if (turn.replies.length > 0) found.push(...differencesOf(turn, messages));
  }
  return found;
}

function differencesOf(turn: HeardTurn, messages: readonly Message[]): string[] {
  const { token, words, replies, unanswered } = turn;
  const at = messages.findIndex(({ id }) => id === idOf(token, 'assistant'));
  if (at === -1) return [`the reply of turn ${token} is lost`];
  if (words !== undefined && messages[at - 1]?.content !== words) {
    return [`"${words}" is lost, or does not stand before the reply of turn ${token}`];
  }
  const { content } = messages[at] as Message;
  const mayBeUnheard = unanswered > 0 && content !== '';
  if (replies.includes(content) || mayBeUnheard) return [];
  return [`"${content}" was not said in turn ${token}, but "${replies.join('" or "')}"`];
}

/** The hash of each reply, by message id, that answered words say the caller heard before them. */
function heardReplies({ exchanges }: CallResult): Map<string, string> {
  const heard = new Map<string, string>();
  for (const { request, parameters, outcome } of exchanges) {
    const isAnswered = outcome.outcome === 'answered' && outcome.status === 200;
    const { searchParams } = new URL(request.url);
    const [id, hash] = [searchParams.get('rid'), searchParams.get('rh')];
    if (isAnswered && parameters.SpeechResult && id && hash) heard.set(id, hash);
  }
  return heard;
}

/** The turn that a request belongs to; undefined for one that is no turn. */
function tokenOf({ request }: Exchange, callSid: string): string | undefined {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/start-call') return formatTurnToken(greetingTurn(callSid));
  return pathname === '/process-speech' ? (searchParams.get('turn') ?? undefined) : undefined;
}

/**
 * What a document says, which must be a reply and not the safe words after a failure: a reply's
 * hash stands in the document's action URL.
 */
function replyOf(body: string): string {
  const document = readDocument(body, undefined);
  const gather = 'verbs' in document ? document.verbs.find(isGather) : undefined;
  const said = gather?.nested.map(({ text }) => text).join(' ') ?? '';
  const action = gather?.attributes.action ?? '';
  const hash = URL.canParse(action) && new URL(action).searchParams.get('rh');
  return hash === hashOfReply(said) ? said : `no reply: ${said}`;
}

function isGather({ name }: Verb): boolean {
  return name === 'Gather';
}

function idOf(token: string, role: Role): string {
  const parsed = parseTurnToken(token);
  if (!parsed) throw new Error(`${token} is no turn token`);
  return messageId(parsed, role);
}
