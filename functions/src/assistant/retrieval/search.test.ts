import { describe, expect, test } from 'vitest';
import { embeddedPack } from '../manual/embedded-pack.ts';
import { findAnswer } from './search.ts';

const pack = embeddedPack();

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
  ])('%s is answered from %s', (question, hazard, words) => {
    const found = findAnswer(pack, question);
    expect(found?.passage.document).toBe(hazard);
    expect(found?.passage.text).toContain(words);
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
    'gas leak',
    'what',
    '',
    '__proto__ constructor',
    '?!',
  ])('"%s" has no answer in it', (question) => {
    expect(findAnswer(pack, question)).toBeUndefined();
  });

  test('finds a step or a warning only where its hazard is being talked about', () => {
    expect(findAnswer(pack, 'should I move him', 'fall')?.passage.text).toMatch(
      /^Do not move them/,
    );
    expect(findAnswer(pack, 'should I move him')).toBeUndefined();
  });

  test('prefers the hazard that is being talked about', () => {
    expect(findAnswer(pack, 'what are the signs', 'heat-stroke')?.passage.document).toBe(
      'heat-stroke',
    );
    expect(findAnswer(pack, 'what are the signs', 'stroke')?.passage.document).toBe('stroke');
  });
});
