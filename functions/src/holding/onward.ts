import type { SpokenPart } from '../assistant/assistant.ts';
import type { Message, Owner } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import type { CallState } from '../calls/reduce.ts';
import { waitingMessages } from '../calls/waiting.ts';
import { heard } from '../webhooks/after-reply.ts';
import { type Link, MOST_TOLD } from '../webhooks/link.ts';
import { heldBy } from '../webhooks/speaker.ts';
import { holdWords, toldBy } from '../webhooks/spoken-by.ts';
import { redirectToTurn, sayAndListen } from '../webhooks/twiml.ts';

/**
 * Characters of TwiML in a request: one more, and Twilio takes none of it.
 * https://www.twilio.com/docs/api/errors/32018
 */
export const LONGEST_TWIML = 4_000;

/** What a redirected call is to do, and the turn that the caller is offered by it. */
export interface Onward {
  twiml: string;
  link: Link;
}

export interface OnwardOptions {
  publicBaseUrl: string;
  state: CallState;
  /** The turn that was offered last. */
  offered: Link;
  /** The one in its place. */
  turn: Link['turn'];
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Where a caller goes whose call is redirected. Held by a supervisor: what they are told is in the
 * TwiML itself, so that it is heard at once. Aurora's: what she says is made by the turn that they are
 * sent to; a supervisor's message comes before it. What is too long for a request is told by that
 * turn, too. Addresses are absolute: TwiML from a request has no base.
 */
export function onward({ publicBaseUrl, state, offered, turn, now }: OnwardOptions): Onward {
  const { call } = state;
  const owner: Owner = call?.owner ?? { kind: 'aurora', epoch: 0 };
  const isHold = isHeld({ owner }, now);
  const base: Link = {
    ...offered,
    turn,
    epoch: owner.epoch,
    sent: true,
    silences: 0,
    told: undefined,
    ...(isHold
      ? { heldUntil: heldBy(owner, now).until, resumes: undefined }
      : { heldUntil: undefined, resumes: true }),
  };
  const isNew = isHold && offered.heldUntil === undefined;
  // Aurora's answer to words that are on their way is not heard, whoever makes it.
  const link = isNew ? { ...base, heard: heard(offered.turn, '') } : base;
  const waiting = waitingMessages(state).slice(0, MOST_TOLD);
  for (const messages of [waiting, waiting.slice(0, 1)]) {
    const say = [...toldBy(messages, link), ...(isHold ? holdWords(link, isNew, 0) : [])];
    const document = spoken(messages, say);
    if (document.twiml.length <= LONGEST_TWIML && (isHold || messages.length > 0)) return document;
  }
  return { twiml: redirectToTurn(publicBaseUrl, link), link };

  function spoken(messages: readonly Message[], say: readonly SpokenPart[]): Onward {
    const told = messages.length > 0 ? messages.map(({ id }) => id) : undefined;
    const next = { ...link, told };
    return { twiml: sayAndListen({ publicBaseUrl, link: next, say }), link: next };
  }
}
