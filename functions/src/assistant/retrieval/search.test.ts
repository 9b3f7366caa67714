import { describe, expect, test } from 'vitest';
import { loadManuals } from '../manual/manual.ts';
import { createManualSearch } from './search.ts';

const search = createManualSearch(loadManuals());

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
    const passage = search.find(question);
    expect(passage?.procedure.id).toBe(hazard);
    expect(passage?.answer).toContain(words);
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
    expect(search.find(question)).toBeUndefined();
  });

  test('finds a step or a warning only where its hazard is being talked about', () => {
    expect(search.find('should I move him', 'fall')?.answer).toMatch(/^Do not move them/);
    expect(search.find('should I move him')).toBeUndefined();
  });

  test('prefers the hazard that is being talked about', () => {
    expect(search.find('what are the signs', 'heat-stroke')?.procedure.id).toBe('heat-stroke');
    expect(search.find('what are the signs', 'stroke')?.procedure.id).toBe('stroke');
  });
});
