import { callNotFound, maySee, type Viewer } from '../access/visibility.ts';
import type { ArchivedCall, ArchivedConversation } from '../archive/schema.ts';
import { CALL_ID, CONVERSATION_ID } from '../calls/ids.ts';
import type { Call, Conversation } from '../calls/model.ts';
import { InvalidRequest } from './answer-error.ts';
import { available } from './available.ts';
import { type CallView, type ConversationView, viewCall, viewConversation } from './views.ts';

/** Each resolves to undefined where there is nothing under the id. */
export interface CallSource {
  live(callId: string): Promise<Call | undefined>;
  archived(callId: string): Promise<ArchivedCall | undefined>;
  liveConversation(id: string): Promise<Conversation | undefined>;
  archivedConversation(id: string): Promise<ArchivedConversation | undefined>;
}

/**
 * Reads calls for supervisors: live and archived copies merged, and only what they may see.
 * The live copy is always read first and the archive after it has come: a call is written to the
 * archive before it is removed from the live database, so in this order no moment is missed.
 */
export function createCallReaders(source: CallSource) {
  async function call(viewer: Viewer, callId: string): Promise<CallView> {
    if (!CALL_ID.test(callId)) throw malformed('call_id', 'call_');
    const live = await available(source.live(callId));
    const archived = await available(source.archived(callId));
    return visible(viewer, callId, { live, archived });
  }

  async function conversation(viewer: Viewer, id: string): Promise<ConversationView> {
    if (!CONVERSATION_ID.test(id)) throw malformed('conversation_id', 'conv_');
    const callId = id.replace(/^conv_/, 'call_');
    const [liveCall, live] = await available(
      Promise.all([source.live(callId), source.liveConversation(id)]),
    );
    const [archivedCall, archived] = await available(
      Promise.all([source.archived(callId), source.archivedConversation(id)]),
    );
    visible(viewer, callId, { live: liveCall, archived: archivedCall });
    return viewConversation(id, callId, { live, archived });
  }

  return { call, conversation };
}

export type CallReaders = ReturnType<typeof createCallReaders>;

function visible(
  viewer: Viewer,
  callId: string,
  copies: { live: Call | undefined; archived: ArchivedCall | undefined },
): CallView {
  const hidden = [copies.live, copies.archived].some((copy) => copy && !maySee(viewer, copy));
  const view = hidden ? undefined : viewCall(callId, copies);
  if (!view) throw callNotFound();
  return view;
}

function malformed(parameter: string, prefix: string): InvalidRequest {
  return new InvalidRequest(`The ${parameter} in the address is not one of Aurora's.`, [
    { path: parameter, message: `must look like ${prefix}15550100001_20251004_143000_0a1b2c` },
  ]);
}
