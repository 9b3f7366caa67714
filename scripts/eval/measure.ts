import type { Conversation, Question, Utterance } from '../../functions/eval/rows.ts';
import type { Caller } from './caller.ts';
import type { JudgedTurn } from './conversation-score.ts';
import type { Answered } from './question-score.ts';
import type { Judged } from './urgency-score.ts';

export type MeasuredUtterance = Utterance & Judged & { card: string | undefined };
export type MeasuredQuestion = Question & Answered;
export type MeasuredConversation = Conversation & { judged: JudgedTurn[] };

export async function measureUtterances(
  caller: Caller,
  rows: readonly Utterance[],
): Promise<MeasuredUtterance[]> {
  const measured: MeasuredUtterance[] = [];
  for (const row of rows) {
    const { urgency, hazard } = await caller.ask(row.text);
    measured.push({ ...row, expected: row.label, judged: urgency, card: hazard });
  }
  return measured;
}

export async function measureQuestions(
  caller: Caller,
  rows: readonly Question[],
): Promise<MeasuredQuestion[]> {
  const measured: MeasuredQuestion[] = [];
  for (const row of rows) {
    const { sources, grounding } = await caller.ask(row.text, row.hazard);
    measured.push({
      ...row,
      expected: row.passages,
      found: caller.find(row.text, row.hazard),
      spoken: grounding?.passages?.map(({ id }) => id) ?? [],
      sourced: sources !== '',
    });
  }
  return measured;
}

export async function measureConversations(
  caller: Caller,
  rows: readonly Conversation[],
): Promise<MeasuredConversation[]> {
  const measured: MeasuredConversation[] = [];
  for (const row of rows) {
    const after = await caller.converse(row.turns);
    const judged = row.turns.map((turn, at) => ({
      expected: turn.urgency,
      judged: after[at]?.urgency ?? 'NORMAL',
      expectedHazard: turn.hazard,
      hazard: after[at]?.hazard,
    }));
    measured.push({ ...row, judged });
  }
  return measured;
}
