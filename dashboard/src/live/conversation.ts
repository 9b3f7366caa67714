import { createStore } from 'zustand/vanilla';
import type { CallView, ConversationView, Message } from '../api/types.ts';
import type { Connection } from './event-stream.ts';

/** One call and what is said in it, as the stream tells it. */
export interface LiveConversation {
  call: CallView | undefined;
  /** Each once, in the order in which they were said. */
  messages: readonly Message[];
  connection: Connection;
}

export type ConversationEvent =
  | { name: 'initial'; call: CallView; conversation: ConversationView }
  | { name: 'new_messages'; messages: readonly Message[] }
  | { name: 'call' | 'ended'; call: CallView };

type Known = Pick<LiveConversation, 'call' | 'messages'>;

/** A message that comes again is the same one, known better. Pure. */
export function foldConversation(known: Known, event: ConversationEvent): Known {
  switch (event.name) {
    case 'initial':
      return { call: event.call, messages: event.conversation.messages };
    case 'new_messages': {
      const byId = new Map(known.messages.map((message) => [message.id, message]));
      for (const message of event.messages) byId.set(message.id, message);
      return { ...known, messages: [...byId.values()].sort(bySaid) };
    }
    default:
      return { ...known, call: event.call };
  }
}

/** Ids hold the turn's place and the speaker's rank: `m000003-4f2a…-1`. */
function bySaid(a: Message, b: Message): number {
  return (
    Number.parseInt(a.id.slice(1), 10) - Number.parseInt(b.id.slice(1), 10) ||
    a.id.charCodeAt(a.id.length - 1) - b.id.charCodeAt(b.id.length - 1) ||
    Date.parse(a.timestamp) - Date.parse(b.timestamp) ||
    (a.id < b.id ? -1 : 1)
  );
}

export function createLiveConversation() {
  const store = createStore<LiveConversation>(() => ({
    call: undefined,
    messages: [],
    connection: { state: 'connecting' },
  }));
  return {
    store,
    take: (event: ConversationEvent) => store.setState((known) => foldConversation(known, event)),
    connection: (connection: Connection) => store.setState({ connection }),
  };
}
