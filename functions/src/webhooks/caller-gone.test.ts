import { expect, it, onTestFinished } from 'vitest';
import type { AskOptions, Assistant } from '../assistant/assistant.ts';
import { actionOf, scriptedAssistant, startWebhooks, VOICE_FORM } from './webhooks.fixture.ts';

/** An assistant that replies once nobody waits any more, or when it is told to. */
function patientAssistant() {
  const asked = Promise.withResolvers<AskOptions | undefined>();
  const release = Promise.withResolvers<void>();
  const assistant: Assistant = {
    ...scriptedAssistant,
    reply: async (_conversation, _utterance, _situation, options) => {
      asked.resolve(options);
      const gone = new Promise((resolve) => options?.signal?.addEventListener('abort', resolve));
      await Promise.race([gone, release.promise]);
      return { reply: 'Get out.', urgency: 'CRITICAL', sources: 'Fire' };
    },
  };
  return { assistant, asked: asked.promise, release: release.resolve };
}

async function ringing(assistant: Assistant) {
  const webhooks = await startWebhooks({ assistant });
  onTestFinished(() => void webhooks.stop());
  const redirect = await webhooks.post('/incoming-call', { ...VOICE_FORM, CallStatus: 'ringing' });
  const greeted = await webhooks.post(actionOf(redirect.text));
  return { webhooks, turn: actionOf(greeted.text) };
}

const SPEECH = { ...VOICE_FORM, SpeechResult: 'fire in hall 3' };

it('tells the assistant when Twilio has given a webhook up, and keeps what was said (I2)', async () => {
  const { assistant, asked } = patientAssistant();
  const { webhooks, turn } = await ringing(assistant);
  const patience = new AbortController();
  const answer = webhooks.post(turn, SPEECH, {}, patience.signal);
  const options = await asked;
  expect(options?.signal?.aborted).toBe(false);
  patience.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => options?.signal?.aborted).toBe(true);
  await expect
    .poll(() =>
      webhooks
        .events()
        .flatMap((event) => (event.type === 'message_added' ? [event.message.content] : [])),
    )
    .toEqual([expect.any(String), 'fire in hall 3', 'Get out.']);
});

it('tells the assistant nothing where its answer was taken', async () => {
  const { assistant, asked, release } = patientAssistant();
  const { webhooks, turn } = await ringing(assistant);
  const answer = webhooks.post(turn, SPEECH);
  const options = await asked;
  release();
  expect((await answer).text).toContain('Get out.');
  expect(options?.signal?.aborted).toBe(false);
});
