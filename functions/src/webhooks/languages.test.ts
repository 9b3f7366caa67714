import { afterEach, describe, expect, it } from 'vitest';
import { type Gather, placeCall, scriptedCaller } from '../../../emulators/twilio/telephone.ts';
import type { Assistant, Situation, Utterance } from '../assistant/assistant.ts';
import { createEmbeddedAssistant } from '../assistant/dialogue/embedded.ts';
import { languageAfterBadHearing, languageOfKey } from '../assistant/languages/choose.ts';
import { wordingFor } from '../assistant/languages/wording.ts';
import { loadManuals } from '../assistant/manual/manual.ts';
import {
  ACCOUNT,
  actionOf,
  type Surroundings,
  saidIn,
  startWebhooks,
  TOKEN,
  VOICE_FORM,
} from './webhooks.fixture.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

/** Follows the rules for languages and does nothing else; remembers what it was asked. */
function polyglot() {
  const asked: { utterance: Utterance; situation: Situation }[] = [];
  const assistant: Assistant = {
    async reply(_conversation, utterance, situation) {
      asked.push({ utterance, situation });
      const { language = '', languages = [] } = situation;
      const call = { language, languages };
      const heardBadly = (utterance.confidence ?? 1) < 0.5 && utterance.text !== '';
      const badly_heard = heardBadly ? (situation.badly_heard ?? 0) + 1 : 0;
      const next = utterance.key
        ? languageOfKey(utterance.key, call)
        : languageAfterBadHearing(badly_heard, call);
      const { sentences, line, language: own } = wordingFor(next ?? language);
      const text = next ? line.switched : sentences.here;
      return {
        reply: text,
        urgency: 'NORMAL',
        sources: '',
        badly_heard,
        ...(next && { language: next, parts: [{ text, language: next }] }),
        ...(own === 'hi' && { question: 'where', confirmed: true, slow: true }),
      };
    },
    card: () => ({ reply: 'Move away.', urgency: 'URGENT', sources: '' }),
  };
  return { assistant, asked };
}

async function start(surroundings: Surroundings = {}) {
  const webhooks = await startWebhooks({ languages: ['en-IN', 'hi-IN'], ...surroundings });
  stops.push(webhooks.stop);
  return webhooks;
}

async function greeted(surroundings: Surroundings = {}) {
  const webhooks = await start(surroundings);
  const redirect = await webhooks.post('/incoming-call');
  return { webhooks, twiml: (await webhooks.post(actionOf(redirect.text))).text };
}

const listensFor = (twiml: string) => /<Gather[^>]* language="([^"]+)"/.exec(twiml)?.[1];

describe('the greeting', () => {
  it("is in the number's first language and offers each other one in itself", async () => {
    const { twiml } = await greeted({ languages: ['en-IN', 'hi-IN', 'es-MX', 'ta-IN'] });
    expect(listensFor(twiml)).toBe('en-IN');
    expect(twiml).toMatch(/<Say language="en-IN"[^>]*>This is Aurora/);
    expect(twiml).toMatch(/<Say language="hi-IN"[^>]*>हिंदी के लिए 3 दबाएँ।<\/Say>/);
    expect(twiml).toMatch(/<Say language="es-MX"[^>]*>Para español, pulse 4\.<\/Say>/);
    expect(twiml.match(/<Say/g)).toHaveLength(3);
  });

  it("is in the worker's language where that is known by then", async () => {
    const { twiml } = await greeted({ workerLanguage: 'hi-IN' });
    expect(listensFor(twiml)).toBe('hi-IN');
    expect(twiml).toMatch(/<Say language="hi-IN"[^>]*>यह ऑरोरा है/);
    expect(saidIn(twiml)).toMatch(/For English, press 3\.$/);
  });

  it("does not wait for the worker's language (I1)", async () => {
    const looked: string[] = [];
    const { twiml } = await greeted({ lookUp: (...whom) => void looked.push(whom.join(' ')) });
    expect(looked).toEqual(['demo +15550100001']);
    expect(listensFor(twiml)).toBe('en-IN');
  });

  it('is kept with all that was said', async () => {
    const { webhooks, twiml } = await greeted();
    const [kept] = webhooks
      .events()
      .flatMap((event) => (event.type === 'message_added' ? [event.message.content] : []));
    expect(kept).toBe(saidIn(twiml));
  });
});

describe('a key', () => {
  it('of a language reaches the assistant, and the line listens for what it chose', async () => {
    const { assistant, asked } = polyglot();
    const { webhooks, twiml } = await greeted({ assistant });
    const hindi = await webhooks.post(actionOf(twiml), { ...VOICE_FORM, Digits: '3' });
    expect(asked[0]?.utterance).toEqual({ text: '', key: '3' });
    expect(listensFor(hindi.text)).toBe('hi-IN');
    const back = await webhooks.post(actionOf(hindi.text), { ...VOICE_FORM, Digits: '3' });
    expect(listensFor(back.text)).toBe('en-IN');
  });

  it('that names no language of this call is silence', async () => {
    const { assistant, asked } = polyglot();
    const { webhooks, twiml } = await greeted({ assistant });
    const { text } = await webhooks.post(actionOf(twiml), { ...VOICE_FORM, Digits: '4' });
    expect(asked).toEqual([]);
    expect(saidIn(text)).toContain('I did not hear you');
  });
});

describe('silence', () => {
  it("is answered in the call's language", async () => {
    const { webhooks, twiml } = await greeted({ workerLanguage: 'hi-IN' });
    const { text } = await webhooks.post(actionOf(twiml), VOICE_FORM);
    expect(saidIn(text)).toMatch(/^मुझे कुछ सुनाई नहीं दिया।.*For English, press 3\.$/);
    expect(listensFor(text)).toBe('hi-IN');
  });
});

describe('what the assistant must not forget', () => {
  it('reaches it again on an instance that never saw the call', async () => {
    const { webhooks, twiml } = await greeted({ assistant: polyglot().assistant });
    const switched = await webhooks.post(actionOf(twiml), { ...VOICE_FORM, Digits: '3' });
    expect(switched.text).toContain('<prosody rate="slow">');
    const other = polyglot();
    const { pathname, search } = new URL(actionOf(switched.text));
    await (await start({ assistant: other.assistant })).post(pathname + search, {
      ...VOICE_FORM,
      SpeechResult: 'आग',
      Confidence: '0.3',
    });
    expect(other.asked[0]?.situation).toMatchObject({
      company_id: 'demo',
      language: 'hi-IN',
      languages: ['en-IN', 'hi-IN'],
      question: 'where',
      confirmed: true,
      slow: true,
      badly_heard: 0,
    });
  });
});

describe('a caller who speaks Hindi on an English line', () => {
  async function callInHindi(
    { assistant, asked }: Pick<ReturnType<typeof polyglot>, 'assistant' | 'asked'>,
    ...script: string[]
  ) {
    const webhooks = await start({ assistant });
    const gathers: Gather[] = [];
    const result = await placeCall({
      baseUrl: webhooks.publicBaseUrl,
      accountSid: ACCOUNT,
      authToken: TOKEN,
      timeScale: 0,
      sttLanguage: 'hi-IN',
      caller: scriptedCaller(script.map((line) => (line === '#3' ? { keys: '3' } : line))),
      onEvent: (event) => {
        if (event.type === 'gather-opened') gathers.push(event.gather);
      },
    });
    expect(result.faults).toEqual([]);
    return { asked, said: result.said, languages: gathers.map(({ language }) => language) };
  }

  it('is misheard twice, and understood when the line has changed to Hindi', async () => {
    const { asked, languages, said } = await callInHindi(
      polyglot(),
      'aag lagi hai',
      'jaldi aag lagi hai',
      'aag lagi hai',
    );
    expect(languages).toEqual(['en-IN', 'en-IN', 'hi-IN', 'hi-IN']);
    const heard = asked.map(({ utterance }) => utterance.text);
    expect(heard.map((text) => text.includes('aag'))).toEqual([false, false, true]);
    expect(asked[2]?.utterance.confidence).toBeGreaterThan(0.5);
    expect(said).toContain(wordingFor('hi').line.switched);
  });

  it('is understood at once after pressing 3', async () => {
    const { asked, languages } = await callInHindi(polyglot(), '#3', 'aag lagi hai');
    expect(languages).toEqual(['en-IN', 'hi-IN', 'hi-IN']);
    expect(asked[1]?.utterance.text).toBe('aag lagi hai');
  });

  it('is told what to do about a fire, by the assistant that callers get', async () => {
    const assistant = createEmbeddedAssistant({ manuals: loadManuals() });
    const { said, languages } = await callInHindi(
      { assistant, asked: [] },
      'bhai yahan sab log pareshan hain',
      'kya aap sun rahe ho',
      'godown mein aag lagi hai',
    );
    expect(languages).toEqual(['en-IN', 'en-IN', 'hi-IN', 'hi-IN']);
    const switched = said.indexOf(wordingFor('hi').line.switched);
    expect(switched).toBeGreaterThan(0);
    expect(said.slice(switched + 1).join(' ')).toMatch(/Get out.*112/);
  });
});
