import { conversationId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import type { CallEvent } from '../calls/model.ts';
import type { CallState } from '../calls/reduce.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import type { TwilioCalls } from '../twilio/calls.ts';
import { createChangeCall } from './change-call.ts';
import { createHolding } from './holding.ts';
import { createLines } from './lines.ts';
import { createLookAfter } from './look-after.ts';
import { createMessages, type Texts } from './messages.ts';
import { createPageNext, type Pager } from './page-next.ts';
import { createSendOn } from './send-on.ts';
import { createStaleReplies } from './stale-reply.ts';

export const BASE = 'https://aurora.example';

export interface HoldingParts {
  database: LiveDatabase;
  apply: (events: readonly CallEvent[]) => Promise<void>;
  twilio: Pick<TwilioCalls, 'redirect' | 'state'>;
  now: () => number;
  log: Log;
  pager?: Pager;
  texts?: Texts;
  toLeg?: (callId: string) => Promise<boolean>;
  publicBaseUrl?: string;
}

/** The whole room over a database, as the composition root joins it. */
export function holdingOver(parts: HoldingParts) {
  const { database, apply, twilio, now, log } = parts;
  let calls = 0;
  const lines = createLines({
    siteOf: async () => ({ emergencyNumber: '112', languages: ['en-IN'] }),
    random: () => `random${calls++}`,
  });
  const readState = (callId: string) => stateIn(database, callId);
  const sendOn = createSendOn({
    publicBaseUrl: parts.publicBaseUrl ?? BASE,
    readState,
    lines,
    twilio: () => twilio,
    apply,
    toLeg: parts.toLeg,
    now,
    log,
  });
  const changeCall = createChangeCall(database);
  const pageNext = createPageNext(async () => parts.pager ?? { raise: async () => undefined }, log);
  const holding = createHolding({ changeCall, sendOn, pageNext, now });
  const texts = async () => parts.texts ?? { text: async () => ({ refused: 'failed' }) };
  return {
    ...holding,
    lines,
    messages: createMessages({ database, changeCall, sendOn, texts, apply, now }),
    lookAfter: createLookAfter({ database, holding, pageNext, now, log }),
    sendOnAfterStaleReply: createStaleReplies({ database, holding: async () => holding, now }),
    readState,
  };
}

export async function stateIn(
  database: Pick<LiveDatabase, 'read'>,
  callId: string,
): Promise<CallState> {
  const [call, conversation] = await Promise.all([
    database.read(live.call(callId)),
    database.read(live.conversation(conversationId(callId))),
  ]);
  return {
    ...(call.value === null ? {} : { call: readCall(call.value) }),
    ...(conversation.value === null ? {} : { conversation: readConversation(conversation.value) }),
  };
}
