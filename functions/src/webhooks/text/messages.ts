import type { Directory, Site } from '../../access/directory.ts';
import { canBeTexted } from '../../calls/channel.ts';
import type { CallEvent } from '../../calls/model.ts';
import { timelineId } from '../../calls/timeline.ts';
import { isoInZone } from '../../calls/times.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { measure } from '../../metrics/metrics.ts';
import { within } from '../../within.ts';
import type { Accepted, SignedAnswer } from '../app.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import type { KeywordAnswer } from './keyword-answers.ts';
import { MessageParameters } from './message-parameters.ts';
import { messageStatusUrl } from './message-status-url.ts';
import type { Answered, TakeMessage } from './message-turns.ts';
import { replyWith } from './message-twiml.ts';
import { partsOf } from './parts.ts';
import { safeMessage } from './safe-message.ts';
import { languagesOf } from './senders.ts';
import { safeText, textSentence } from './text-wording.ts';

/** Milliseconds that a first message waits to learn whose number it was sent to. */
const DIRECTORY_BOUND = 300;
/** Milliseconds for answering a page: others who were paged are told of it. */
const PATIENCE = 3_500;
/** Milliseconds after which the sender gets safe words: sooner than by the webhook's own watchdog. */
const WATCHDOG = 4_500;

/**
 * Takes a text of somebody who was paged for an answer to that; resolves to what they are told, or
 * undefined where it is none. Both numbers are in the stored form, without a channel.
 */
export type AnswerBySms = (sms: {
  from: string;
  to: string;
  body: string;
}) => Promise<string | undefined>;

export interface MessagesOptions {
  publicBaseUrl: string;
  /** ISO 3166 country of senders' numbers without a country code. */
  defaultCountry: string | undefined;
  directory: Pick<Directory, 'siteOf' | 'refresh'>;
  answerBySms: AnswerBySms;
  keywordAnswer: KeywordAnswer;
  take: TakeMessage;
  /** Runs the work of a message once on this instance. */
  once: (sid: string, work: () => Promise<string>) => Promise<string>;
  /** Records what happened beside a turn; resolves to whether it is durable. */
  record: (events: CallEvent[]) => Promise<boolean>;
  /** For a message that names no number. */
  emergencyNumber: string;
  /** Milliseconds; default 4,500. */
  watchdog?: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * `/incoming-message`: one SMS or WhatsApp message in, TwiML with the reply out. Somebody who was
 * paged answers the page; a keyword of carriers is obeyed; everything else is a turn. Whatever fails,
 * the sender gets safe words (I8).
 */
export function createMessages(options: MessagesOptions) {
  const { directory, log } = options;

  return async function incomingMessage({ form }: Accepted): Promise<SignedAnswer> {
    const parameters = MessageParameters.safeParse(form);
    if (!parameters.success) {
      log.error('A signed message has no valid MessageSid; its sender gets safe words.');
      return { twiml: safeMessage(form, options.emergencyNumber) };
    }
    const incoming = readIncoming(parameters.data, form, options.defaultCountry);
    await directory.refresh(DIRECTORY_BOUND);
    const site = directory.siteOf(incoming.dialled);
    const given = { up: false };
    try {
      const work = options.once(incoming.sid, () => answer(incoming, site, given));
      return { twiml: await within(options.watchdog ?? WATCHDOG, work) };
    } catch (error) {
      given.up = true;
      measure(log, 'message_failed', {
        message_sid: incoming.sid,
        error: asError(error),
      });
      return { twiml: written(incoming, [safeWords(incoming, site)]) };
    }
  };

  /** `given.up` once the sender has got safe words instead: supervisors see that then. */
  async function answer(
    incoming: Incoming,
    site: Site,
    given: { readonly up: boolean },
  ): Promise<string> {
    const { channel, keyword } = incoming;
    const ofPage = await pageAnswer(incoming);
    if (ofPage !== undefined) return written(incoming, partsOf(ofPage, channel));
    const ofKeyword = keyword && (await options.keywordAnswer(incoming, site));
    if (ofKeyword) return written(incoming, ofKeyword);
    const answered = await options.take(incoming, site);
    if (given.up) await options.record([tooLate(incoming, answered.callId, site)]);
    const url = messageStatusUrl(options.publicBaseUrl, answered.callId, { channel });
    const texts = [...partsOf(answered.reply.reply, channel), ...notice(incoming, answered)];
    return written(incoming, texts, url);
  }

  function tooLate({ sid, channel }: Incoming, call_id: string, { timeZone }: Site): CallEvent {
    const at = isoInZone(options.now(), timeZone);
    return {
      type: 'timeline_added',
      call_id,
      id: timelineId('too_late', sid),
      entry: { at, step: 'text_failed', channel, reason: 'too_late' },
    };
  }

  /** A fault of paging, or a slow one, makes the message an ordinary one: words are never lost. */
  async function pageAnswer({ number, dialled, words }: Incoming): Promise<string | undefined> {
    if (!canBeTexted(number) || words === '') return undefined;
    try {
      const asked = options.answerBySms({ from: number, to: dialled, body: words });
      return await within(PATIENCE, asked);
    } catch (error) {
      log.error('Whether a message answers a page could not be said; it is taken as a turn.', {
        error: asError(error),
      });
      return undefined;
    }
  }
}

/** Whoever withholds the number, and whatever writes from a short code, is not answered. */
function written({ number }: Incoming, texts: string[], statusCallback?: string): string {
  return replyWith(canBeTexted(number) ? texts : [], statusCallback);
}

/**
 * Carriers want whoever sends HELP to be told what this is; and it may be all that somebody in danger
 * has the time to write. So it is both: a turn like every cry for help, and the notice after it.
 */
function notice({ keyword }: Incoming, { language, emergencyNumber }: Answered): string[] {
  if (keyword?.command !== 'help' || keyword.isAnswered) return [];
  return [textSentence('about', language, emergencyNumber)];
}

function safeWords({ words }: Incoming, { languages, emergencyNumber }: Site): string {
  const { language } = languagesOf(words, { language: languages[0], languages }, undefined);
  return safeText(language, emergencyNumber);
}
