import { table } from '../../bench/table.ts';
import { URGENCIES } from '../../functions/src/calls/model.ts';
import { printable } from '../../functions/src/operations/printable.ts';
import { isRightTurn, scoreConversations } from './conversation-score.ts';
import type { MeasuredConversation, MeasuredQuestion, MeasuredUtterance } from './measure.ts';
import { isRight, scoreQuestions } from './question-score.ts';
import { formatShare, groupBy, share } from './share.ts';
import { confusion, GOALS, type Goal, isMet, scoreUrgency } from './urgency-score.ts';

/** What is told about one set; `misses` are rows of it, for those who tune. */
export interface Report {
  text: string;
  misses: string[];
  /** Whether a goal was measured and missed. */
  missedGoal: boolean;
}

/** Characters of a group's name: a source may tell a whole story. */
const LONGEST_NAME = 40;
const SLICES = ['category', 'lang', 'source'] as const;

export function reportUtterances(rows: readonly MeasuredUtterance[]): Report {
  const score = scoreUrgency(rows);
  const carded = rows.filter(({ hazard, label }) => hazard && label !== 'NORMAL');
  const cells = confusion(rows).map((counts, at) => [`is ${URGENCIES[at]}`, ...counts.map(String)]);
  return {
    text: [
      table([['', ...URGENCIES.map((urgency) => `judged ${urgency}`)], ...cells]),
      table([
        ['', 'share', 'goal', ''],
        ...GOALS.map((goal) => [
          goal.name,
          formatShare(goal.of(score)),
          limit(goal),
          verdict(goal),
        ]),
        ['accuracy', formatShare(score.accuracy), '', ''],
        ['right card', formatShare(share(carded, (row) => row.card === row.hazard)), '', ''],
      ]),
      ...SLICES.map((by) => slice(by, rows)),
    ].join('\n\n'),
    misses: rows
      .filter(({ expected, judged }) => expected !== judged)
      .map(({ id, expected, judged, category, text }) =>
        [id, `${expected} judged ${judged}`, category, text].filter(Boolean).join('  '),
      ),
    missedGoal: GOALS.some((goal) => isMet(goal, score) === false),
  };

  function verdict(goal: Goal): string {
    const met = isMet(goal, score);
    return met === undefined ? 'not measured' : met ? 'met' : 'NOT MET';
  }
}

export function reportQuestions(rows: readonly MeasuredQuestion[]): Report {
  const columns = (of: readonly MeasuredQuestion[]) => {
    const { hitAt1, hitAt3, told, toldWrong, wrongAnswer } = scoreQuestions(of);
    return [hitAt1, hitAt3, told, toldWrong, wrongAnswer].map(formatShare);
  };
  const heading = ['hit@1', 'hit@3', 'told', 'told from another', 'told outside of the manual'];
  const groups = (by: 'category' | 'lang') =>
    groupBy(rows, (row) => row[by]).map(([name, of]) => [
      printable(`${by} ${name}`),
      ...columns(of),
    ]);
  return {
    text: table([
      ['', ...heading],
      ['all', ...columns(rows)],
      ...groups('category'),
      ...groups('lang'),
    ]),
    misses: rows
      .filter((row) => !isRight(row))
      .map(({ id, text, found, spoken, expected }) =>
        [
          id,
          text,
          `found ${found.slice(0, 3).join(',') || 'nothing'}`,
          `told ${spoken.join(',') || 'nothing'}`,
          `right ${expected.join(',') || 'nothing'}`,
        ].join('  '),
      ),
    missedGoal: false,
  };
}

export function reportConversations(rows: readonly MeasuredConversation[]): Report {
  const score = scoreConversations(rows.map(({ judged }) => judged));
  return {
    text: table([
      ['', 'share'],
      ['conversations that are right in every turn', formatShare(score.conversations)],
      ['turns with the right urgency of the call', formatShare(score.turns)],
      ['CRITICAL turns that were missed', formatShare(score.criticalMissed)],
      ['NORMAL turns with a false alarm', formatShare(score.falseAlarm)],
      ['turns at the right card', formatShare(score.hazards)],
    ]),
    misses: rows.flatMap(({ id, turns, judged }) =>
      judged.flatMap((turn, at) =>
        isRightTurn(turn)
          ? []
          : [
              `${id} turn ${at + 1}  ${turn.expected} ${turn.expectedHazard ?? ''} judged ` +
                `${turn.judged} ${turn.hazard ?? ''}  ${turns[at]?.text}`,
            ],
      ),
    ),
    missedGoal: false,
  };
}

function slice(by: (typeof SLICES)[number], rows: readonly MeasuredUtterance[]): string {
  const heading = [`by ${by}`, 'accuracy', 'CRITICAL recall', 'missed as NORMAL', 'false alarm'];
  const groups = groupBy(rows, (row) => row[by]).map(([name, of]) => {
    const { accuracy, criticalRecall, criticalAsNormal, falseAlarm } = scoreUrgency(of);
    return [
      printable(name.slice(0, LONGEST_NAME)),
      ...[accuracy, criticalRecall, criticalAsNormal, falseAlarm].map(formatShare),
    ];
  });
  return groups.length > 0 ? table([heading, ...groups]) : `No row names its ${by}.`;
}

function limit({ least, most }: Goal): string {
  return least === undefined ? `<= ${most}` : `>= ${least}`;
}
