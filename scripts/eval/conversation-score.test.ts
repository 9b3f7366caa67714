import { expect, test } from 'vitest';
import type { Urgency } from '../../functions/src/calls/model.ts';
import { type JudgedTurn, scoreConversations } from './conversation-score.ts';

const turn = (
  expected: Urgency,
  judged: Urgency,
  hazards: [string, string] | [] = [],
): JudgedTurn => ({
  expected,
  judged,
  expectedHazard: hazards[0],
  hazard: hazards[1],
});

test('a conversation is right when each of its turns is, its card included', () => {
  const right = [turn('NORMAL', 'NORMAL'), turn('CRITICAL', 'CRITICAL', ['fire', 'fire'])];
  const missed = [turn('CRITICAL', 'URGENT'), turn('CRITICAL', 'CRITICAL')];
  const otherCard = [turn('URGENT', 'URGENT', ['spill', 'fire']), turn('NORMAL', 'URGENT')];
  expect(scoreConversations([right, missed, otherCard])).toEqual({
    conversations: { count: 1, of: 3 },
    turns: { count: 4, of: 6 },
    criticalMissed: { count: 1, of: 3 },
    falseAlarm: { count: 1, of: 2 },
    hazards: { count: 1, of: 2 },
  });
});
