import { expect, it } from 'vitest';
import { startWebhooks, VOICE_FORM } from './webhooks.fixture.ts';

it('every webhook of a call tells whose call it is, and waits for nobody (I1)', async () => {
  const told: string[] = [];
  const { post } = await startWebhooks({ prepare: (companyId) => void told.push(companyId) });
  const incoming = await post('/incoming-call', { ...VOICE_FORM, CallStatus: 'ringing' });
  const start = /<Redirect[^>]*>([^<]+)</.exec(incoming.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const started = await post(start, VOICE_FORM);
  const next = / action="([^"]+)"/.exec(started.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  await post(next, { ...VOICE_FORM, SpeechResult: 'fire' });
  expect(told).toEqual(['demo', 'demo', 'demo']);
});
