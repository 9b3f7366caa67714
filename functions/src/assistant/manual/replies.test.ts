import { expect, test } from 'vitest';
import { loadManuals } from './manual.ts';
import { readReplies } from './replies.ts';

test.each([
  ['Are they breathing?', 'Are they breathing?', {}],
  ['Are they breathing? (no: cardiac-arrest)', 'Are they breathing?', { no: 'cardiac-arrest' }],
  [
    'Is it hot? (yes: fire; no, unsure: burns; tells: injured)',
    'Is it hot?',
    { yes: 'fire', no: 'burns', unsure: 'burns', tells: 'injured' },
  ],
])('"%s" is asked and understood', (line, text, replies) => {
  expect(readReplies(line)).toEqual({ text, replies });
});

test.each([
  'Is it hot? (maybe: fire)',
  'Is it hot? (yes)',
  'Is it hot? (tells: weather)',
  'Is it hot? (yes: Fire!)',
])('"%s" is refused', (line) => {
  expect(readReplies(line).problem).toContain('what an answer means');
});

test('every meaning in the embedded cards is a card, and a person who does not breathe has one', () => {
  const { procedures } = loadManuals();
  for (const { id, replies = [] } of procedures.values()) {
    for (const { yes, no, unsure } of replies) {
      for (const hazard of [yes, no, unsure]) {
        if (hazard !== undefined) expect(procedures.has(hazard), `${id}: ${hazard}`).toBe(true);
      }
    }
  }
  expect(procedures.get('unconscious')?.replies?.[0]).toEqual({
    no: 'cardiac-arrest',
    unsure: 'cardiac-arrest',
  });
});
