import type { Log } from '../../log.ts';
import type { TurnStamp } from '../assistant.ts';
import type { Choice } from '../choice.ts';
import { createModel, type ModelOptions } from '../llm/model.ts';
import { PROMPT_VERSION, promptFor, type Turn } from '../llm/prompt.ts';
import { verify } from '../llm/verify.ts';
import { type BreakerOptions, type GuardedModel, guard } from './breaker.ts';
import { type Budgets, hedged } from './hedge.ts';

export interface ChooserOptions extends Omit<ModelOptions, 'model'> {
  model: string;
  /** Asked beside the first when that is slow; may be the same one. */
  hedgeModel: string;
  budgets: Budgets;
  breaker?: BreakerOptions;
  log: Log;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Asks language models what to say, within their budget. */
export interface Chooser {
  /**
   * Undefined when no model has answered in time, or none had anything to add. Never rejects for
   * anything that a provider does.
   */
  choose(
    turn: Turn,
    options: { stamp?: TurnStamp; signal?: AbortSignal },
  ): Promise<Choice | undefined>;
}

type Rung = Choice['by']['rung'];

/** Loads the provider's library: import this file when a model is configured, not before. */
export function createChooser(options: ChooserOptions): Chooser {
  const { model, hedgeModel, budgets } = options;
  const first = guard(createModel({ ...options, model }), options);
  const second =
    hedgeModel === model ? first : guard(createModel({ ...options, model: hedgeModel }), options);

  return { choose };

  async function choose(
    turn: Turn,
    { stamp, signal }: { stamp?: TurnStamp; signal?: AbortSignal },
  ): Promise<Choice | undefined> {
    const { situation, considered, utterance } = turn;
    const critical = [situation.urgency, considered.reply.urgency].includes('CRITICAL');
    const asked: [Rung, GuardedModel][] = [
      ['model', first],
      ['hedge', second],
    ];
    const able = asked.filter(([, { available }]) => available(critical));
    if (able.length === 0) return undefined;
    const prompt = promptFor(turn);
    const heard = { text: utterance.text, language: situation.language, stamp };
    const answered = await hedged(
      able.map(([rung, guarded]) => async (stop: AbortSignal) => {
        const output = await guarded.ask(prompt, stop);
        const by = { rung, model: guarded.name, prompt: PROMPT_VERSION };
        return { choice: verify(output, considered, heard, by) };
      }),
      budgets,
      signal,
    );
    return answered?.choice;
  }
}
