import { describe, expect, test } from 'vitest';
import type { Situation } from '../assistant.ts';
import { loadManuals } from '../manual/manual.ts';
import { createEmbeddedAssistant } from './embedded.ts';
import { promisesHelp } from './wording.ts';

const assistant = createEmbeddedAssistant({ manuals: loadManuals() });
const situation = (of: Partial<Situation>): Situation => ({
  urgency: 'NORMAL',
  emergency_number: '112',
  ...of,
});

async function said(text: string, of: Partial<Situation>): Promise<string> {
  const utterance = text === '9' ? ({ text: '', key: '9' } as const) : { text };
  const { reply } = await assistant.reply([], utterance, situation(of));
  return reply;
}

describe('who is in danger, or asks for a person', () => {
  test.each([
    ['fire in the paint shop', 'en-IN', 'trying to reach a person'],
    ['9', 'en-IN', 'trying to reach a person'],
    ['पेंट शॉप में आग लगी है', 'hi-IN', 'संपर्क करने की कोशिश'],
    ['hay un incendio', 'es-MX', 'intentando localizar'],
  ])(
    'and says "%s" in %s, hears that people are being reached where any can be',
    async (text, language, words) => {
      const reply = await said(text, { language, reaches: true });
      expect(reply).toContain(words);
      expect(promisesHelp(reply)).toBe(false);
    },
  );

  test.each(['fire in the paint shop', '9'])(
    'hears on "%s" of nobody being reached where the company has nobody who can be rung (I8)',
    async (text) => {
      for (const reaches of [false, undefined]) {
        const reply = await said(text, reaches === undefined ? {} : { reaches });
        expect(reply).toContain('marked this call');
        expect(reply).not.toContain('reach a person');
      }
    },
  );
});
