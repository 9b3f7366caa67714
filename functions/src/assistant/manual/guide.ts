import { countWords } from '../dialogue/wording.ts';
import { LONGEST_ANSWER, LONGEST_TEXT, promising, tooLong } from './card-rules.ts';
import { type Line, type Problem, partHead } from './head.ts';
import { GuideHead, readHead } from './head-fields.ts';
import { markdownSpeech, type Section } from './markdown-speech.ts';
import { hashOf, type Passage, passageId } from './passages.ts';

/** Of one guide. */
export const MOST_PASSAGES = 400;
/** Words of a heading, which is searched and shown and not spoken. */
const LONGEST_HEADING = 20;

/** Any other manual than a card: its head, and its sections as passages. */
export interface Guide {
  id: string;
  title: string;
  language: string;
  source: string;
  passages: readonly Passage[];
}

/**
 * Reads any Markdown with a head, and splits it under each heading, at ends of sentences, into
 * passages of at most 45 words. Versions are counted by whoever keeps them: here they are `version`.
 */
export function readGuide(text: string, version: number): { guide?: Guide; problems: Problem[] } {
  const { head, body, problems } = partHead(text);
  const { fields, problems: ofHead } = readHead(head, GuideHead);
  const language = fields?.language ?? 'en';
  const { sections, problems: ofBody } = markdownSpeech(body, language);
  const pieces = sections.flatMap(piecesOf);
  const all = [...problems, ...ofHead, ...ofBody, ...sections.flatMap(sectionProblems)];
  if (pieces.length === 0 && all.length === 0) {
    all.push({ line: 1, message: 'There is nothing here to be spoken.' });
  }
  const beyond = pieces[MOST_PASSAGES];
  if (beyond) {
    const message = `A manual has at most ${MOST_PASSAGES} passages, and they end here. Split it into two manuals.`;
    all.push({ line: beyond.line, message });
  }
  if (!fields || all.length > 0) {
    return { problems: all.sort((one, other) => one.line - other.line) };
  }
  const { id, title, source } = fields;
  const passages = pieces.map(({ text, heading }, at): Passage => {
    return {
      id: passageId(id, language, String(at + 1)),
      document: id,
      title,
      kind: 'section',
      question: heading,
      text,
      language,
      version,
      hash: hashOf(text),
    };
  });
  return { guide: { id, title, language, source, passages }, problems: [] };
}

/** Whole sentences, as many together as can be listened to. */
function piecesOf({ heading, sentences }: Section): (Line & { heading: string })[] {
  const pieces: (Line & { heading: string })[] = [];
  for (const { text, line } of sentences) {
    const last = pieces.at(-1);
    const together = `${last?.text} ${text}`;
    if (last && countWords(together) <= LONGEST_ANSWER && together.length <= LONGEST_TEXT) {
      last.text = together;
    } else pieces.push({ text, line, heading: heading.text });
  }
  return pieces;
}

function sectionProblems({ heading, sentences }: Section): Problem[] {
  const problems = [
    tooLong(heading, 'A heading', LONGEST_HEADING),
    ...sentences.flatMap((sentence) => [
      tooLong(sentence, 'A sentence', LONGEST_ANSWER),
      promising(sentence),
      unfilled(sentence),
    ]),
  ];
  return problems.filter((problem) => problem !== undefined);
}

function unfilled({ text, line }: Line): Problem | undefined {
  if (!/[{}<>]/.test(text.replaceAll('{emergency_number}', ''))) return undefined;
  const message = 'Of placeholders only {emergency_number} is filled in; leave out { } < and >.';
  return { line, message };
}
