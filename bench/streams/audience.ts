import { createTokens } from '../../functions/src/access/tokens.ts';
import { type LiveCall, liveCalls, liveContent } from '../archive/live-calls.ts';
import { streamPath } from './watched.ts';
import type { Wanted } from './watchers.ts';

export const CONVERSATIONS = 50;
export const WATCHERS_EACH = 20;
export const STREAMS = CONVERSATIONS * WATCHERS_EACH;
/** Each signed in on a device of their own, with ten streams open. */
const SUPERVISORS = 100;
const MESSAGES_AT_FIRST = 10;

export interface Audience {
  calls: LiveCall[];
  /** What the Realtime Database holds at first, the supervisors' states included. */
  content: Record<string, unknown>;
  /** The streams, such that those beside each other are of different conversations. */
  wanted: Wanted[];
}

export function createAudience(secret: string): Audience {
  const calls = liveCalls(1, CONVERSATIONS, MESSAGES_AT_FIRST);
  const tokens = createTokens({ secrets: [secret], clock: { now: Date.now } });
  const supervisors = Array.from({ length: SUPERVISORS }, (_, i) => ({
    id: `supervisor_${i}`,
    headers: {
      authorization: `Bearer ${tokens.issue({ id: `supervisor_${i}` }).token}`,
      'x-forwarded-for': `10.0.0.${i}`,
    },
  }));
  const state = { role: 'supervisor', company_id: 'demo', disabled: false, not_before: 0 };
  return {
    calls,
    content: {
      ...liveContent(calls),
      admin_state: Object.fromEntries(supervisors.map(({ id }) => [id, state])),
    },
    wanted: Array.from({ length: STREAMS }, (_, i) => ({
      path: streamPath(calls[i % CONVERSATIONS]?.started.conversation_id ?? ''),
      headers: supervisors[Math.floor(i / 10)]?.headers ?? {},
    })),
  };
}
