import type { Assistant, Reply } from '../assistant/assistant.ts';
import type { CallLanguages } from '../assistant/languages/choose.ts';
import type { CallEvent } from '../calls/model.ts';
import type { CallState } from '../calls/reduce.ts';
import { asError } from '../errors.ts';
import type { Journal, Receipt } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { createAnswer } from './answer.ts';
import { createTurnEvents } from './events.ts';
import { greeting } from './greeting.ts';
import { createKnownCall } from './known-call.ts';
import type { Floor, Opening, Turn } from './model.ts';
import type { OnCall } from './on-call.ts';
import { type Reading, reading } from './reading.ts';
import type { Spoken } from './spoken.ts';

export interface TurnDependencies {
  assistant: Assistant;
  journal: Journal;
  outbox: { send(events: readonly CallEvent[], receipt?: Receipt): Promise<boolean> };
  /** The call as the Realtime Database knows it. */
  readLive: (callId: string) => Promise<CallState>;
  /** Now, ISO 8601 in the offset of the given time. */
  timestamp: (like: string) => string;
  /** People who are on call; absent where none are fetched. */
  people?: OnCall;
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
  const { journal, outbox, readLive, timestamp, log } = dependencies;
  const { heardMessages, heardWords, spokenBy, judgedBy, said } = createTurnEvents(dependencies);
  const answer = createAnswer(dependencies);
  const knownCall = createKnownCall(journal);

  async function run(turn: Turn): Promise<Reply> {
    let asked: Reading<CallState> | undefined;
    const live = () => {
      asked ??= reading(readLive(turn.started.call_id));
      return asked;
    };
    // Whoever has the call is asked for beside the assistant.
    if (turn.floor) live();
    const known = knownCall(turn, live);
    const words = turn.utterance ? [heardWords(turn, turn.utterance)] : [];
    const heard = note(turn, [...words, ...heardMessages(turn)]);
    try {
      const given = await answer(turn, known);
      const made = turn.unanswered ? withoutReply(given) : given;
      const reply = (await turn.agree?.(made)) ?? made;
      const floor: Floor = (await turn.floor?.(reply, live())) ?? { reply, events: [] };
      const spoken = floor.reply?.reply ? [spokenBy(turn, floor.reply)] : [];
      // The facts are of the caller's words, whosever reply is kept.
      const judged = judgedBy(turn, { ...reply, facts: made.facts ?? {} });
      await Promise.all([
        note(turn, [...spoken, ...judged, ...floor.events]),
        floor.reply && !turn.unanswered ? fetchPeople(turn, reply) : undefined,
      ]);
      return reply;
    } finally {
      await heard;
    }
  }

  /** People are fetched where Aurora has the call; where somebody else has it, they are there. */
  async function fetchPeople({ started, utterance, resumes }: Turn, made: Reply): Promise<void> {
    await dependencies.people?.afterReply({
      started,
      at: timestamp(started.at),
      key: utterance?.key,
      isSilent: !utterance && !resumes,
      urgency: made.urgency,
      rung: made.grounding?.rung,
    });
  }

  /** Records what happened beside a turn; nothing where nothing did. */
  async function note({ started }: Pick<Opening, 'started'>, events: CallEvent[]): Promise<void> {
    if (events.length > 0) await record([started, ...events]);
  }

  /** Starts a call; resolves to Aurora's first words. */
  async function start(
    opening: Opening,
    emergencyNumber: string,
    languages: CallLanguages,
    further: (words: Spoken) => CallEvent[] = () => [],
  ): Promise<Spoken> {
    const words = greeting(emergencyNumber, languages);
    await note(opening, [said(opening, 'assistant', words.reply), ...further(words)]);
    // After the answer with the first words has left.
    setImmediate(() => dependencies.people?.warm(opening.started.company_id));
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

  return { run, start, note };
}

export type Turns = ReturnType<typeof createTurns>;

/** What the words mean, without an answer to them. */
function withoutReply({ parts: _, grounding: __, ...made }: Reply): Reply {
  return { ...made, reply: '', sources: '' };
}
