import { createHash } from 'node:crypto';
import type { Procedure } from './manual.ts';

/** A piece of a manual that can be spoken, found and cited. */
export interface Passage {
  /**
   * The document's id, then its place, counted from 1: `fire#step-3`, `fire#never-1`, `fire#asked-2`,
   * `site-guide#4`. In another language than English that stands before the place: `fire#hi-step-3`.
   */
  id: string;
  /** The id of its document: for a card also the hazard's. */
  document: string;
  /** The document's title, as `sources` names it. */
  title: string;
  kind: 'step' | 'warning' | 'answer' | 'section';
  /** The caller's question that it answers, or the heading that it stands under; else "". */
  question: string;
  /** As it is spoken; `{emergency_number}` stands for the site's number. */
  text: string;
  /** BCP 47 language of the text, without region, e.g. `en`. */
  language: string;
  version: number;
  /** Of the text: SHA-256, first 12 hex digits. */
  hash: string;
}

/** The language in which every card exists; only what is in another one names it in its ids. */
export const BASE_LANGUAGE = 'en';

/** What can be spoken of a card, in its order; its questions to the caller are no passages. */
export function passagesOf(procedure: Procedure): Passage[] {
  const { id: document, title, language, version } = procedure;
  const passage = (kind: Passage['kind'], place: string, text: string, question = ''): Passage => ({
    id: passageId(document, language, place),
    document,
    title,
    kind,
    question,
    text,
    language,
    version,
    hash: hashOf(text),
  });
  return [
    ...procedure.steps.map((text, at) => passage('step', `step-${at + 1}`, text)),
    ...procedure.warnings.map((text, at) => passage('warning', `never-${at + 1}`, text)),
    ...procedure.answers.map(({ question, answer }, at) =>
      passage('answer', `asked-${at + 1}`, answer, question),
    ),
  ];
}

export function passageId(document: string, language: string, place: string): string {
  return `${document}#${language === BASE_LANGUAGE ? '' : `${language}-`}${place}`;
}

/** SHA-256 of a passage's text, first 12 hex digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
