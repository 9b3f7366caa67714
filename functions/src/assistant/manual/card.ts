import { cardProblems } from './card-rules.ts';
import { type Line, type Problem, partHead } from './head.ts';
import { CardHead, readHead } from './head-fields.ts';
import type { Procedure } from './manual.ts';
import { type Replies, readReplies } from './replies.ts';

/** The lines of a card's body, before they are a procedure. */
export interface CardBody {
  steps: Line[];
  questions: (Line & { replies: Replies })[];
  warnings: Line[];
  answers: { question: Line; answer: Line }[];
}

type Section = keyof CardBody;

const SECTIONS: ReadonlyMap<string, Section> = new Map([
  ['Steps', 'steps'],
  ['Ask', 'questions'],
  ['Never', 'warnings'],
  ['If asked', 'answers'],
]);

/** How a line of each section begins. */
const ITEMS: Record<Section, RegExp> = {
  steps: /^\d+\. +(.+)$/,
  questions: /^- +(.+)$/,
  warnings: /^- +(.+)$/,
  answers: /^### +(.+)$/,
};

const FORMS: Record<Section, string> = {
  steps: 'Write each step on one line, as "1. …".',
  questions: 'Write each question on one line, as "- …".',
  warnings: 'Write each warning on one line, as "- …".',
  answers: 'Write the caller’s question first, as "### …", and the answer under it.',
};

/**
 * Reads a document in the form of functions/manuals/README.md.
 *
 * @param hazards that have a card, to check the words by. Absent for the cards that ship: tests check
 * them, and an instance that starts must not take a tenth of a second for it again
 */
export function readCard(
  text: string,
  hazards?: ReadonlySet<string>,
): { procedure?: Procedure; problems: Problem[] } {
  const { head, body, problems } = partHead(text);
  const { fields, problems: ofHead } = readHead(head, CardHead);
  const { card, problems: ofBody } = readBody(body);
  const { steps, questions, warnings, answers } = card;
  const all = [...problems, ...ofHead, ...ofBody];
  const [firstStep, ...otherSteps] = steps.map(({ text }) => text);
  const [firstQuestion, ...otherQuestions] = questions.map(({ text }) => text);
  if (firstStep === undefined) all.push(missing('steps'));
  if (firstQuestion === undefined) all.push(missing('questions'));
  if (warnings.length === 0) all.push(missing('warnings'));
  if (fields && hazards) all.push(...cardProblems(card, fields.urgency, hazards));
  if (!fields || firstStep === undefined || firstQuestion === undefined || all.length > 0) {
    return { problems: all.sort((one, other) => one.line - other.line) };
  }
  const { danger_to_helpers, reviewed_by, ...rest } = fields;
  return {
    procedure: {
      ...rest,
      dangerToHelpers: danger_to_helpers === 'yes',
      reviewedBy: reviewed_by,
      steps: [firstStep, ...otherSteps],
      questions: [firstQuestion, ...otherQuestions],
      ...(questions.some(({ replies }) => Object.keys(replies).length > 0)
        ? { replies: questions.map(({ replies }) => replies) }
        : {}),
      warnings: warnings.map(({ text }) => text),
      answers: answers.map(({ question, answer }) => ({
        question: question.text,
        answer: answer.text,
      })),
    },
    problems: [],
  };
}

function readBody(lines: readonly Line[]): { card: CardBody; problems: Problem[] } {
  const card: CardBody = { steps: [], questions: [], warnings: [], answers: [] };
  const problems: Problem[] = [];
  const seen = new Set<Section>();
  let section: Section | undefined;
  for (const { text, line } of lines) {
    if (text.trim() === '') continue;
    const heading = /^## +(.+)$/.exec(text)?.[1];
    if (heading !== undefined) {
      section = SECTIONS.get(heading);
      if (!section || seen.has(section)) {
        const known = [...SECTIONS.keys()].join(', ');
        problems.push({ line, message: `A card has the sections ${known}, each once.` });
      } else seen.add(section);
    } else if (!section) {
      if (seen.size === 0) problems.push({ line, message: 'Begin the body with "## Steps".' });
    } else readItem(section, { text, line });
  }
  for (const { question, answer } of card.answers) {
    if (answer.text === '') {
      problems.push({ line: question.line, message: 'This question has no answer under it.' });
    }
  }
  return { card, problems };

  function readItem(section: Section, { text, line }: Line): void {
    const item = ITEMS[section].exec(text)?.[1]?.trim();
    if (section !== 'answers') {
      if (item === undefined) problems.push({ line, message: FORMS[section] });
      else if (section === 'questions') {
        const { problem, ...question } = readReplies(item);
        if (problem !== undefined) problems.push({ line, message: problem });
        card.questions.push({ ...question, line });
      } else card[section].push({ text: item, line });
      return;
    }
    const last = card.answers.at(-1);
    if (item !== undefined) {
      card.answers.push({ question: { text: item, line }, answer: { text: '', line } });
    } else if (!last) problems.push({ line, message: FORMS.answers });
    else if (last.answer.text === '') last.answer = { text: text.trim(), line };
    else last.answer.text += ` ${text.trim()}`;
  }
}

function missing(section: Section): Problem {
  const [name] = [...SECTIONS].find(([, each]) => each === section) ?? [''];
  return { line: 1, message: `The section "## ${name}" is missing or empty.` };
}
