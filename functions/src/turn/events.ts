import type { Reply, Utterance } from '../assistant/assistant.ts';
import { keptFacts } from '../calls/facts.ts';
import { keptGrounding } from '../calls/grounding.ts';
import { messageId } from '../calls/ids.ts';
import type { CallEvent, MessageAdded, Role } from '../calls/model.ts';
import type { Log } from '../log.ts';
import type { Opening, Turn } from './model.ts';

export interface TurnEventsOptions {
  /** Now, ISO 8601 in the offset of the given time. */
  timestamp: (like: string) => string;
  log: Log;
}

/** What is recorded of a turn: what was heard, what was said, and what it was judged to be. */
export function createTurnEvents({ timestamp, log }: TurnEventsOptions) {
  function heardMessages({ told = [], started }: Turn): CallEvent[] {
    const { call_id } = started;
    const at = timestamp(started.at);
    return told.map((message_id) => ({ type: 'message_heard' as const, call_id, at, message_id }));
  }

  function heardWords(turn: Turn, utterance: Utterance): MessageAdded {
    const words = said(turn, 'user', describe(utterance));
    return turn.heard ? { ...words, heard: turn.heard } : words;
  }

  function spokenBy(turn: Turn, { reply, sources, ...made }: Reply): MessageAdded {
    const spoken = said(turn, 'assistant', reply, sources);
    const grounding = keptGrounding(made.grounding);
    if (grounding) spoken.message.grounding = grounding;
    if (made.grounding && !grounding) {
      log.error('A reply has a malformed grounding; it is kept without it.', {});
    }
    return spoken;
  }

  function judgedBy(turn: Turn, { urgency, ...made }: Reply): CallEvent[] {
    const { call_id } = turn.started;
    const facts = keptFacts(made.facts);
    const at = timestamp(turn.started.at);
    const told = facts ? [{ type: 'facts_reported' as const, call_id, at, facts }] : [];
    if (urgency === 'NORMAL') return told;
    const by = {
      kind: turn.utterance ? ('aurora' as const) : ('silence' as const),
      turn: turn.token.n,
      at,
    };
    return [...told, { type: 'urgency_changed', call_id, urgency, by }];
  }

  function said(
    { started, token }: Opening,
    role: Role,
    content: string,
    sources = '',
  ): MessageAdded {
    return {
      type: 'message_added',
      call_id: started.call_id,
      message: {
        id: messageId(token, role),
        role,
        content,
        timestamp: timestamp(started.at),
        sources,
      },
    };
  }

  return { heardMessages, heardWords, spokenBy, judgedBy, said };
}

const KEYS: Record<string, string> = {
  '1': 'Pressed 1: danger',
  '2': 'Pressed 2: safe',
  '9': 'Pressed 9: asks for a person',
  '0': 'Pressed 0: repeat',
};

function describe({ text, note, key }: Utterance): string {
  return [text, note, key && (KEYS[key] ?? `Pressed ${key}: another language`)]
    .filter(Boolean)
    .join(' ');
}
