import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_SIGNALS } from '../../../../../functions/src/metrics/thresholds.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { inUnit, pathOf, type Unit } from './values.ts';

describe('a value', () => {
  it.each<[number, Unit, string]>([
    [0, 'count', '0'],
    [1_234, 'count', '1,234'],
    [12.5, 'percent', '12.5%'],
    [340, 'milliseconds', '340 ms'],
    [2_500, 'milliseconds', '2.5 sec'],
    [90, 'seconds', '90 sec'],
    [630, 'seconds', '10.5 min'],
  ])('of %d %s is shown as %s', (value, unit, shown) => {
    expect(inUnit(value, unit, 'en')).toBe(shown);
  });

  it('has its unit in the language that was chosen', () => {
    expect(inUnit(2_500, 'milliseconds', 'hi')).toMatch(/\p{Script=Devanagari}/u);
  });
});

describe('a line', () => {
  const box = { width: 100, height: 10, most: 5 };

  it('goes from the left to the right, the most at the top', () => {
    expect(pathOf([0, 5, 2.5], box)).toBe('M0 10L50 0L100 5');
  });

  it('has a gap where there is no value, and a dot where one stands by itself', () => {
    expect(pathOf([1, null, 5, null], box)).toBe('M0 8h0.01M66.67 0h0.01');
    expect(pathOf([null, null], box)).toBe('');
    expect(pathOf([], box)).toBe('');
  });

  it('does not leave its box', () => {
    expect(pathOf([50, 0], box)).toBe('M0 0L100 10');
  });
});

describe('the words for what is watched', () => {
  it('are there for each signal, in both languages, with what to do', () => {
    for (const { id } of ALL_SIGNALS) {
      for (const { signals } of [operationsTexts.en, operationsTexts.hi]) {
        expect(signals[id].every((words) => words.length > 5)).toBe(true);
      }
      expect(operationsTexts.hi.signals[id].join()).toMatch(/\p{Script=Devanagari}/u);
    }
  });

  it('name commands that there are', () => {
    const { scripts } = JSON.parse(
      readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8'),
    );
    const words = JSON.stringify(operationsTexts);
    const named = [...words.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });
});
