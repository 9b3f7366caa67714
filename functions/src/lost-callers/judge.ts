import { type Call, type Conversation, URGENCIES } from '../calls/model.ts';
import { inOrder } from '../calls/reduce.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { instant } from '../calls/times.ts';
import type { Quiet, Why } from './record.ts';

/** What the words of callers mean. */
export interface Meaning {
  /** Whether they say that it is over, or that it is not. */
  toldState: (text: string) => 'over' | 'danger' | undefined;
  speaksOfHiding: (text: string) => boolean;
  /** Hazards that the words name. */
  hazardsIn: (text: string) => readonly string[];
}

/** The hazard of threats, violence and intruders. */
const THREAT = 'threat';

/** How often one caller is followed from call to call. */
const MOST_GENERATIONS = 3;

/** Milliseconds before the end within which whoever left the call by phone had talked it over. */
const JUST_TALKED = 60_000;

/** A call that is over, with its words, and the hazard of the card that was read. */
export interface OverCall {
  call: Call;
  messages: Conversation['messages'];
  hazard: string | undefined;
}

/**
 * Why the caller of a call that is over is followed; undefined where nothing is left to do: it was
 * no telephone call, or was resolved. Resolved is what a supervisor noted or ended, what was talked
 * over with a supervisor by phone, what the caller said is over, and a question without danger that
 * was answered. Whoever hung up without a word may not have been able to speak.
 */
export function whyLost({ call, messages }: OverCall, { toldState }: Meaning): Why | undefined {
  if (call.medium !== 'Voice' || call.noted?.final_action) return undefined;
  if (call.owner?.kind === 'supervisor' && call.owner.leg) return undefined;
  if (Object.values(call.timeline ?? {}).some((entry) => endsIt(entry, call))) return undefined;
  const words = wordsOf(messages);
  const state = words.map(toldState).findLast((each) => each !== undefined);
  if (state === 'over') return undefined;
  if (URGENCIES.indexOf(call.urgency) > 0 && words.length > 0) return 'urgent';
  return words.length === 0 ? 'silent' : undefined;
}

/** Why nobody may ring or text; undefined where they may. */
export function whyQuiet(
  { call, messages, hazard }: OverCall,
  { speaksOfHiding, hazardsIn }: Meaning,
  generation = 0,
): Quiet | undefined {
  const words = wordsOf(messages);
  const isThreat = [hazard, call.facts?.hazard?.value].includes(THREAT);
  if (isThreat || words.some((text) => hazardsIn(text).includes(THREAT))) return 'threat';
  if (words.some(speaksOfHiding)) return 'hiding';
  return generation >= MOST_GENERATIONS ? 'too_often' : undefined;
}

function endsIt({ step, at }: TimelineEntry, { ended_at = '' }: Call): boolean {
  if (step === 'ended') return true;
  return step === 'left' && instant(ended_at) - instant(at) < JUST_TALKED;
}

function wordsOf(messages: Conversation['messages']): string[] {
  return inOrder(messages)
    .filter(({ role, content }) => role === 'user' && content !== '')
    .map(({ content }) => content);
}
