/** A piece of a manual that can be spoken, found and cited. */
export interface Passage {
  /** The document's id, then its place: `fire#step-3`, `fire#never-1`, `fire#asked-2`, `site-guide#4`. */
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
