import { describe, expect, test } from 'vitest';
import { OUTPUT_SCHEMA, type Output, readOutput } from './output.ts';

const CHOICE: Output = {
  urgency: 'NORMAL',
  card: null,
  steps: [],
  passages: [],
  question: null,
  acknowledgement: null,
  answer: null,
  facts: { where: null, injured: null, trapped: null },
};
const text = JSON.stringify(CHOICE);

describe("a model's output", () => {
  test('is one choice', () => {
    expect(readOutput(text)).toEqual(CHOICE);
  });

  test.each([
    ['half a JSON', text.slice(0, -20)],
    ['prose', 'Sure! Here is the choice.'],
    ['a choice in prose', `Here you are: ${text}`],
    ['two choices', `[${text},${text}]`],
    ['a field that nobody asked for', JSON.stringify({ ...CHOICE, say: 'Run.' })],
    ['an urgency that there is not', JSON.stringify({ ...CHOICE, urgency: 'LOW' })],
    ['a field of another kind', JSON.stringify({ ...CHOICE, steps: 'fire#step-1' })],
    ['a field too few', JSON.stringify({ ...CHOICE, facts: undefined })],
    ['a choice of another size', JSON.stringify({ ...CHOICE, answer: 'x'.repeat(9_000) })],
    ['nothing', ''],
  ])('is nothing when it is %s', (_, output) => {
    expect(readOutput(output)).toBeUndefined();
  });
});

test('the schema that a provider enforces requires every field and allows no other', () => {
  expect(OUTPUT_SCHEMA).toMatchObject({
    additionalProperties: false,
    required: Object.keys(CHOICE),
    properties: { facts: { additionalProperties: false } },
  });
});
