import { baseOf, fullTag } from '../../calls/language-tags.ts';
import type { VARIANTS, WORDING } from '../dialogue/wording.ts';
import type { CallLanguages } from './choose.ts';
import { english } from './english.ts';
import { hindi } from './hindi.ts';
import { spanish } from './spanish.ts';

/** Who read a language's sentences as somebody who speaks it, and when (a date, ISO 8601). */
export type Review = { by: string; on: string } | 'nobody yet';

/** What is said when a call begins, when nothing was heard, and when the language changes. */
export interface LineWording {
  /** The first words of every call. Short: somebody is waiting to speak. */
  greeting: string;
  /** Offers this language, in it. `{key}` is filled in. */
  offer: string;
  /** To a caller who was silent once, twice, and more often. */
  silent: readonly [string, string, string];
  /** Said in this language when the line begins to listen for it. */
  switched: string;
  /** While the line is connected with somebody; no one is promised. */
  moment: string;
  goodbye: string;
  /** The first words of a call back, before those that were said last. */
  calledBack: string;
  /** To what seems to be a voicemail: nothing that a stranger who listens to it must not know. */
  anybody: string;
  /** Texts to a caller who says nothing, and to one whose call broke off. */
  silentText: string;
  lostText: string;
  /** Where nobody has come: {emergency_number} is spoken, or dialled into the call. */
  nobody: string;
  dialling: string;
  /** Where the emergency number has hung up, and where it could not be reached. */
  backFromDialling: string;
  notConnected: string;
  /** Once, when a supervisor has taken the call over: they have, so it may be said. */
  taken: string;
  /** Now and then, to a caller who says nothing while a supervisor has the call. */
  open: string;
  /** Before a supervisor's message. */
  says: string;
  /** When Aurora speaks again. */
  back: string;
}

/**
 * Every sentence of Aurora's that is not in a manual, in one language. No sentence promises that help
 * or a person is coming (I8). `{emergency_number}` is filled in where it is spoken.
 */
export interface Wording {
  /** The language without country: `hi`. */
  language: string;
  reviewed: Review;
  sentences: Readonly<Record<keyof typeof WORDING, string>>;
  variants: Readonly<Record<keyof typeof VARIANTS, readonly [string, ...string[]]>>;
  line: LineWording;
}

export const WORDINGS: readonly Wording[] = [english, hindi, spanish];

const BY_LANGUAGE = new Map(WORDINGS.map((wording) => [wording.language, wording]));

/** A language's sentences; English where Aurora has none in it. */
export function wordingFor(language: string): Wording {
  return BY_LANGUAGE.get(baseOf(language)) ?? english;
}

/** The sentences for a call, and the tag of the language that they are in. */
export function wordingOfCall({ language, languages }: CallLanguages): {
  wording: Wording;
  language: string;
} {
  const wording = wordingFor(language);
  return { wording, language: fullTag(wording.language, [language, ...languages]) };
}

/** Whether Aurora has sentences in a language. */
export function speaks(language: string): boolean {
  return BY_LANGUAGE.has(baseOf(language));
}

/** All sentences of a language, for whoever checks them. */
export function everySentence({ sentences, variants, line }: Wording): string[] {
  const { silent, ...single } = line;
  return [
    ...Object.values(sentences),
    ...Object.values(variants).flat(),
    ...Object.values(single),
    ...silent,
  ];
}
