import { expect, it } from 'vitest';
import { Company, Targets } from '../../../../../functions/src/access/companies.ts';
import { PageStep, ReachingPolicy } from '../../../../../functions/src/access/reaching-policy.ts';
import { BOUNDS, type Bounded, isWithin } from './bounds.ts';

const takenByApi: Record<Bounded, (value: number) => boolean> = {
  answer_seconds: (value) => Targets.safeParse({ answer_seconds: value }).success,
  acknowledge_seconds: (value) => Targets.safeParse({ acknowledge_seconds: value }).success,
  takeover_seconds: (value) => Targets.safeParse({ takeover_seconds: value }).success,
  retention_days: (value) => Company.safeParse({ retention_days: value }).success,
  accept_seconds: (value) => ReachingPolicy.safeParse({ accept_seconds: value }).success,
  repeats: (value) => ReachingPolicy.safeParse({ repeats: value }).success,
  wait_seconds: (value) => PageStep.safeParse({ who: ['rota'], wait_seconds: value }).success,
};

it.each(Object.keys(BOUNDS) as Bounded[])('%s has the bounds of the API', (name) => {
  const [least, most] = BOUNDS[name];
  for (const value of [least - 1, least, least + 0.5, most, most + 1]) {
    expect([value, isWithin(name, value)]).toEqual([value, takenByApi[name](value)]);
  }
  expect(isWithin(name, '')).toBe(false);
});
