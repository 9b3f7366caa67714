import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalModel } from '../../emulators/llm/local-model.ts';
import { callerWithModel } from './caller-with-model.ts';

let local: Awaited<ReturnType<typeof startLocalModel>>;
beforeAll(async () => {
  local = await startLocalModel('answers', '127.0.0.1');
});
afterAll(() => local.server.stop());

describe('npm run eval -- --model', () => {
  test('asks the model of the environment', async () => {
    const reply = await callerWithModel(local.settings).ask('how long must I rinse my eyes');
    expect(local.server.takeRequests()[0]?.authorization).toBe('Bearer local-llm-key');
    expect(reply.sources).not.toBe('');
  });

  test.each([
    [{}],
    [{ LLM_MODEL: 'some-model', LLM_API_KEY: '' }],
    [{ LLM_MODEL: 'some-model', LLM_API_KEY: 'k', LLM_BASE_URL: 'http://llm.example.com' }],
  ])('says what it needs with %j', (environment) => {
    expect(() => callerWithModel(environment)).toThrow(/LLM_/);
  });
});
