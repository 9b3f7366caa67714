import type { Urgency } from '../calls/model.ts';

/** Quiet turns in a row after which the call counts as URGENT: somebody may be unable to speak. */
const ASK_TIMES = 2;

/** What Aurora says to a caller who says nothing; asks twice in different words, then stays. */
export function answerSilence(
  times: number,
  emergencyNumber: string,
): { reply: string; urgency: Urgency } {
  if (times <= 1) {
    return {
      reply:
        'I did not hear you. Tell me what has happened, or press 1 if you are in danger and 2 if you are safe.',
      urgency: 'NORMAL',
    };
  }
  if (times <= ASK_TIMES) {
    return {
      reply:
        'Are you there? If you cannot speak, press any of these keys: 1 for danger, 9 to ask for a person.',
      urgency: 'NORMAL',
    };
  }
  return {
    reply: `I am staying on the line and I have marked this call as urgent. If you can, move away from danger. If anybody is in danger, call ${emergencyNumber}. Speak or press 1 at any time.`,
    urgency: 'URGENT',
  };
}
