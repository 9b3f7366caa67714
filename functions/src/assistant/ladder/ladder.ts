import { foldFacts } from '../../calls/facts.ts';
import type { Grounding } from '../../calls/grounding.ts';
import type { Message } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { note } from '../../metrics/notes.ts';
import { within } from '../../within.ts';
import type { AskOptions, Assistant, Reply, Situation, Utterance } from '../assistant.ts';
import type { Choice, Considered } from '../choice.ts';
import type { Dialogue } from '../dialogue/dialogue.ts';
import type { Chooser } from './chooser.ts';

/** Milliseconds that a turn waits for what asks the models to be loaded, where no call has warmed it. */
const LOAD_BOUND = 500;

export interface LadderOptions {
  dialogue: Dialogue;
  /** Loads what asks the models, once; absent where none is configured. */
  chooser?: (() => Promise<Chooser>) | undefined;
  log: Log;
}

export interface Ladder extends Assistant {
  /** Loads what asks the models while a call starts, so that its first turn does not. */
  warm(): Promise<void>;
}

/**
 * Who answers a turn, from the surest to the last:
 *
 *   floor -> model -> hedge -> passage / card / dialogue -> person
 *
 * The rules judge first, in a few milliseconds, and have a reply for every turn. What they have
 * settled is said at once. Else a model may choose among reviewed texts; when it is slow a second
 * call runs beside it, and when neither has answered within the budget, what the rules had is said.
 * So a turn costs at most the budget beyond the rules' own time, whatever a provider does.
 */
export function createLadder({ dialogue, chooser, log }: LadderOptions): Ladder {
  return { reply, card: dialogue.card, warm };

  async function reply(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
    options?: AskOptions,
  ): Promise<Reply> {
    const began = performance.now();
    const made = await answer(conversation, utterance, situation, options);
    note({
      rung: made.grounding?.rung ?? 'dialogue',
      rung_milliseconds: Math.round(performance.now() - began),
    });
    return made;
  }

  async function answer(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
    { stamp, signal }: AskOptions = {},
  ): Promise<Reply> {
    const considered = dialogue.consider(conversation, utterance, situation, stamp);
    if (considered.settled || !chooser || signal?.aborted) return considered.reply;
    try {
      const turn = { conversation, utterance, situation, considered };
      const models = await within(LOAD_BOUND, chooser());
      const choice = await models.choose(turn, {
        ...(stamp ? { stamp } : {}),
        ...(signal ? { signal } : {}),
      });
      return choice ? spoken(considered, choice) : considered.reply;
    } catch (thrown) {
      log.error('The models could not be asked; the rules answered.', { error: asError(thrown) });
      return considered.reply;
    }
  }

  async function warm(): Promise<void> {
    await chooser?.().catch((thrown: unknown) => {
      log.error('What asks the models could not be loaded.', { error: asError(thrown) });
    });
  }
}

/** The choice in reviewed words; never less urgent, and with no less known, than the rules' reply. */
function spoken(considered: Considered, choice: Choice): Reply {
  const { reply: ruled } = considered;
  const reply = considered.speak(choice);
  const facts = { ...ruled.facts, ...reply.facts };
  const known = choice.facts ? foldFacts(choice.facts, facts) : facts;
  const urgency = atLeast(reply.urgency, ruled.urgency);
  const { model, prompt } = choice.by;
  // Who raised the call is kept also where the words are the rules' own.
  const raised = reply.grounding && urgency !== ruled.urgency;
  return {
    ...reply,
    urgency,
    ...(raised ? { grounding: { ...reply.grounding, model, prompt } as Grounding } : {}),
    ...(Object.keys(known).length > 0 ? { facts: known } : {}),
  };
}
