import { z } from 'zod';
import type { Reply, Utterance } from '../assistant/assistant.ts';
import { formatTurnToken, messageId, shortHash, type TurnToken } from '../calls/ids.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import { callStarted } from '../calls/started.ts';
import { instant, isoInZone, zoneOf } from '../calls/times.ts';
import { atLeast } from '../calls/urgency.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Turns } from '../turn/turn.ts';
import { afterWords, heard as heardReply, partsOf, situationOf } from '../webhooks/after-reply.ts';
import type { Accepted, SignedAnswer } from '../webhooks/app.ts';
import { type Link, readLink } from '../webhooks/link.ts';
import { lineMoved } from '../webhooks/spoken-turn.ts';
import { within } from '../within.ts';
import { type CallerQuery, CallerQuery as Query, readQuery } from './addresses.ts';
import { LAST_PLACE } from './caller-line.ts';
import { closed, isHumanSpeaking, turnTaken } from './changes.ts';
import { isEcho } from './echo.ts';
import type { Mouth } from './mouth.ts';
import type { Calls, Holding } from './ports.ts';
import type { Conference } from './record.ts';
import type { Rooms } from './rooms.ts';
import { toldOfTranscription } from './told.ts';

/** Milliseconds that words wait to learn who is in the room; a caller's words go to Aurora then. */
const KNOWN_WITHIN = 1_500;

/** Milliseconds by which Twilio's clock and the time that recognition takes may be behind a leaving. */
const LATE = 2_000;

/** Longer than any utterance. */
const LONGEST = 8_000;

/**
 * https://www.twilio.com/docs/voice/twiml/transcription: every event has a number of its own, from 1,
 * over both tracks; `TranscriptionData` is JSON, and only a final result stands.
 */
const Transcribed = z.object({
  TranscriptionEvent: z.string().max(64),
  TranscriptionSid: z.string().regex(/^GT[0-9a-f]{32}$/),
  SequenceNumber: z.coerce.number().int().min(0).max(LAST_PLACE),
  Timestamp: z.string().max(64).optional().catch(undefined),
  Track: z.enum(['inbound_track', 'outbound_track']).optional().catch(undefined),
  Final: z.string().max(8).optional().catch(undefined),
  TranscriptionData: z.string().max(100_000).optional().catch(undefined),
  TranscriptionErrorCode: z
    .string()
    .regex(/^[0-9]{1,8}$/)
    .optional()
    .catch(undefined),
});
type Transcribed = z.infer<typeof Transcribed>;

const Data = z.object({
  transcript: z.string().transform((text) =>
    text
      .toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, LONGEST),
  ),
  confidence: z.coerce.number().gt(0).max(1).optional().catch(undefined),
});

export interface WordsOptions {
  rooms: Rooms;
  calls: Pick<Calls, 'apply'>;
  holding: Pick<Holding, 'sendOn'>;
  turns: Pick<Turns, 'run' | 'note'>;
  mouth: Mouth;
  /** Runs the work of a key once on this instance. */
  once: (key: string, work: () => Promise<void>) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** One utterance in a room. */
interface Heard {
  query: CallerQuery;
  link: Link;
  started: CallStarted;
  token: TurnToken;
  utterance: Utterance;
  /** When it was said. */
  at: string;
  known: Conference | undefined;
}

/**
 * Aurora's ears in a room, where nobody can Gather: Twilio's transcription of the caller's leg. What
 * the caller says becomes a turn; who else is heard is a supervisor, or Aurora herself. The turn's
 * place follows from the number of the event and its token from the transcription, so that callbacks
 * which come late, repeated or in another order change nothing (I3).
 */
export function createWords(options: WordsOptions) {
  const { rooms, calls, turns, mouth, once, now, log } = options;

  async function transcription(accepted: Accepted): Promise<SignedAnswer> {
    const query = readQuery(Query, accepted.query);
    const form = Transcribed.safeParse(accepted.form);
    const { link } = accepted;
    if (!query || !form.success || !link || link.call !== query.call) {
      log.error('A signed callback of a transcription is malformed; nothing is changed.', {});
      return { status: 204 };
    }
    const event = form.data.TranscriptionEvent;
    if (event === 'transcription-started') await began(query, link);
    if (event === 'transcription-error') await failed(query, link, form.data);
    if (event === 'transcription-content') await content(query, link, form.data, accepted.form);
    return { status: 204 };
  }

  async function began({ call, room }: CallerQuery, link: Link): Promise<void> {
    await rooms.change(call, (known) =>
      known.room === room ? { ...known, transcription: 'on', heard_room: room } : known,
    );
    await calls.apply([toldOfTranscription(call, room, timeLike(link))]);
  }

  /** Where no supervisor speaks, nobody would hear the caller: they go back to their own line. */
  async function failed({ call, room }: CallerQuery, link: Link, form: Transcribed): Promise<void> {
    const at = timeLike(link);
    const changed = await rooms.change(call, (known) => {
      if (known.room !== room) return known;
      const deaf = { ...known, transcription: 'failed' as const, aurora: false };
      return isHumanSpeaking(deaf) ? deaf : closed(deaf, room, at);
    });
    const reason = `error_${form.TranscriptionErrorCode ?? 'unknown'}`;
    if (changed && changed.before?.room === room && changed.after.room !== room) {
      await options.holding.sendOn(call);
    }
    await calls.apply([toldOfTranscription(call, room, at, reason)]);
  }

  async function content(
    query: CallerQuery,
    link: Link,
    form: Transcribed,
    { CallSid }: Record<string, string>,
  ): Promise<void> {
    const data = Data.safeParse(parseJson(form.TranscriptionData));
    if (form.Final === 'false' || !data.success || data.data.transcript === '') return;
    const { transcript: text, confidence } = data.data;
    const random = shortHash(`${form.TranscriptionSid}|${form.SequenceNumber}`, 10);
    const token = { n: Math.min(query.base + form.SequenceNumber, LAST_PLACE), random };
    await once(`${query.call} ${formatTurnToken(token)}`, async () => {
      const at = timeOf(form, link);
      const known = await within(KNOWN_WITHIN, rooms.read(query.call)).catch(() => undefined);
      if (known && isHeardElsewhere(known, query.room, at)) return;
      const utterance = { text, ...(confidence === undefined ? {} : { confidence }) };
      const started = startedBy(query, link, CallSid);
      const heard = { query, link, started, token, utterance, at, known };
      if (form.Track === 'outbound_track') await supervisorSaid(heard);
      else await callerSaid(heard);
    });
  }

  async function supervisorSaid(heard: Heard): Promise<void> {
    const { known, utterance } = heard;
    // Where no supervisor speaks, it is Aurora who is heard.
    if (!known || !isHumanSpeaking(known) || isEcho(utterance.text, known.said)) return;
    await turns.note(heard, said(heard));
  }

  async function callerSaid(heard: Heard): Promise<void> {
    const { known, started, token, utterance, query } = heard;
    const link = latest(heard);
    const isAnswered = !known || !isSilent(known);
    let isAurora = isAnswered;
    const after = (reply: Reply): Link => ({
      ...afterWords(link, reply),
      turn: token,
      urgency: atLeast(link.urgency, reply.urgency),
    });
    const reply = await turns.run({
      started,
      token,
      utterance,
      silences: 0,
      heard: link.heard,
      situation: situationOf(link),
      unanswered: !isAnswered,
      // Aurora judges by her rules alone where nobody hears her.
      ...(isAnswered ? {} : { signal: AbortSignal.abort() }),
      async floor(made) {
        isAurora = isAnswered && !(await isSilentNow(query.call));
        if (!isAurora) return { events: [] };
        const next = { ...after(made), heard: heardReply(token, made.reply) };
        return { reply: made, events: [lineMoved(started, next, now())] };
      },
    });
    if (!isAurora) return keepPlace(query.call, token.n);
    await mouth.speak(query, after(reply), {
      id: messageId(token, 'assistant'),
      reply: reply.reply,
      parts: partsOf(reply, link.language),
    });
  }

  /** A supervisor may have begun to speak while Aurora thought. */
  async function isSilentNow(callId: string): Promise<boolean> {
    const known = await within(KNOWN_WITHIN, rooms.read(callId)).catch(() => undefined);
    return known !== undefined && isSilent(known);
  }

  async function keepPlace(callId: string, n: number): Promise<void> {
    try {
      await rooms.change(callId, (known) => turnTaken(known, n));
    } catch (thrown) {
      log.warn('The place of a turn in a room was not kept.', { error: asError(thrown) });
    }
  }

  function timeLike({ startedAt }: Link): string {
    return isoInZone(now(), zoneOf(startedAt));
  }

  /** When it was said, by Twilio's clock where it tells. */
  function timeOf({ Timestamp: sent }: Transcribed, { startedAt }: Link): string {
    const epoch = Date.parse(sent ?? '');
    return isoInZone(Number.isNaN(epoch) ? now() : epoch, zoneOf(startedAt));
  }

  return { transcription };
}

/** Whether a supervisor speaks, and has not asked Aurora to. */
function isSilent(conference: Conference): boolean {
  return isHumanSpeaking(conference) && !conference.aurora;
}

/** What a supervisor said by phone; the caller has heard it, so that nobody tells it again. */
function said({ token, utterance, at, started }: Heard): CallEvent[] {
  const { call_id } = started;
  const id = messageId(token, 'admin');
  const content = utterance.text;
  return [
    {
      type: 'message_added',
      call_id,
      message: { id, role: 'admin', content, timestamp: at, sources: '' },
    },
    { type: 'message_heard', call_id, at, message_id: id },
  ];
}

/** The turns of a room may have brought the link further than it was when the room began. */
function latest({ known, link }: Heard): Link {
  const kept = known && readLink(new URLSearchParams(known.link));
  return kept && kept.turn.n > link.turn.n ? kept : link;
}

/** What is said after the caller has left the room is heard on the line that they are on then. */
function isHeardElsewhere({ caller }: Conference, room: number, at: string): boolean {
  if (caller.exited < room || caller.exited_at === undefined) return false;
  return instant(at) > instant(caller.exited_at) + LATE;
}

function startedBy({ call, from, to }: CallerQuery, link: Link, callSid: string | undefined) {
  return callStarted({
    call_id: call,
    at: link.startedAt,
    mobile_no: from,
    medium: 'Voice',
    company_id: link.company,
    ...(callSid === undefined ? {} : { call_sid: callSid }),
    ...(to === undefined ? {} : { dialled_no: to }),
    ...(link.site === undefined ? {} : { site_id: link.site }),
  });
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
