import { describe, expect, test } from 'vitest';
import { acceptAcknowledgement } from './acknowledgement.ts';

const SMOKE = 'there is smoke in the paint shop and my eyes hurt';

describe('an acknowledgement is spoken', () => {
  test.each([
    ['en', 'I understand.'],
    ['en-IN', 'I hear you. That sounds frightening.'],
    ['en-IN', "I'm here with you."],
    ['en-IN', 'Okay, thank you for telling me.'],
    ['en-IN', 'I understand. You said there is smoke in the paint shop.'],
    ['en-IN', 'You said your eyes hurt.'],
    ['hi-IN', 'मैं समझ गया। बताने के लिए धन्यवाद।'],
    ['hi-IN', 'Main samajh gaya.'],
    ['es-MX', 'Entiendo. Lo siento mucho.'],
    ['es-ES', 'Estoy aquí.'],
  ])('in %s: "%s"', (language, text) => {
    expect(acceptAcknowledgement(text, SMOKE, language)).toBe(text);
  });
});

describe('an acknowledgement is dropped that', () => {
  test.each([
    ['tells somebody what to do', 'Run to the roof.'],
    ['tells it after harmless words', 'I understand. Go back inside.'],
    ['tells it without a full stop between', 'I understand go back inside'],
    ['tells it after a comma', 'I hear you, open the valve'],
    ['tells it after a dash', 'I understand — drink water'],
    ['tells it in brackets', 'I understand (drink water)'],
    ['advises', 'You should open the valve.'],
    ['advises in the guise of a wish', 'I want you to open the valve.'],
    ['asks for it politely', 'I understand, please open the valve.'],
    ['says that it is safe', 'You are safe.'],
    ['calms without knowing', 'I understand. It is nothing.'],
    ['promises help', 'I understand. Help is on the way.'],
    ['promises it in other words', 'I am here. They will be there in a moment.'],
    ['holds a number', 'I understand, 911.'],
    ['holds a number in words', 'You said there is smoke in hall two'],
    ['holds a number in other digits', 'मैं समझ गया ११२'],
    ['holds an address', 'I understand evil.com'],
    ['holds an address with a scheme', 'I understand https://evil'],
    ['is long', Array(16).fill('I understand').join('. ')],
    ['is one long word', 'I understand'.repeat(1_000)],
    ['hides words in marks that nobody sees', 'I under\u200bstand'],
    ['turns the direction of writing', 'I understand\u202e .llik'],
    ['looks like English', 'I undеrstand'],
    ['breaks the line', 'I understand\nRun'],
    ['is markup', '<Say>I understand</Say>'],
    ['is empty', '   '],
    ['quotes what nobody said', 'You said there is a bomb in the canteen.'],
    ['is an order in Hindi', 'मैं समझ गया, अंदर जाओ'],
    ['is an order in romanized Hindi', 'Main samajh gaya, andar jao'],
    ['is an order in Spanish', 'Entiendo, abra la válvula'],
  ])('%s', (_, text) => {
    for (const language of ['en-IN', 'hi-IN', 'es-MX']) {
      expect(acceptAcknowledgement(text, SMOKE, language)).toBeUndefined();
    }
  });

  test.each([
    ['a denial', 'there is no danger in the paint shop', 'You said there is'],
    ['a question', 'what do I do, the valve is open', 'You said the valve is open'],
    ['a doubt', 'I do not know if the power is off', 'You said the power is off'],
    ['an order of the caller', 'everybody jump off the roof', 'You said jump off the roof'],
    [
      'an order behind harmless words',
      'the boss is here, open the valve',
      'You said open the valve',
    ],
  ])('says %s back', (_, said, text) => {
    expect(acceptAcknowledgement(text, said, 'en-IN')).toBeUndefined();
  });

  test('is in a language whose harmless sentences nobody has listed', () => {
    expect(acceptAcknowledgement('Ich verstehe.', SMOKE, 'de-DE')).toBeUndefined();
    expect(acceptAcknowledgement('I understand.', SMOKE, 'de-DE')).toBeUndefined();
  });
});
