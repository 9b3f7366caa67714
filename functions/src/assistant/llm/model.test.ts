import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLlmServer } from '../../../../emulators/llm/server.ts';
import { createModel } from './model.ts';
import { OUTPUT_SCHEMA } from './output.ts';

const CHOICE = {
  urgency: 'URGENT',
  card: null,
  steps: [],
  passages: [],
  question: 'where',
  acknowledgement: null,
  answer: null,
  facts: { where: null, injured: null, trapped: null },
};
const server = createLlmServer({
  port: 0,
  always: { kind: 'answer', text: JSON.stringify(CHOICE) },
});
const alive = new AbortController().signal;
const PROMPT = { system: 'Choose.', user: '{"turn":{}}' };

beforeAll(() => server.start());
afterAll(() => server.stop());

function model(reasoning?: 'low') {
  const options = { baseUrl: server.url, apiKey: 'test-key', model: 'test-model' };
  return createModel({ ...options, ...(reasoning ? { reasoning } : {}) });
}

describe('a model', () => {
  test('is asked for one choice in the form that the provider enforces', async () => {
    expect(await model('low').ask(PROMPT, alive)).toEqual(CHOICE);
    const [request] = server.takeRequests();
    expect(request?.authorization).toBe('Bearer test-key');
    expect(request?.body).toMatchObject({
      model: 'test-model',
      temperature: 0,
      reasoning_effort: 'low',
      max_completion_tokens: expect.any(Number),
      messages: [
        { role: 'system', content: 'Choose.' },
        { role: 'user', content: '{"turn":{}}' },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'choice',
          strict: true,
          schema: JSON.parse(JSON.stringify(OUTPUT_SCHEMA)),
        },
      },
    });
  });

  test('that does not reason is not told how much', async () => {
    await model().ask(PROMPT, alive);
    expect(server.takeRequests()[0]?.body).not.toHaveProperty('reasoning_effort');
  });

  test('is given up as soon as nobody waits', async () => {
    server.script([{ kind: 'hang' }]);
    const waiting = new AbortController();
    const cancelled = server.cancelled(1);
    const asked = model().ask(PROMPT, waiting.signal);
    asked.catch(() => {});
    while (server.takeRequests().length === 0) await new Promise((r) => setTimeout(r, 5));
    waiting.abort(new Error('nobody waits'));
    await expect(asked).rejects.toThrow();
    await cancelled;
  });
});

test('the local server speaks the stream of the same API, as the library reads it', async () => {
  const provider = createOpenAICompatible({ name: 'llm', baseURL: server.url });
  const { stream } = await provider.chatModel('test-model').doStream({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
  });
  let text = '';
  for await (const part of stream) if (part.type === 'text-delta') text += part.delta;
  expect(JSON.parse(text)).toEqual(CHOICE);
});
