import type { Assistant, Reply, Situation, Utterance } from '../assistant/assistant.ts';
import type { CallLanguages } from '../assistant/languages/choose.ts';
import { foldFacts, keptFacts } from '../calls/facts.ts';
import { keptGrounding } from '../calls/grounding.ts';
import { messageId, type TurnToken, turnOfMessage } from '../calls/ids.ts';
import {
  type CallEvent,
  type CallStarted,
  FACT_KINDS,
  type Facts,
  type Heard,
  type MessageAdded,
  type Role,
} from '../calls/model.ts';
import { type CallState, inOrder } from '../calls/reduce.ts';
import { asError } from '../errors.ts';
import type { Journal, Receipt } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { greeting } from './greeting.ts';
import { answerSilence } from './silence.ts';
import type { Spoken } from './spoken.ts';

/** Milliseconds that an instance without the previous turn waits for the live call (I1). */
const LIVE_CALL_BOUND = 300;

/** Which turn of which call. */
export interface Opening {
  /** Rebuilt from the request and its link: each batch carries it, so each can start the call. */
  started: CallStarted;
  token: TurnToken;
}

/** One thing that happened on the line. */
export interface Turn extends Opening {
  /** Words or a key; undefined for silence. */
  utterance: Utterance | undefined;
  /** Silences in a row, this one included. */
  silences: number;
  /** Aurora's last reply, as the caller heard it. */
  heard?: Heard | undefined;
  situation: Situation;
  /**
   * Where instances can agree on a turn's one reply before it is told: resolves to the one that is
   * kept, perhaps another's. Never rejects. Absent where nobody could wait for it.
   */
  agree?: (reply: Reply) => Promise<Reply>;
  /** Aborts where nobody waits for the answer any more; what is said is recorded all the same. */
  signal?: AbortSignal | undefined;
}

export interface TurnDependencies {
  assistant: Assistant;
  journal: Journal;
  outbox: { send(events: readonly CallEvent[], receipt?: Receipt): Promise<boolean> };
  /** The call as the Realtime Database knows it. */
  readLive: (callId: string) => Promise<CallState>;
  /** Now, ISO 8601 in the offset of the given time. */
  timestamp: (like: string) => string;
  log: Log;
}

/**
 * One utterance in, one reply out. The life of a turn:
 *
 *   journalled -> queued -> mirrored -> archived
 *
 * The caller's words are journalled and handed to the outbox before the assistant is asked, the
 * reply before the answer leaves; nothing else is awaited. Died before the journal: Twilio delivers
 * the webhook again. Died after it and before the queue: Twilio delivers again, or on this instance
 * the next request sends what is pending. After the queue: the task is the guarantee, and the
 * mirror and the archive are idempotent.
 */
export function createTurns(dependencies: TurnDependencies) {
  const { assistant, journal, outbox, readLive, timestamp, log } = dependencies;

  async function run(turn: Turn): Promise<Reply> {
    const known = knownCall(turn);
    const heard = turn.utterance
      ? record([turn.started, heardWords(turn, turn.utterance)])
      : undefined;
    try {
      const made = await answer(turn, known);
      const reply = (await turn.agree?.(made)) ?? made;
      // The facts are of the caller's words, whosever reply is kept.
      await record([turn.started, ...replied(turn, { ...reply, facts: made.facts ?? {} })]);
      return reply;
    } finally {
      await heard;
    }
  }

  function heardWords(turn: Turn, utterance: Utterance): MessageAdded {
    const words = said(turn, 'user', describe(utterance));
    return turn.heard ? { ...words, heard: turn.heard } : words;
  }

  async function answer(turn: Turn, known: Promise<CallState | undefined>): Promise<Reply> {
    const { utterance, silences, situation } = turn;
    if (!utterance) {
      const { emergency_number } = situation;
      const words = answerSilence(silences, emergency_number, languagesOf(situation));
      return { sources: '', grounding: { rung: 'dialogue' }, ...words };
    }
    const state = await known;
    const conversation = inOrder(state?.conversation?.messages ?? {}).filter(
      ({ id }) => turnOfMessage(id) < turn.token.n,
    );
    return assistant.reply(conversation, utterance, situationOf(turn, state?.call?.facts), {
      stamp: { turn: turn.token.n, at: timestamp(turn.started.at) },
      ...(turn.signal ? { signal: turn.signal } : {}),
    });
  }

  function replied(turn: Turn, made: Reply): CallEvent[] {
    const { reply, sources, urgency } = made;
    const { call_id } = turn.started;
    const spoken = said(turn, 'assistant', reply, sources);
    const grounding = keptGrounding(made.grounding);
    if (grounding) spoken.message.grounding = grounding;
    const facts = keptFacts(made.facts);
    if (made.grounding && !grounding) {
      log.error('A reply has a malformed grounding; it is kept without it.', {});
    }
    const at = spoken.message.timestamp;
    const told = facts ? [{ type: 'facts_reported' as const, call_id, at, facts }] : [];
    if (urgency === 'NORMAL') return [spoken, ...told];
    const by = {
      kind: turn.utterance ? ('aurora' as const) : ('silence' as const),
      turn: turn.token.n,
      at,
    };
    return [spoken, ...told, { type: 'urgency_changed', call_id, urgency, by }];
  }

  /** Starts a call; resolves to Aurora's first words. */
  async function start(
    opening: Opening,
    emergencyNumber: string,
    languages: CallLanguages,
  ): Promise<Spoken> {
    const words = greeting(emergencyNumber, languages);
    await record([opening.started, said(opening, 'assistant', words.reply)]);
    return words;
  }

  /** A full disk costs the local copy, not the caller: the outbox holds the events all the same. */
  async function record(events: CallEvent[]): Promise<void> {
    let receipt: Receipt | undefined;
    try {
      receipt = journal.append(events);
    } catch (error) {
      log.alert('The journal could not be written; the turn goes on without it.', {
        error: asError(error),
      });
    }
    await outbox.send(events, receipt);
  }

  /** This instance's copy, or the live one where another instance served the previous turn. */
  async function knownCall({ started, token }: Turn): Promise<CallState | undefined> {
    const own = journal.call(started.call_id);
    const ids = Object.keys(own?.conversation?.messages ?? {});
    if (ids.some((id) => turnOfMessage(id) === token.n - 1)) return own;
    const live = await Promise.race([readLive(started.call_id).catch(() => undefined), pause()]);
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

  return { run, start };
}

/** A repeated turn is told what was known before it, and not what it reported itself. */
function situationOf({ situation, started, token }: Turn, known: Facts = {}): Situation {
  const facts = Object.fromEntries(
    FACT_KINDS.flatMap((kind) => {
      const fact = known[kind];
      return fact && fact.turn < token.n ? [[kind, fact]] : [];
    }),
  );
  return {
    company_id: started.company_id,
    ...situation,
    ...(Object.keys(facts).length ? { facts } : {}),
  };
}

export type Turns = ReturnType<typeof createTurns>;

const KEYS: Record<string, string> = {
  '1': 'Pressed 1: danger',
  '2': 'Pressed 2: safe',
  '9': 'Pressed 9: asks for a person',
  '0': 'Pressed 0: repeat',
};

function describe({ text, key }: Utterance): string {
  return [text, key && (KEYS[key] ?? `Pressed ${key}: another language`)].filter(Boolean).join(' ');
}

/** A call without a language of its own is an English one. */
function languagesOf({ language = 'en-IN', languages = [language] }: Situation): CallLanguages {
  return { language, languages };
}

function pause(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, LIVE_CALL_BOUND, undefined).unref());
}
