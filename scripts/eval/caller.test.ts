import { expect, test } from 'vitest';
import { createCaller } from './caller.ts';

const caller = createCaller();

test('a call is as urgent as it ever was, and goes on with its card', async () => {
  const turns = ['Hello', 'There is a fire in the boiler room', 'ok'].map((text) => ({
    text,
    urgency: 'NORMAL' as const,
  }));
  expect(await caller.converse(turns)).toEqual([
    { urgency: 'NORMAL', hazard: undefined },
    { urgency: 'CRITICAL', hazard: 'fire' },
    { urgency: 'CRITICAL', hazard: 'fire' },
  ]);
});

test('a key counts as it does on the telephone', async () => {
  const [after] = await caller.converse([{ text: '', key: '1', urgency: 'CRITICAL' }]);
  expect(after?.urgency).toBe('CRITICAL');
});

test('passages are found by their ids', () => {
  expect(caller.find('How do I use a fire extinguisher?')[0]).toBe('fire#asked-3');
});
