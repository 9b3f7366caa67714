import type { Conversation } from '../../functions/eval/rows.ts';
import type { Assistant, Reply, Situation } from '../../functions/src/assistant/assistant.ts';
import { createEmbeddedAssistant } from '../../functions/src/assistant/dialogue/embedded.ts';
import { embeddedPack } from '../../functions/src/assistant/manual/embedded-pack.ts';
import type { Pack } from '../../functions/src/assistant/manual/packs.ts';
import { findPassages } from '../../functions/src/assistant/retrieval/search.ts';
import { foldFacts } from '../../functions/src/calls/facts.ts';
import { messageId } from '../../functions/src/calls/ids.ts';
import type { Message, Role, Urgency } from '../../functions/src/calls/model.ts';
import { atLeast } from '../../functions/src/calls/urgency.ts';

/** After one turn of a call. */
export interface After {
  /** Of the call, which Aurora never lowers. */
  urgency: Urgency;
  hazard: string | undefined;
}

/** Whoever asks the assistant under measurement; by itself the one that needs no model. */
export interface Caller {
  /** The answer to the first words of a call; `hazard` is a card that is already being read. */
  ask(text: string, hazard?: string): Promise<Reply>;
  converse(turns: Conversation['turns']): Promise<After[]>;
  /** Ids of the passages that were found for a question, the best first. */
  find(question: string, hazard?: string): string[];
}

const BEGINNING: Situation = { urgency: 'NORMAL', emergency_number: '112' };
const AT = '2025-10-04T14:30:00+05:30';

export function createCaller(
  pack: Pack = embeddedPack(),
  assistant: Assistant = createEmbeddedAssistant({ pack }),
): Caller {
  return { ask, converse, find };

  function ask(text: string, hazard?: string): Promise<Reply> {
    const reading = hazard === undefined ? {} : { hazard, step: 0 };
    return assistant.reply([], { text }, { ...BEGINNING, ...reading });
  }

  async function converse(turns: Conversation['turns']): Promise<After[]> {
    const said: Message[] = [];
    const after: After[] = [];
    let situation = BEGINNING;
    for (const [at, { text, key }] of turns.entries()) {
      const turn = at + 1;
      const utterance = key ? { text, key } : { text };
      const stamp = { turn, at: AT };
      const reply = await assistant.reply(said, utterance, situation, { stamp });
      said.push(
        message(turn, 'user', text || `Pressed ${key}`),
        message(turn, 'assistant', reply.reply),
      );
      situation = next(situation, reply);
      after.push({ urgency: situation.urgency, hazard: situation.hazard });
    }
    return after;
  }

  function find(question: string, hazard?: string): string[] {
    return findPassages(pack, question, { hazard }).map(({ passage }) => passage.id);
  }
}

function message(turn: number, role: Role, content: string): Message {
  const id = messageId({ n: turn, random: 'a1b2c3' }, role);
  return { id, role, content, timestamp: AT, sources: '' };
}

/** What travels with the call to its next turn. */
function next(before: Situation, reply: Reply): Situation {
  const { hazard, step, asked, question, facts } = reply;
  const { asked: _, question: __, ...kept } = before;
  return {
    ...kept,
    urgency: atLeast(before.urgency, reply.urgency),
    confirmed: before.confirmed === true || reply.confirmed === true,
    badly_heard: reply.badly_heard ?? 0,
    slow: reply.slow ?? before.slow ?? false,
    ...(hazard === undefined ? {} : { hazard }),
    ...(step === undefined ? {} : { step }),
    ...(asked === undefined ? {} : { asked }),
    ...(question === undefined ? {} : { question }),
    ...(facts === undefined ? {} : { facts: foldFacts(before.facts, facts) }),
  };
}
