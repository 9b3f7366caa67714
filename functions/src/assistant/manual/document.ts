import { readCard } from './card.ts';
import { type Guide, readGuide } from './guide.ts';
import { type Problem, partHead } from './head.ts';
import type { Procedure } from './manual.ts';

/** Bytes of UTF-8 that an uploaded document may have. */
export const LARGEST_DOCUMENT = 200_000;

export type ManualDocument = { kind: 'card'; card: Procedure } | { kind: 'guide'; guide: Guide };

export type Read =
  | { document: ManualDocument; problems: [] }
  | { document?: undefined; problems: Problem[] };

/** Problems that are told at once; whoever has mended these is told the next. */
const MOST_PROBLEMS = 50;

/** Keys that only a card's head has: somebody who writes one of them means a card. */
const CARD_KEYS = ['spoken', 'urgency', 'danger_to_helpers'] as const;

/**
 * Reads an upload: a card, if its head says so, and a guide otherwise.
 *
 * @param version of the document, as uploads are counted; what its own head says counts for nothing
 * @param hazards for which there can be a card
 */
export function readDocument(
  text: string,
  { version, hazards }: { version: number; hazards: ReadonlySet<string> },
): Read {
  const unreadable = signProblems(text);
  if (unreadable.length > 0) return { problems: unreadable.slice(0, MOST_PROBLEMS) };
  const { head } = partHead(text);
  const id = head.get('id');
  const named = id !== undefined && hazards.has(id.text);
  if (!CARD_KEYS.some((key) => head.has(key))) {
    const { guide, problems } = readGuide(text, version);
    if (named) {
      const message = `${id.text} is a hazard: write its card (with spoken, urgency, danger_to_helpers), or choose another id.`;
      problems.unshift({ line: id.line, message });
    }
    return guide && problems.length === 0
      ? { document: { kind: 'guide', guide }, problems: [] }
      : { problems: problems.slice(0, MOST_PROBLEMS) };
  }
  const { procedure, problems } = readCard(text, hazards);
  if (id && !named) {
    const message = `Aurora recognizes no hazard ${id.text}. A card is for one of: ${[...hazards].sort().join(', ')}.`;
    problems.unshift({ line: id.line, message });
  }
  return procedure && problems.length === 0
    ? { document: { kind: 'card', card: { ...procedure, version } }, problems: [] }
    : { problems: problems.slice(0, MOST_PROBLEMS) };
}

/** Signs that are not seen, or that change what is seen, make a text another one than was read. */
function signProblems(text: string): Problem[] {
  if (Buffer.byteLength(text) > LARGEST_DOCUMENT) {
    const message = `The document is larger than ${LARGEST_DOCUMENT / 1_000} kB. Split it into several manuals.`;
    return [{ line: 1, message }];
  }
  return text.split(/\r\n|\n|\r/).flatMap((line, at): Problem[] => {
    const hidden = /[^\P{Cc}\t]|[\u2028-\u202E\u2066-\u2069]|\p{Cs}|\p{Co}|\uFFFD/u.exec(line)?.[0];
    if (hidden === undefined) return [];
    const code = hidden.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return [{ line: at + 1, message: `Remove the sign U+${code}: it cannot be read.` }];
  });
}
