import { callId, conversationId, shortHash, startOfCall } from '../../calls/ids.ts';
import type { Call, Urgency } from '../../calls/model.ts';
import { isHeld } from '../../calls/owner.ts';
import { isTelephone, normalizeNumber } from '../../calls/phone.ts';
import { callStarted } from '../../calls/started.ts';
import type { KeptReply, Standing, TextTurn } from '../../calls/texts.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Turns } from '../../turn/turn.ts';
import type { Caller, FindCaller } from './callers.ts';
import type { Claims } from './claims.ts';
import { createKeyedTurns } from './keyed-turns.ts';
import { type OpenTexts, openTextKey, type Place } from './open-texts.ts';

/** Text conversations that come through the API are apart from those of other channels. */
const CHANNEL = 'api' as const;

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
  liveCall: (callId: string) => Promise<Call | undefined>;
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

/** A turn that is claimed, with what is known of who writes. */
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
  /** Whether a supervisor has the conversation. */
  unanswered: boolean;
}

/**
 * One text turn for each Idempotency-Key, however often and on whatever instance it is asked for
 * (I3). The key is claimed together with its place in the conversation; the words are then recorded
 * under an id that is made from the key; see createKeyedTurns.
 */
export function createTextTurns(options: TextTurnsOptions) {
  const { claims, openTexts, findCaller, once, available, now } = options;
  const runTurn = createKeyedTurns(options);

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
    const isPlaced = place?.open.call_id === call_id && place.open.n === n;
    const before = isPlaced
      ? place.open.standing
      : await available(openTexts.standing(companyId, openKey, call_id, n));
    const call = isPlaced ? place.call : await available(options.liveCall(call_id));
    const unanswered = call !== undefined && isHeld(call, now());
    const claimed = { companyId, key, openKey, turn, before, number, caller, random, speech };
    return run({ ...claimed, unanswered });
  }

  async function begin(
    { companyId, idempotencyKey, onBegin }: Report,
    of: { number: string; body: string; key: string; openKey: string; caller: Caller },
  ): Promise<{ turn: TextTurn; place?: Place }> {
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
    const { call_id, n } = place.open;
    await onBegin(call_id);
    const claim = { call_id, n, at, body: of.body };
    return { turn: await available(claims.claim(companyId, of.key, claim)), place };
  }

  async function run(claimed: Claimed): Promise<TextAnswer> {
    const { companyId, turn, number, caller, speech, ...placed } = claimed;
    const { call_id, n } = turn;
    const startedAt = startOfCall(call_id, caller.timeZone)?.toMillis() ?? now();
    const reply = await runTurn({
      ...placed,
      companyId,
      n,
      started: callStarted({
        call_id,
        at: isoInZone(startedAt, caller.timeZone),
        worker_id: caller.workerId,
        mobile_no: number,
        medium: 'Text',
        channel: CHANNEL,
        company_id: companyId,
        ...(caller.siteId === undefined ? {} : { site_id: caller.siteId }),
      }),
      utterance: { text: speech },
      situation: {
        emergency_number: caller.emergencyNumber,
        language: caller.language,
        languages: caller.languages,
      },
    });
    return answerOf(call_id, reply);
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
