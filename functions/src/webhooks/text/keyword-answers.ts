import type { Site } from '../../access/directory.ts';
import { canBeTexted } from '../../calls/channel.ts';
import type { CallEvent } from '../../calls/model.ts';
import { timelineId } from '../../calls/timeline.ts';
import { isoInZone } from '../../calls/times.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { within } from '../../within.ts';
import type { Incoming } from './incoming.ts';
import { conversationKey, type TakeMessage } from './message-turns.ts';
import type { OpenTexts } from './open-texts.ts';
import type { OptOuts } from './opt-outs.ts';
import { languagesOf } from './senders.ts';
import { textSentence } from './text-wording.ts';

/** Milliseconds for each thing that a keyword asks of the database. */
const PATIENCE = 1_000;

export interface KeywordAnswersOptions {
  take: TakeMessage;
  optOuts: OptOuts;
  openTexts: Pick<OpenTexts, 'current'>;
  /** Records what happened beside a turn; resolves to whether it is durable. */
  record: (events: CallEvent[]) => Promise<boolean>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Obeys STOP and START; resolves to what the sender is told, or undefined where the message is a turn
 * like any other. STOP ends what Aurora sends of her own accord; who writes later that something
 * burns is answered all the same.
 */
export function createKeywordAnswers(options: KeywordAnswersOptions) {
  const { take, optOuts, openTexts, record, now, log } = options;

  return async function keywordAnswer(
    incoming: Incoming,
    site: Site,
  ): Promise<string[] | undefined> {
    const { keyword, number } = incoming;
    if (!keyword || !canBeTexted(number)) return undefined;
    if (keyword.command === 'help') return undefined;
    const isOpen = await hasOpen(incoming, site);
    if (keyword.command === 'start')
      return isOpen ? startBeside(incoming, site) : start(incoming, site);
    // Twilio acts on its own keywords whatever Aurora thinks. The others are everyday words, "alto",
    // "बंद": in the midst of a conversation somebody cries, and asks for no silence.
    return keyword.byTwilio || !isOpen ? stop(incoming, site, isOpen) : undefined;
  };

  /** Where a conversation is open, supervisors see the word in it, and that no reply gets through. */
  async function stop(incoming: Incoming, site: Site, isOpen: boolean): Promise<string[]> {
    const at = isoInZone(now(), site.timeZone);
    const isNoted = await succeeds(optOuts.add(site.companyId, incoming.number, at));
    if (isOpen) {
      const { callId } = await take(incoming, site, { isSilent: true });
      await record([
        {
          type: 'timeline_added',
          call_id: callId,
          id: timelineId('opted_out', incoming.sid),
          entry: { at, step: 'text_failed', channel: incoming.channel, reason: 'opted_out' },
        },
      ]);
    }
    return told(isNoted ? 'stopped' : 'notStopped', incoming, site);
  }

  /** "Yes" is START to carriers, and to whoever was asked whether anybody is hurt an answer. */
  async function startBeside(incoming: Incoming, { companyId }: Site): Promise<undefined> {
    await succeeds(optOuts.remove(companyId, incoming.number));
  }

  async function start(incoming: Incoming, site: Site): Promise<string[] | undefined> {
    const { companyId } = site;
    const { keyword, number } = incoming;
    const isOut = await within(PATIENCE, optOuts.isOut(companyId, number)).catch(() => false);
    if (!isOut && !keyword?.isAnswered) return undefined;
    const isNoted = await succeeds(optOuts.remove(companyId, number));
    return isNoted ? told('started', incoming, site) : undefined;
  }

  async function hasOpen(incoming: Incoming, { companyId }: Site): Promise<boolean> {
    const key = conversationKey(incoming);
    if (key === undefined) return false;
    try {
      return (await within(PATIENCE, openTexts.current(companyId, key))) !== undefined;
    } catch (error) {
      log.error('Whether a conversation is open could not be read; it is taken to be.', {
        error: asError(error),
      });
      return true;
    }
  }

  async function succeeds(work: Promise<void>): Promise<boolean> {
    try {
      await within(PATIENCE, work);
      return true;
    } catch (error) {
      log.error('An opt-out could not be written.', { error: asError(error) });
      return false;
    }
  }
}

/** Nothing where Twilio has told it, but for what went wrong. */
function told(
  sentence: 'stopped' | 'notStopped' | 'started',
  { keyword, words }: Incoming,
  { languages, emergencyNumber }: Site,
): string[] {
  if (keyword?.isAnswered && sentence !== 'notStopped') return [];
  const { language } = languagesOf(words, { language: languages[0], languages }, undefined);
  return [textSentence(sentence, language, emergencyNumber)];
}

export type KeywordAnswer = ReturnType<typeof createKeywordAnswers>;
