import type { Site } from '../../access/directory.ts';
import { callId, shortHash, startOfCall } from '../../calls/ids.ts';
import type { Call } from '../../calls/model.ts';
import { isHeld } from '../../calls/owner.ts';
import { isTelephone, isWithheld } from '../../calls/phone.ts';
import { callStarted } from '../../calls/started.ts';
import type { KeptReply, OpenText, TextTurn } from '../../calls/texts.ts';
import { isoInZone } from '../../calls/times.ts';
import { asError } from '../../errors.ts';
import { within } from '../../within.ts';
import type { Caller } from './callers.ts';
import type { Claims } from './claims.ts';
import { type Incoming, utteranceOf } from './incoming.ts';
import { cardOf, createKeyedTurns, type KeyedTurnsOptions } from './keyed-turns.ts';
import type { LastTexts } from './last-texts.ts';
import { type OpenTexts, openTextKey } from './open-texts.ts';
import { type FindSender, languagesOf } from './senders.ts';
import { textSentence } from './text-wording.ts';

/** Milliseconds that a message waits for the Realtime Database; then it is served without it. */
const PATIENCE = 1_000;
const MINUTE = 60_000;

export interface MessageTurnsOptions extends Pick<KeyedTurnsOptions, 'turns' | 'log'> {
  claims: Claims;
  openTexts: OpenTexts;
  lastTexts: LastTexts;
  senderOf: FindSender;
  liveCall: (callId: string) => Promise<Call | undefined>;
  /** Milliseconds; default 1,000. */
  patience?: number;
  /** Present for hashed call ids. */
  hashKey: string | undefined;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What a message has become. */
export interface Answered {
  callId: string;
  reply: KeptReply;
  /** What Aurora writes in. */
  language: string;
  emergencyNumber: string;
}

interface Placed {
  turn: Pick<TextTurn, 'call_id' | 'n'>;
  before: OpenText['standing'];
  unanswered: boolean;
  apart: boolean;
}

/**
 * One text turn for each MessageSid (I3): the claims, places and replies of `createTextTurns`, for
 * people who write to a number of a company's. Two things are other here. Nobody is turned away. And
 * the sender is not let wait for a database: where the Realtime Database does not answer, the turn is
 * this instance's alone, in the call that it knows of the conversation, or in a new one; its words go
 * the way of all words, and only a message that Twilio delivers again to another instance meanwhile
 * could be there twice.
 */
export function createMessageTurns(options: MessageTurnsOptions) {
  const { claims, openTexts, lastTexts, senderOf, liveCall, now, log } = options;
  const available = <T>(reading: Promise<T>) => within(options.patience ?? PATIENCE, reading);
  const run = createKeyedTurns({ ...options, available });

  return async function take(
    incoming: Incoming,
    site: Site,
    { isSilent = false }: { isSilent?: boolean } = {},
  ): Promise<Answered> {
    const { companyId } = site;
    const { sid, channel, number, dialled, words, hasMedia } = incoming;
    const key = shortHash(`message|${sid}`, 32);
    const openKey = conversationKey(incoming);
    const [known, caller] = await Promise.all([
      quietly(claims.read(companyId, key)),
      senderOf(site, number),
    ]);
    const asked = { companyId, key, openKey, incoming, caller };
    const done = known?.value?.recorded && known.value.reply;
    if (known?.value && done) return answered(known.value.call_id, done, caller);

    const placed = (known && (await place(asked, known.value))) ?? apart(asked);
    const { turn, before } = placed;
    const spoken = languagesOf(words, caller, before?.language);
    const startedAt = startOfCall(turn.call_id, site.timeZone)?.toMillis() ?? now();
    const reply = await run({
      companyId,
      key,
      openKey,
      n: turn.n,
      random: sid.slice(2),
      started: callStarted({
        call_id: turn.call_id,
        at: isoInZone(startedAt, site.timeZone),
        worker_id: caller.workerId,
        mobile_no: number,
        medium: 'Text',
        channel,
        company_id: companyId,
        ...(isTelephone(dialled) ? { dialled_no: dialled } : {}),
        ...(caller.siteId === undefined ? {} : { site_id: caller.siteId }),
      }),
      utterance: utteranceOf(incoming, before?.question),
      situation: { ...spoken, emergency_number: caller.emergencyNumber, written: true },
      language: spoken.language,
      before,
      preface: hasMedia
        ? textSentence('wordsOnly', spoken.language, caller.emergencyNumber)
        : undefined,
      unanswered: isSilent || placed.unanswered,
      apart: placed.apart,
    });
    remember(asked, turn, reply);
    return answered(turn.call_id, reply, caller);
  };

  /** Undefined where the database does not say in time. */
  async function place(asked: Asked, claimed: TextTurn | undefined): Promise<Placed | undefined> {
    const found = await quietly(claimed ? goOn(asked, claimed) : begin(asked));
    return found?.value;
  }

  async function begin({ companyId, key, openKey, incoming, caller }: Asked): Promise<Placed> {
    const at = isoInZone(now(), caller.timeZone);
    const first = { callId: newCall(incoming, caller, now()), at };
    const { open, call } = openKey
      ? await openTexts.place(companyId, openKey, first, lastTexts.of(companyId, openKey))
      : { open: { call_id: first.callId, n: 1, at, standing: undefined }, call: undefined };
    const body = shortHash(incoming.words, 16);
    const claim = { call_id: open.call_id, n: open.n, at, body };
    const turn = await claims.claim(companyId, key, claim);
    if (turn.call_id !== open.call_id || turn.n !== open.n) {
      return goOn({ companyId, key, openKey, incoming, caller }, turn);
    }
    const unanswered = call !== undefined && isHeld(call, now());
    return { turn, before: open.standing, unanswered, apart: false };
  }

  /** Another request has claimed the message, and did not come to its end, or not yet. */
  async function goOn({ companyId, openKey }: Asked, turn: TextTurn): Promise<Placed> {
    const [before, call] = await Promise.all([
      openKey ? openTexts.standing(companyId, openKey, turn.call_id, turn.n) : undefined,
      liveCall(turn.call_id),
    ]);
    const unanswered = call !== undefined && isHeld(call, now());
    return { turn, before, unanswered, apart: false };
  }

  /** The id of a new call has the minute only: a message that comes again soon is the same call. */
  function apart({ companyId, openKey, incoming, caller }: Asked): Placed {
    const known = openKey === undefined ? undefined : lastTexts.of(companyId, openKey);
    const minute = Math.floor(now() / MINUTE) * MINUTE;
    const turn = known
      ? { call_id: known.call_id, n: known.n + 1 }
      : { call_id: newCall(incoming, caller, minute), n: 1 };
    return { turn, before: known?.standing, unanswered: false, apart: true };
  }

  function remember(
    { companyId, openKey, caller }: Asked,
    { call_id, n }: Placed['turn'],
    reply: KeptReply,
  ): void {
    if (openKey === undefined) return;
    const standing = { n, urgency: reply.call_urgency, ...cardOf(reply) };
    const at = isoInZone(now(), caller.timeZone);
    lastTexts.keep(companyId, openKey, { call_id, n, at, standing });
  }

  function newCall({ number, sid }: Incoming, { timeZone }: Caller, at: number): string {
    return callId({ mobileNo: number, sid, now: at, timeZone, hashKey: options.hashKey });
  }

  /** Undefined, and a word in the log, where the database does not answer in time. */
  async function quietly<T>(reading: Promise<T>): Promise<{ value: T } | undefined> {
    try {
      return { value: await available(reading) };
    } catch (error) {
      log.error('The Realtime Database does not answer; a message is served without it.', {
        error: asError(error),
      });
      return undefined;
    }
  }
}

interface Asked {
  companyId: string;
  key: string;
  openKey: string | undefined;
  incoming: Incoming;
  caller: Caller;
}

function answered(call: string, reply: KeptReply, caller: Caller): Answered {
  const { emergencyNumber } = caller;
  return { callId: call, reply, language: reply.language ?? caller.language, emergencyNumber };
}

/**
 * One conversation for each channel, dialled number and sender. Undefined for a sender who withholds
 * the number: two of them must not be taken for one person, so each message is a call of its own.
 */
export function conversationKey({ channel, number, dialled }: Incoming): string | undefined {
  return isWithheld(number) ? undefined : openTextKey(channel, number, dialled);
}

export type TakeMessage = ReturnType<typeof createMessageTurns>;
