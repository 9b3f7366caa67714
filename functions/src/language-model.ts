import { z } from 'zod';
import { LOOPBACK } from './loopback.ts';

const ModelName = z.string().regex(/^[\w.:/@-]{1,128}$/);

const milliseconds = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** The settings of the language model; its key is a secret, LLM_API_KEY. */
export const LanguageModelSettings = z.object({
  /** A language model's name, as its provider has it; absent: none is asked. */
  LLM_MODEL: ModelName.optional(),
  /** Asked beside the first when that is slow; absent: the same one. */
  LLM_HEDGE_MODEL: ModelName.optional(),
  /** Of an API that speaks OpenAI's chat completions; it is sent the key and what callers say. */
  LLM_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => url.startsWith('https:') || LOOPBACK.test(url), {
      message: 'must begin with https: it is sent the key and what callers say',
    })
    .default('https://api.cerebras.ai/v1'),
  /** How much a reasoning model thinks first; `off` sends nothing, for models that can't. */
  LLM_REASONING: z.enum(['off', 'none', 'low', 'medium', 'high']).default('low'),
  /** Milliseconds without an answer after which the second model is asked too. */
  LLM_HEDGE_AFTER_MS: milliseconds(50, 2_900).default(900),
  /** Milliseconds after which no model is waited for; a turn must be answered within 4 s. */
  LLM_GIVE_UP_AFTER_MS: milliseconds(200, 3_000).default(2_500),
});

export interface LanguageModel {
  model: string;
  hedgeModel: string;
  baseUrl: string;
  apiKey: string;
  reasoning: 'none' | 'low' | 'medium' | 'high' | undefined;
  /** Milliseconds. */
  budgets: { hedgeAfter: number; giveUpAfter: number };
}

/**
 * Undefined where no model is named, or where it has no key and is not on this machine: Aurora then
 * answers by its rules alone.
 */
export function languageModel(
  settings: z.infer<typeof LanguageModelSettings>,
  key: string | undefined,
): LanguageModel | undefined {
  const { LLM_MODEL: model, LLM_BASE_URL: baseUrl, LLM_REASONING: reasoning } = settings;
  const apiKey = key?.trim() || (LOOPBACK.test(baseUrl) ? 'none' : undefined);
  if (model === undefined || apiKey === undefined) return undefined;
  return {
    model,
    hedgeModel: settings.LLM_HEDGE_MODEL ?? model,
    baseUrl,
    apiKey,
    reasoning: reasoning === 'off' ? undefined : reasoning,
    budgets: {
      hedgeAfter: settings.LLM_HEDGE_AFTER_MS,
      giveUpAfter: settings.LLM_GIVE_UP_AFTER_MS,
    },
  };
}
