import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import {
  escapeXml,
  fallbackDocument,
  readFallbackSettings,
  textFallbackDocument,
} from './twilio-fallback.ts';

/** The verbs of a TwiML document with what stands in them; throws where it is no XML. */
function verbsOf(xml: string) {
  const path: string[] = [];
  const verbs: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    if (path.length === 2) verbs.push({ name, attributes, text: '' });
  });
  parser.on('text', (text) => {
    const verb = verbs.at(-1);
    if (verb && path.length > 1) verb.text += text;
  });
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  return verbs;
}

const said = (xml: string) =>
  verbsOf(xml)
    .filter(({ name }) => name === 'Say')
    .map(({ text }) => text)
    .join(' ');

describe("Twilio's fallback document", () => {
  it('says the emergency number digit by digit, then starts the call again', () => {
    const xml = fallbackDocument(readFallbackSettings({}));
    expect(said(xml)).toContain('hang up and call 1 1 2 now');
    expect(verbsOf(xml).map(({ name }) => name)).toEqual(['Say', 'Say', 'Redirect']);
    expect(verbsOf(xml).at(-1)).toEqual({
      name: 'Redirect',
      attributes: { method: 'POST' },
      text: '/incoming-call',
    });
  });

  it('dials the person that is configured, for a bounded time, and then goes on', () => {
    const xml = fallbackDocument(
      readFallbackSettings({ EMERGENCY_NUMBER: '911', FALLBACK_HUMAN_NUMBER: '+15550100009' }),
    );
    expect(verbsOf(xml).map(({ name }) => name)).toEqual([
      'Say',
      'Say',
      'Dial',
      'Say',
      'Say',
      'Redirect',
    ]);
    expect(verbsOf(xml)[2]).toEqual({
      name: 'Dial',
      attributes: { timeout: '25' },
      text: '+15550100009',
    });
    expect(said(xml)).toContain('call 9 1 1 now');
  });

  it('never says that anybody is coming, and never hangs up (I8)', () => {
    const settings = { emergencyNumber: '112', humanNumber: '+15550100009' };
    const xml = fallbackDocument(settings);
    expect(said(xml)).not.toMatch(/coming|on (the|its|their) way|will (help|answer|call)|sent/i);
    expect(verbsOf(xml).map(({ name }) => name)).not.toContain('Hangup');
  });

  it('reads a long emergency number digit by digit too', () => {
    expect(said(fallbackDocument({ emergencyNumber: '+49112' }))).toContain('call plus 4 9 1 1 2');
  });

  it('counts empty variables as absent', () => {
    expect(readFallbackSettings({ EMERGENCY_NUMBER: '', FALLBACK_HUMAN_NUMBER: '' })).toEqual({
      emergencyNumber: '112',
      humanNumber: undefined,
    });
  });

  it.each([
    ['EMERGENCY_NUMBER', '1'],
    ['EMERGENCY_NUMBER', 'one one two'],
    ['EMERGENCY_NUMBER', '112<Hangup/>'],
    ['EMERGENCY_NUMBER', '112\n'],
    ['EMERGENCY_NUMBER', '١١٢'],
    ['FALLBACK_HUMAN_NUMBER', '15550100009'],
    ['FALLBACK_HUMAN_NUMBER', '+05550100009'],
    ['FALLBACK_HUMAN_NUMBER', '+1 555 010 0009'],
    ['FALLBACK_HUMAN_NUMBER', '+1555010000912345'],
    ['FALLBACK_HUMAN_NUMBER', '+15550100009</Number>'],
  ])('is not built with %s "%s", and says which variable to mend', (name, value) => {
    expect(() => readFallbackSettings({ [name]: value })).toThrow(new RegExp(`${name} must be`));
  });

  it('names all wrong variables at once', () => {
    const wrong = { EMERGENCY_NUMBER: 'x', FALLBACK_HUMAN_NUMBER: 'y' };
    expect(() => readFallbackSettings(wrong)).toThrow(/EMERGENCY_NUMBER.*FALLBACK_HUMAN_NUMBER/);
  });

  it('is valid XML whatever the numbers would be', () => {
    const printable = fc.string({ unit: fc.constantFrom(...'<>&"\'] 1+-a\u00e9') });
    fc.assert(
      fc.property(printable, (text) => {
        const xml = fallbackDocument({ emergencyNumber: '112', humanNumber: text });
        expect(verbsOf(xml)[2]?.text).toBe(text);
        expect(verbsOf(`<a><b c="${escapeXml(text)}"/></a>`)[0]?.attributes.c).toBe(text);
      }),
    );
  });
});

describe("Twilio's fallback document for messages", () => {
  it('names the emergency number in one short message, and promises nobody (I8)', () => {
    const [message, ...others] = verbsOf(textFallbackDocument({ emergencyNumber: '112' }));
    expect(others).toEqual([]);
    expect(message?.name).toBe('Message');
    expect(message?.text).toContain('call 112 now');
    expect(message?.text).not.toMatch(
      /coming|on (the|its|their) way|will (help|answer|call)|sent/i,
    );
    expect(message?.text.length).toBeLessThanOrEqual(320);
  });
});
