import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { streamsUrl } from '../api/client-config.ts';
import type { CallView, ConversationView, Message } from '../api/types.ts';
import { refused, type Session, session } from '../session/session.ts';
import { createLiveConversation, type LiveConversation } from './conversation.ts';
import { openStream } from './event-stream.ts';
import { createLiveCalls, type LiveCalls } from './live-calls.ts';

/** Undefined where nobody is signed in, or may not see anything yet. */
const tokenOf = (current: Session) =>
  current.state === 'signed_in' && !current.mustSetUp ? current.token : undefined;
const token = () => tokenOf(session.getState());

/** One list for the whole page: the alarm needs it on every screen. */
const liveCalls = createLiveCalls((work) => {
  // A page in the background gets no frames, and its alarm must sound all the same.
  if (document.visibilityState === 'visible') requestAnimationFrame(work);
  else setTimeout(work, 50);
});

/** Keeps the list open while somebody is signed in. For the frame of the page, once. */
export function useLiveCallsStream(): void {
  const current = useStore(session, tokenOf);
  useEffect(() => {
    if (current === undefined) return undefined;
    // Whoever has just signed in has not been without news yet.
    liveCalls.heard();
    return openStream({
      url: `${streamsUrl()}/api/calls/stream`,
      token,
      onUnauthorized: refused,
      onConnection: liveCalls.connection,
      onHeard: liveCalls.heard,
      onEvent(name, data) {
        if (name === 'initial') liveCalls.take({ name, ...(data as { items: CallView[] }) });
        if (name === 'added' || name === 'changed') {
          liveCalls.take({ name, ...(data as { call: CallView }) });
        }
        if (name === 'removed') liveCalls.take({ name, ...(data as { call_id: string }) });
      },
    });
  }, [current]);
}

export function useLiveCalls<T>(select: (calls: LiveCalls) => T): T {
  return useStore(liveCalls.store, select);
}

/**
 * The conversation of a call, open while the component is there; one component, one conversation.
 * What is known stays when the session expires, and so does what somebody types beside it.
 */
export function useConversation(conversationId: string): LiveConversation {
  const [live] = useState(createLiveConversation);
  const current = useStore(session, tokenOf);
  useEffect(() => {
    if (current === undefined) return undefined;
    return openStream({
      url: `${streamsUrl()}/api/conversation/${conversationId}/stream`,
      token,
      onUnauthorized: refused,
      onConnection: live.connection,
      onEvent(name, data) {
        if (name === 'initial') {
          live.take({ name, ...(data as { call: CallView; conversation: ConversationView }) });
        }
        if (name === 'new_messages') live.take({ name, ...(data as { messages: Message[] }) });
        if (name === 'call' || name === 'ended') {
          live.take({ name, ...(data as { call: CallView }) });
        }
      },
    });
  }, [live, conversationId, current]);
  return useStore(live.store);
}
