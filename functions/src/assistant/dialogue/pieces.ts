import type { Passage } from '../manual/passages.ts';
import { countWords, MAX_WORDS } from './wording.ts';

/** A sentence or more that is spoken as it stands: Aurora's own wording, or a passage of a manual. */
export interface Piece {
  /** With `{emergency_number}` still in it. */
  text: string;
  /** BCP 47. */
  language: string;
  /** The passage whose text this is. */
  passage?: Passage;
  /** How well the passage answers the caller's question, 0 to 1; absent where it was not searched for. */
  score?: number;
  /** The id of the question that this asks. */
  question?: string;
}

/**
 * The required pieces, whatever their length, then each optional one that still fits. Optional
 * pieces are given in the order in which they are spoken; `undefined` is left out.
 */
export function compose(
  required: readonly (Piece | undefined)[],
  optional: readonly (Piece | undefined)[] = [],
  most: number = MAX_WORDS,
): Piece[] {
  const pieces = required.filter((piece) => piece !== undefined);
  let words = countPieces(pieces);
  for (const piece of optional) {
    if (!piece) continue;
    const longer = words + countWords(piece.text);
    if (longer > most) continue;
    pieces.push(piece);
    words = longer;
  }
  return pieces;
}

export function countPieces(pieces: readonly Piece[]): number {
  return pieces.reduce((words, { text }) => words + countWords(text), 0);
}
