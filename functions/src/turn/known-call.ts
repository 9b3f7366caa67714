import { foldFacts } from '../calls/facts.ts';
import { turnOfMessage } from '../calls/ids.ts';
import type { CallState } from '../calls/reduce.ts';
import type { Journal } from '../journal/journal.ts';
import type { Turn } from './model.ts';
import type { Reading } from './reading.ts';

/** Milliseconds that an instance without the previous turn waits for the live call (I1). */
const LIVE_CALL_BOUND = 300;

/**
 * This instance's copy, or the live one where another instance served the previous turn, or a
 * person has spoken since.
 */
export function createKnownCall(journal: Pick<Journal, 'call'>) {
  return async function knownCall(
    { started, token, told = [], resumes }: Turn,
    reads: () => Reading<CallState>,
  ): Promise<CallState | undefined> {
    const own = journal.call(started.call_id);
    const ids = Object.keys(own?.conversation?.messages ?? {});
    const isAlone = told.length === 0 && !resumes;
    if (isAlone && ids.some((id) => turnOfMessage(id) === token.n - 1)) return own;
    const live = await reads().within(LIVE_CALL_BOUND);
    const facts = foldFacts(live?.call?.facts, own?.call?.facts ?? {});
    return live?.conversation
      ? {
          ...(live.call ? { call: { ...live.call, facts } } : {}),
          conversation: {
            ...live.conversation,
            messages: { ...live.conversation.messages, ...own?.conversation?.messages },
          },
        }
      : own;
  };
}
