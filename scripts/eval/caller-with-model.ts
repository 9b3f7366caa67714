import { createDialogue } from '../../functions/src/assistant/dialogue/dialogue.ts';
import { createChooser } from '../../functions/src/assistant/ladder/chooser.ts';
import { createLadder } from '../../functions/src/assistant/ladder/ladder.ts';
import { embeddedPack } from '../../functions/src/assistant/manual/embedded-pack.ts';
import { LanguageModelSettings, languageModel } from '../../functions/src/language-model.ts';
import { log } from '../../functions/src/log.ts';
import { UsageError } from '../../functions/src/operations/target.ts';
import { type Caller, createCaller } from './caller.ts';

/**
 * Asks the whole ladder, with the language model that the environment names.
 * @throws UsageError where it names none, or one that can't be
 */
export function callerWithModel(environment: NodeJS.ProcessEnv): Caller {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const settings = LanguageModelSettings.safeParse(Object.fromEntries(present));
  const model = settings.success
    ? languageModel(settings.data, environment.LLM_API_KEY)
    : undefined;
  if (!model) {
    const faults = settings.error?.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new UsageError(
      `--model needs LLM_MODEL and LLM_API_KEY in the environment. ${faults?.join('; ') ?? ''}`.trim(),
    );
  }
  const chooser = createChooser({ ...model, log, now: Date.now });
  const pack = embeddedPack();
  const dialogue = createDialogue({ packs: { of: () => pack } });
  return createCaller(pack, createLadder({ dialogue, chooser: async () => chooser, log }));
}
