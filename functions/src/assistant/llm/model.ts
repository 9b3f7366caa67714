import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { OUTPUT_SCHEMA, type Output, readOutput } from './output.ts';
import type { Prompt } from './prompt.ts';

export interface ModelOptions {
  /** Of an API that speaks OpenAI's chat completions, e.g. `https://api.cerebras.ai/v1`. */
  baseUrl: string;
  apiKey: string;
  model: string;
  /** How much a reasoning model thinks first; absent: not sent, the provider's own choice. */
  reasoning?: 'none' | 'low' | 'medium' | 'high' | undefined;
}

export interface Model {
  name: string;
  /** @throws {ModelError} or the library's own error; the signal's reason when aborted */
  ask(prompt: Prompt, signal: AbortSignal): Promise<Output>;
}

/** The provider answered, but not with a choice. */
export class ModelError extends Error {
  readonly code = 'not_a_choice';
}

/** Tokens; a choice has about 150, and a reasoning model's thoughts count too. */
const LONGEST_OUTPUT = 1_200;

/**
 * One language model behind an OpenAI-compatible API. Of the AI SDK only the provider is used: its
 * `ai` package would double what is loaded, for retries and tools that a telephone has no time for.
 */
export function createModel({ baseUrl, apiKey, model, reasoning }: ModelOptions): Model {
  const provider = createOpenAICompatible({
    name: 'llm',
    baseURL: baseUrl,
    apiKey,
    supportsStructuredOutputs: true,
    // Cerebras and OpenAI no longer document the older name.
    transformRequestBody: ({ max_tokens, ...body }) => ({
      ...body,
      max_completion_tokens: max_tokens,
    }),
  });
  const chat = provider.chatModel(model);

  return { name: model, ask };

  async function ask({ system, user }: Prompt, signal: AbortSignal): Promise<Output> {
    const { content } = await chat.doGenerate({
      prompt: [
        { role: 'system', content: system },
        { role: 'user', content: [{ type: 'text', text: user }] },
      ],
      responseFormat: { type: 'json', name: 'choice', schema: OUTPUT_SCHEMA as object },
      maxOutputTokens: LONGEST_OUTPUT,
      temperature: 0,
      ...(reasoning ? { reasoning } : {}),
      abortSignal: signal,
    });
    const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const output = readOutput(text);
    if (!output) throw new ModelError('The model did not answer with a choice.');
    return output;
  }
}
