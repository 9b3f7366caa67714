import type { Reply } from '../../assistant/assistant.ts';
import { keptGrounding } from '../../calls/grounding.ts';
import { callId, conversationId, shortHash, startOfCall } from '../../calls/ids.ts';
import type { Urgency } from '../../calls/model.ts';
import { isTelephone, normalizeNumber } from '../../calls/phone.ts';
import { callStarted } from '../../calls/started.ts';
import type { KeptReply, OpenText, Standing, TextTurn } from '../../calls/texts.ts';
import { isoInZone } from '../../calls/times.ts';
import { atLeast } from '../../calls/urgency.ts';
import { AuroraError, asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Turns } from '../../turn/turn.ts';
import type { Caller, FindCaller } from './callers.ts';
import type { Claims } from './claims.ts';
import { type OpenTexts, openTextKey } from './open-texts.ts';

/** Text conversations that come through the API are apart from those of other channels. */
const CHANNEL = 'api';

/** What somebody of a company reports for one of its workers. */
export interface Report {
  companyId: string;
  idempotencyKey: string;
  speech: string;
  phoneNumber: string;
  /** Called before the turn of a new key is begun, with its call; the turn waits for it. */
  onBegin(callId: string): Promise<void>;
}

export interface TextAnswer {
  call_id: string;
  conversation_id: string;
  response: string;
  urgency: Urgency;
  sources: string;
}

export interface TextTurnsOptions {
  turns: Pick<Turns, 'run'>;
  claims: Claims;
  openTexts: OpenTexts;
  findCaller: FindCaller;
  /** Runs the work of a key once on this instance. */
  once: (key: string, work: () => Promise<TextAnswer>) => Promise<TextAnswer>;
  /** What a database answers, or 503 in time. */
  available: <T>(reading: Promise<T>) => Promise<T>;
  /** ISO 3166 country of numbers without a country code. */
  defaultCountry: string | undefined;
  /** Present for hashed call ids. */
  hashKey: string | undefined;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** A turn that is claimed, with all that it takes to run it. */
interface Claimed {
  companyId: string;
  /** Of the claim, and of the open conversation. */
  key: string;
  openKey: string;
  turn: TextTurn;
  /** Where the card stands; undefined where there is none, or nobody knows. */
  before: Standing | undefined;
  number: string;
  caller: Caller;
  random: string;
  speech: string;
}

/**
 * One text turn for each Idempotency-Key, however often and on whatever instance it is asked for
 * (I3). The key is claimed together with its place in the conversation; the words are then recorded
 * like those of a voice turn, under an id that is made from the key; the reply is agreed upon before
 * it is recorded. Whatever breaks off in between is finished by the repetition.
 */
export function createTextTurns(options: TextTurnsOptions) {
  const { turns, claims, openTexts, findCaller, once, available, now, log } = options;

  return function take(report: Report): Promise<TextAnswer> {
    const { companyId, idempotencyKey, speech, phoneNumber } = report;
    const number = normalizeNumber(phoneNumber, options.defaultCountry);
    const body = shortHash(JSON.stringify([number, speech]), 16);
    const key = shortHash(idempotencyKey, 32);
    return once(`${companyId} ${key} ${body}`, () => answer(report, { number, body, key }));
  };

  async function answer(
    report: Report,
    { number, body, key }: { number: string; body: string; key: string },
  ): Promise<TextAnswer> {
    const { companyId, speech } = report;
    const known = await available(claims.read(companyId, key));
    refuseOtherBody(known, body);
    if (known?.recorded && known.reply) return answerOf(known.call_id, known.reply);
    const caller = isTelephone(number) ? await available(findCaller(companyId, number)) : undefined;
    if (!caller) throw unknownWorker();
    const openKey = openTextKey(CHANNEL, number);
    const random = shortHash(`${companyId}|${report.idempotencyKey}`, 16);
    const { turn, place } = known
      ? { turn: known }
      : await begin(report, { number, body, key, openKey, caller });
    refuseOtherBody(turn, body);
    const { call_id, n } = turn;
    const isPlaced = place?.call_id === call_id && place.n === n;
    const before = isPlaced
      ? place.standing
      : await available(openTexts.standing(companyId, openKey, call_id, n));
    return run({ companyId, key, openKey, turn, before, number, caller, random, speech });
  }

  async function begin(
    { companyId, idempotencyKey, onBegin }: Report,
    of: { number: string; body: string; key: string; openKey: string; caller: Caller },
  ): Promise<{ turn: TextTurn; place?: OpenText }> {
    const { timeZone } = of.caller;
    const at = isoInZone(now(), timeZone);
    const newCall = callId({
      mobileNo: of.number,
      sid: shortHash(`${companyId}|${idempotencyKey}`, 6),
      now: now(),
      timeZone,
      hashKey: options.hashKey,
    });
    const place = await available(openTexts.place(companyId, of.openKey, { callId: newCall, at }));
    await onBegin(place.call_id);
    const claim = { call_id: place.call_id, n: place.n, at, body: of.body };
    return { turn: await available(claims.claim(companyId, of.key, claim)), place };
  }

  async function run(claimed: Claimed): Promise<TextAnswer> {
    const { companyId, turn, before, number, caller, random, speech } = claimed;
    const { call_id, n } = turn;
    const urgency = before?.urgency ?? 'NORMAL';
    const startedAt = startOfCall(call_id, caller.timeZone)?.toMillis() ?? now();
    let kept: KeptReply | undefined;
    const reply = await turns.run({
      started: callStarted({
        call_id,
        at: isoInZone(startedAt, caller.timeZone),
        worker_id: caller.workerId,
        mobile_no: number,
        medium: 'Text',
        company_id: companyId,
        ...(caller.siteId === undefined ? {} : { site_id: caller.siteId }),
      }),
      token: { n, random },
      utterance: { text: speech },
      silences: 0,
      situation: {
        urgency,
        emergency_number: caller.emergencyNumber,
        language: caller.language,
        languages: caller.languages,
        ...cardOf(before),
      },
      agree: async (made) => {
        kept = await agreed(claimed, keptOf(made, before));
        return kept ?? made;
      },
    });
    const final = kept ?? keptOf(reply, before);
    if (kept) await finish(claimed, { n, urgency: kept.call_urgency, ...cardOf(kept) });
    return answerOf(call_id, final);
  }

  /**
   * Undefined where the instances can't agree: each tells its own reply then, and the first that is
   * applied is kept. The person who writes is answered all the same.
   */
  async function agreed(
    { companyId, key }: Claimed,
    made: KeptReply,
  ): Promise<KeptReply | undefined> {
    try {
      return await available(claims.agree(companyId, key, made));
    } catch (error) {
      log.warn('The reply of a text turn could not be agreed upon; it is told all the same.', {
        error: asError(error),
      });
      return undefined;
    }
  }

  /** What is missing here costs a repetition some work, or the next turn its card: never words. */
  async function finish(
    { companyId, key, openKey, turn }: Claimed,
    standing: Standing,
  ): Promise<void> {
    try {
      await available(
        Promise.all([
          claims.record(companyId, key),
          openTexts.stand(companyId, openKey, turn.call_id, standing),
        ]),
      );
    } catch (error) {
      log.warn('A text turn could not be marked as done.', { error: asError(error) });
    }
  }
}

export type TextTurns = ReturnType<typeof createTextTurns>;

function answerOf(call_id: string, { reply, sources, call_urgency }: KeptReply): TextAnswer {
  return {
    call_id,
    conversation_id: conversationId(call_id),
    response: reply,
    urgency: call_urgency,
    sources,
  };
}

function cardOf(of: Partial<Standing> | undefined) {
  const { hazard, step, asked, question, confirmed, language } = of ?? {};
  return {
    ...(question === undefined ? {} : { question }),
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(language === undefined ? {} : { language }),
    ...(hazard === undefined ? {} : { hazard }),
    ...(step === undefined ? {} : { step }),
    ...(asked === undefined ? {} : { asked }),
  };
}

/** What a repetition must know of a reply: not the facts, which are in the caller's words. */
function keptOf(made: Reply, before: Standing | undefined): KeptReply {
  const grounding = keptGrounding(made.grounding);
  return {
    ...cardOf(before?.language === undefined ? made : { language: before.language, ...made }),
    ...(made.confirmed || before?.confirmed ? { confirmed: true } : {}),
    reply: made.reply,
    urgency: made.urgency,
    sources: made.sources,
    call_urgency: atLeast(before?.urgency ?? 'NORMAL', made.urgency),
    ...(grounding ? { grounding } : {}),
  };
}

function refuseOtherBody(turn: TextTurn | undefined, body: string): void {
  if (!turn || turn.body === body) return;
  throw new AuroraError(
    409,
    'idempotency_key_reused',
    'This Idempotency-Key was used with another speech or ph_no. Make a new key for each turn.',
  );
}

function unknownWorker(): AuroraError {
  return new AuroraError(
    404,
    'unknown_worker',
    'No worker of your company has this number, or several have. Check ph_no, or add the worker.',
  );
}
