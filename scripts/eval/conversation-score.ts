import type { Urgency } from '../../functions/src/calls/model.ts';
import { type Share, share } from './share.ts';

/** One turn of a conversation: what the call must be after it, and what it was. */
export interface JudgedTurn {
  expected: Urgency;
  judged: Urgency;
  /** The card that the call must be at; undefined where it does not matter. */
  expectedHazard: string | undefined;
  hazard: string | undefined;
}

export interface ConversationScore {
  /** Conversations of which every turn was right. */
  conversations: Share;
  turns: Share;
  /** Of the turns after which a call must be CRITICAL, those after which it was not. */
  criticalMissed: Share;
  /** Of the turns after which a call must be NORMAL, those after which it was not. */
  falseAlarm: Share;
  hazards: Share;
}

export function scoreConversations(all: readonly (readonly JudgedTurn[])[]): ConversationScore {
  const turns = all.flat();
  const must = (urgency: Urgency) => turns.filter(({ expected }) => expected === urgency);
  const named = turns.filter(({ expectedHazard }) => expectedHazard !== undefined);
  const wrong = (turn: JudgedTurn) => turn.judged !== turn.expected;
  return {
    conversations: share(all, (conversation) => conversation.every(isRightTurn)),
    turns: share(turns, (turn) => !wrong(turn)),
    criticalMissed: share(must('CRITICAL'), wrong),
    falseAlarm: share(must('NORMAL'), wrong),
    hazards: share(named, ({ expectedHazard, hazard }) => expectedHazard === hazard),
  };
}

export function isRightTurn({ expected, judged, expectedHazard, hazard }: JudgedTurn): boolean {
  return expected === judged && (expectedHazard === undefined || expectedHazard === hazard);
}
