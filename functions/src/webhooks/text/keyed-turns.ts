import type { Reply, Situation, Utterance } from '../../assistant/assistant.ts';
import { keptGrounding } from '../../calls/grounding.ts';
import type { CallStarted } from '../../calls/model.ts';
import type { KeptReply, Standing } from '../../calls/texts.ts';
import { atLeast } from '../../calls/urgency.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Turns } from '../../turn/turn.ts';
import type { Claims } from './claims.ts';
import type { OpenTexts } from './open-texts.ts';

/** A turn that has its place in a call, with all that it takes to run it. */
export interface PlacedTurn {
  companyId: string;
  /** Of the claim. */
  key: string;
  /** Of the open conversation; absent where nobody can go on with it. */
  openKey?: string | undefined;
  started: CallStarted;
  n: number;
  random: string;
  utterance: Utterance;
  situation: Pick<Situation, 'emergency_number' | 'language' | 'languages' | 'written'>;
  /** Where the card stands; undefined where there is none, or nobody knows. */
  before?: Standing | undefined;
  /** What the sender writes in now, where that is known: it is gone on with. */
  language?: string | undefined;
  /** Stands before Aurora's words, as a part of the reply. */
  preface?: string | undefined;
  /** Whether somebody else speaks: nothing is replied, and the card stays where it is. */
  unanswered?: boolean;
  /** Where instances can't agree: the turn is this instance's alone. */
  apart?: boolean;
}

export interface KeyedTurnsOptions {
  turns: Pick<Turns, 'run'>;
  claims: Claims;
  openTexts: Pick<OpenTexts, 'stand'>;
  /** What a database answers, or an error in time. */
  available: <T>(reading: Promise<T>) => Promise<T>;
  log: Log;
}

/**
 * Runs a text turn that was claimed: the words are recorded like those of a voice turn; the reply is
 * agreed upon before it is recorded. Whatever breaks off in between is finished by a repetition (I3).
 */
export function createKeyedTurns({ turns, claims, openTexts, available, log }: KeyedTurnsOptions) {
  return async function run(placed: PlacedTurn): Promise<KeptReply> {
    const { started, n, random, utterance, situation, before } = placed;
    const language = placed.language === undefined ? {} : { language: placed.language };
    let kept: KeptReply | undefined;
    const reply = await turns.run({
      started,
      token: { n, random },
      utterance,
      silences: 0,
      situation: {
        urgency: before?.urgency ?? 'NORMAL',
        ...situation,
        ...cardOf(before),
        ...language,
      },
      ...(placed.unanswered ? { unanswered: true } : {}),
      agree: async (made) => {
        kept = await agreed(placed, keptOf(made, placed));
        return kept ?? keptOf(made, placed);
      },
    });
    if (!kept) return keptOf(reply, { ...placed, preface: undefined });
    await finish(placed, { n, urgency: kept.call_urgency, ...cardOf(kept) });
    return kept;
  };

  /**
   * Undefined where the instances can't agree: each tells its own reply then, and the first that is
   * applied is kept. The person who writes is answered all the same.
   */
  async function agreed(
    { companyId, key, apart }: PlacedTurn,
    made: KeptReply,
  ): Promise<KeptReply | undefined> {
    if (apart) return undefined;
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
    { companyId, key, openKey, started }: PlacedTurn,
    standing: Standing,
  ): Promise<void> {
    const stand = openKey && openTexts.stand(companyId, openKey, started.call_id, standing);
    try {
      await available(Promise.all([claims.record(companyId, key), stand]));
    } catch (error) {
      log.warn('A text turn could not be marked as done.', { error: asError(error) });
    }
  }
}

export type RunKeyedTurn = ReturnType<typeof createKeyedTurns>;

/** Where card, questions and language stand. */
export function cardOf(of: Partial<Standing> | undefined) {
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
function keptOf(
  made: Reply,
  { before, preface, unanswered, language = before?.language }: Partial<PlacedTurn>,
): KeptReply {
  const grounding = keptGrounding(made.grounding);
  const spoken = unanswered ? before : made;
  return {
    ...cardOf({ ...(language === undefined ? {} : { language }), ...spoken }),
    ...(made.confirmed || before?.confirmed ? { confirmed: true } : {}),
    reply: preface && made.reply !== '' ? `${preface}\n${made.reply}` : made.reply,
    urgency: made.urgency,
    sources: made.sources,
    call_urgency: atLeast(before?.urgency ?? 'NORMAL', made.urgency),
    ...(grounding ? { grounding } : {}),
  };
}
