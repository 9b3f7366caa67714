import { countWords, promisesHelp } from '../dialogue/wording.ts';
import type { CardBody } from './card.ts';
import type { Line, Problem } from './head.ts';
import type { Procedure } from './manual.ts';

/** Words, as functions/manuals/README.md tells them. */
const LONGEST_STEP = 25;
const LONGEST_FIRST_STEP = 12;
const LONGEST_QUESTION = 15;
export const LONGEST_ANSWER = 45;
/** Characters: scripts without spaces are one word to us. */
export const LONGEST_TEXT = 500;
const MOST_STEPS = 30;
const MOST_OTHERS = 30;

const NUMBER = '{emergency_number}';

/** What of a card must not be spoken so. */
export function cardProblems(
  card: CardBody,
  urgency: Procedure['urgency'],
  hazards: ReadonlySet<string>,
): Problem[] {
  const { steps, questions, warnings, answers } = card;
  const [first, second] = steps;
  const problems: (Problem | undefined)[] = [
    ...steps.flatMap((step) => [tooLong(step, 'A step', LONGEST_STEP), notEnded(step)]),
    ...warnings.map((warning) => tooLong(warning, 'A warning', LONGEST_STEP)),
    ...questions.flatMap((question) => [
      tooLong(question, 'A question', LONGEST_QUESTION),
      /\?$/.test(question.text) ? undefined : at(question, 'End a question with a question mark.'),
    ]),
    ...questions.flatMap((question) => unknownHazards(question, hazards)),
    ...answers.map(({ answer }) => tooLong(answer, 'An answer', LONGEST_ANSWER)),
    ...[...steps, ...questions, ...warnings].map(notPlain),
    ...answers.flatMap(({ question, answer }) => [notPlain(question), notPlain(answer)]),
    ...[...steps, ...warnings, ...answers.map(({ answer }) => answer)].map(promising),
  ];
  if (urgency === 'CRITICAL' && first) {
    problems.push(tooLong(first, 'The first step of a CRITICAL card', LONGEST_FIRST_STEP));
    if (!second?.text.includes(NUMBER)) {
      problems.push(at(second ?? first, `The second step of a CRITICAL card must name ${NUMBER}.`));
    }
  } else if (first && !steps.some(({ text }) => text.includes(NUMBER))) {
    problems.push(at(first, `One step must name ${NUMBER}.`));
  }
  if (steps[MOST_STEPS]) problems.push(at(steps[MOST_STEPS], `At most ${MOST_STEPS} steps.`));
  for (const list of [questions, warnings, answers.map(({ question }) => question)]) {
    const beyond = list[MOST_OTHERS];
    if (beyond) problems.push(at(beyond, `At most ${MOST_OTHERS} of these.`));
  }
  return problems.filter((problem) => problem !== undefined);
}

/** An answer that begins no card would be taken for one that means nothing. */
function unknownHazards(
  { replies, line }: CardBody['questions'][number],
  hazards: ReadonlySet<string>,
): Problem[] {
  const { yes, no, unsure } = replies;
  const named = [yes, no, unsure].filter((hazard) => hazard !== undefined);
  const unknown = [...new Set(named)].filter((hazard) => !hazards.has(hazard));
  return unknown.map((hazard) => ({ line, message: `Aurora recognizes no hazard ${hazard}.` }));
}

/** I8: nobody who wrote a manual knows that somebody is on the way to this caller. */
export function promising({ text, line }: Line): Problem | undefined {
  if (!promisesHelp(text)) return undefined;
  const message =
    'This promises that help or a person is coming, which nobody knows. Leave it out.';
  return { line, message };
}

export function tooLong(item: Line, what: string, words: number): Problem | undefined {
  const count = countWords(item.text);
  if (count > words) return at(item, `${what} has at most ${words} words; this one has ${count}.`);
  if (item.text.length <= LONGEST_TEXT) return undefined;
  return at(item, `${what} has at most ${LONGEST_TEXT} characters.`);
}

/** Markdown, markup and placeholders would be read out as signs. */
function notPlain(item: Line): Problem | undefined {
  const sign = /[{}<>*_#[\]`|\\;]/.exec(item.text.replaceAll(NUMBER, ''))?.[0];
  if (sign === undefined) return undefined;
  return at(
    item,
    `Write plain sentences: "${sign}" cannot be spoken. Only ${NUMBER} is filled in.`,
  );
}

function notEnded(item: Line): Problem | undefined {
  return /[.?!।]$/.test(item.text) ? undefined : at(item, 'End a step with a full stop.');
}

function at({ line }: Line, message: string): Problem {
  return { line, message };
}
