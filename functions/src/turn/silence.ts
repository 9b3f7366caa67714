import type { CallLanguages } from '../assistant/languages/choose.ts';
import { wordingOfCall } from '../assistant/languages/wording.ts';
import type { Urgency } from '../calls/model.ts';
import { offers } from './greeting.ts';
import { type Spoken, spoken } from './spoken.ts';

/** Quiet turns in a row after which the call counts as URGENT: somebody may be unable to speak. */
const ASK_TIMES = 2;

/**
 * What Aurora says to a caller who says nothing; asks twice in different words, then stays. At first
 * the other languages are offered again: perhaps the greeting was not understood.
 */
export function answerSilence(
  times: number,
  emergencyNumber: string,
  call: CallLanguages,
): Spoken & { urgency: Urgency } {
  const { wording, language } = wordingOfCall(call);
  const [once, twice, more] = wording.line.silent;
  const text = times <= 1 ? once : times <= ASK_TIMES ? twice : more;
  const words = [{ text, language }, ...(times <= 1 ? offers(call) : [])];
  return { ...spoken(words, emergencyNumber), urgency: times <= ASK_TIMES ? 'NORMAL' : 'URGENT' };
}
