import { afterEach, describe, expect, it } from 'vitest';
import { actionOf, saidIn, startWebhooks, VOICE_FORM } from './webhooks.fixture.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

/** More than ten minutes of it. */
const SILENCES = 60;

async function callIn(language: string) {
  const webhooks = await startWebhooks({ languages: [language] });
  stops.push(webhooks.stop);
  const { text } = await webhooks.post('/incoming-call');
  const greeted = await webhooks.post(actionOf(text));
  return { webhooks, turn: actionOf(greeted.text) };
}

describe.each(['en-IN', 'hi-IN', 'es-MX'])('a caller who says nothing (%s)', (language) => {
  it('is asked at once to press 1 for danger or 2 for safe', async () => {
    const { webhooks, turn } = await callIn(language);
    const { text } = await webhooks.post(turn, { ...VOICE_FORM, SpeechResult: '' });
    expect(saidIn(text)).toMatch(/1.*2/);
  });

  it('stays connected for as long as they hold the line, and is listened to all the while (I8)', async () => {
    const { webhooks, turn } = await callIn(language);
    let next = turn;
    for (let times = 0; times < SILENCES; times++) {
      const { status, text } = await webhooks.post(next, { ...VOICE_FORM, SpeechResult: '' });
      expect(status).toBe(200);
      expect(text).not.toMatch(/<Hangup|<Reject/);
      expect(text).toMatch(/<Gather[^>]*actionOnEmptyResult="true"/);
      // What Twilio does with a Gather that hands nothing in.
      expect(text).toMatch(/<\/Gather><Redirect[^>]*>[^<]*\/process-speech\?/);
      next = actionOf(text);
    }
    expect(new URL(next).searchParams.get('u')).toBe('URGENT');
    const danger = await webhooks.post(next, { ...VOICE_FORM, Digits: '1' });
    expect(danger.status).toBe(200);
    expect(webhooks.events().filter(({ type }) => type === 'call_ended')).toEqual([]);
  });
});
