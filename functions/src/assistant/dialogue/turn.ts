import { foldFacts } from '../../calls/facts.ts';
import type { Facts, Message } from '../../calls/model.ts';
import type { Reply, Situation, TurnStamp, Utterance } from '../assistant.ts';
import { type Recognition, recognize } from '../floor/recognize.ts';
import { MAX_CHARACTERS } from '../floor/words.ts';
import { type Wording, wordingFor } from '../languages/wording.ts';
import { writtenWording } from '../languages/written.ts';
import type { Procedure } from '../manual/manual.ts';
import { cardIn, type Pack } from '../manual/packs.ts';
import type { SearchContext } from '../retrieval/search.ts';
import { type Intent, recognizeIntents } from './intents.ts';
import { type Memory, rememberedIn } from './memory.ts';
import type { Piece } from './pieces.ts';
import { readTold } from './told.ts';
import type { VARIANTS, WORDING } from './wording.ts';

export type Sentence = keyof typeof WORDING;
export type Variant = keyof typeof VARIANTS;

/** What is known of one turn before anything is decided. */
export interface Turn {
  utterance: Utterance;
  situation: Situation;
  pack: Pack;
  memory: Memory;
  text: string;
  recognition: Recognition;
  intents: ReadonlySet<Intent>;
  /** The card that is being read, in the language in which it is read. */
  current: Procedure | undefined;
  /** The last step of it that was spoken; -1 where none was. */
  step: number;
  /** The hazard that Aurora asked back about. */
  asked: Procedure | undefined;
  /** What a search of the manuals should know. */
  searching: SearchContext;
  /** A hazard's card in the caller's language, or in the site's, or in English. */
  card(hazard: string | undefined): Procedure | undefined;
  /** Aurora's sentences in the caller's language. */
  wording: Wording;
  /** Whether the turn is numbered: only then can its facts be reported. */
  stamped: boolean;
  /** What these words tell of the incident, */
  told: Facts;
  /** and all that is known of it with them. */
  facts: Facts;
  /** One of Aurora's own sentences; with a card, its hazard's name stands for `{hazard}`. */
  own(key: Sentence, card?: Procedure): Piece;
  /** What is done about people: they are being reached, where anybody can be. */
  forPeople(): Piece;
  /** One of its variants: the one after that which was said last. */
  varied(key: Variant): Piece;
}

/** Words beside the card, or its next ones, before they are made a {@link Reply}. */
export interface Draft
  extends Pick<
    Reply,
    'urgency' | 'hazard' | 'step' | 'asked' | 'slow' | 'badly_heard' | 'language'
  > {
  pieces: readonly Piece[];
  rung: NonNullable<Reply['grounding']>['rung'];
  /** Whether a model could only make it worse; by default what the floor answered at once. */
  settled?: boolean;
}

export function turnOf(
  conversation: readonly Message[],
  utterance: Utterance,
  situation: Situation,
  pack: Pack,
  stamp?: TurnStamp,
): Turn {
  const text = utterance.text.slice(0, MAX_CHARACTERS).trim();
  const { language = 'en', languages = [] } = situation;
  const card = (hazard: string | undefined) =>
    hazard === undefined ? undefined : cardIn(pack, hazard, [language, ...languages]);
  const current = card(situation.hazard);
  const wording = wordingIn(language);
  const memory = rememberedIn(conversation, situation.emergency_number);
  const recognition = recognize(text, memory.before);
  const intents = recognizeIntents(text);
  const told = readTold({ utterance, text, situation, pack, recognition, intents }, stamp);
  return {
    utterance,
    situation,
    pack,
    memory,
    text,
    recognition,
    wording,
    stamped: stamp !== undefined,
    told,
    facts: foldFacts(situation.facts, told),
    intents,
    current,
    step: currentStep(situation, current),
    asked: card(situation.asked),
    searching: { hazard: current?.id, languages: [language, ...languages] },
    card,
    own,
    forPeople: () => own(situation.reaches ? 'reaching' : 'marked'),
    varied: (key) => ({
      text: memory.vary(wording.variants[key]),
      language: wording.language,
    }),
  };

  /** A hazard's name is in its card's language, so the sentence around it is too. */
  function own(key: Sentence, card?: Procedure): Piece {
    const { sentences, language } = card ? wordingIn(card.language) : wording;
    const text = sentences[key].replaceAll('{hazard}', () => card?.spoken ?? '');
    return { text, language };
  }

  function wordingIn(tag: string): Wording {
    const spoken = wordingFor(tag);
    return situation.written ? writtenWording(spoken) : spoken;
  }
}

function currentStep({ step }: Situation, procedure: Procedure | undefined): number {
  if (!procedure || step === undefined || !Number.isInteger(step) || step < 0) return -1;
  return Math.min(step, procedure.steps.length - 1);
}

/** Words beside the card: the card and its step stay as they are. */
export function beside(
  turn: Turn,
  urgency: Draft['urgency'],
  rung: Draft['rung'],
  pieces: readonly Piece[],
): Draft {
  const { current, step } = turn;
  return {
    pieces,
    urgency,
    rung,
    ...(current ? { hazard: current.id } : {}),
    ...(current && step >= 0 ? { step } : {}),
  };
}
