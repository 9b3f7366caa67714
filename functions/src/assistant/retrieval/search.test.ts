import { describe, expect, test } from 'vitest';
import { embeddedPack } from '../manual/embedded-pack.ts';
import { findPassages, type SearchContext } from './search.ts';

const pack = embeddedPack();
const best = (question: string, context?: SearchContext) =>
  findPassages(pack, question, context)[0]?.passage;

describe('a question to the manual', () => {
  test.each([
    ['how long do I have to rinse acid', 'chemical-splash', 'twenty minutes'],
    ['can I use the lift in a fire', 'fire', 'Use the stairs'],
    ['how fast should I push', 'cardiac-arrest', 'one hundred'],
    ['how do i use the defibrilator', 'cardiac-arrest', 'pads'],
    ['where is the assembly point', 'evacuation', 'green exit signs'],
    ['should I put ice on a burn', 'burns', 'cool running water'],
    ['what are the signs of a stroke', 'stroke', 'Face drooping'],
    ['how do I lock out a machine', 'machine-stop', 'lock and tag'],
    ['how to make a turniquet', 'bleeding', 'twist it'],
    ['nose bleed how to stop', 'bleeding', 'lean forward'],
    ['how deep to push for see pee are', 'cardiac-arrest', 'five to six centimetres'],
    ['fire extinguisher kaise use karte hai', 'fire', 'Pull the pin'],
    ['जलने पर बर्फ लगा सकते हैं क्या', 'burns', 'cool running water'],
    ['puedo usar el ascensor en un incendio', 'fire', 'Use the stairs'],
  ])('%s is answered from %s', (question, hazard, words) => {
    const passage = best(question);
    expect(passage?.document).toBe(hazard);
    expect(passage?.text).toContain(words);
  });

  test.each([
    'what is the tax rate in India',
    'who won the match yesterday',
    'how do I reset my password',
    'when is the canteen open',
    'is the meeting with Lisa today',
    'how do I open the door',
    'can you lift this for me',
    'may I go back inside',
    'what',
    '',
    '__proto__ constructor',
    '?!',
  ])('"%s" has no answer in it', (question) => {
    expect(best(question)).toBeUndefined();
  });

  test('finds a step or a warning only where its hazard is being talked about', () => {
    expect(best('should I move him', { hazard: 'fall' })?.text).toMatch(/^Do not move them/);
    expect(best('should I move him')).toBeUndefined();
  });

  test('prefers the hazard that is being talked about', () => {
    expect(best('what are the signs', { hazard: 'heat-stroke' })?.document).toBe('heat-stroke');
    expect(best('what are the signs', { hazard: 'stroke' })?.document).toBe('stroke');
  });
});
