import { Cron } from 'croner';
import { expect, test } from 'vitest';
import { toCron } from './schedules.ts';

test.each([
  ['* * * * *', '* * * * *'],
  ['*/5 9-17 * * 1-5', '*/5 9-17 * * 1-5'],
  ['every minute', '* * * * *'],
  ['every 1 minutes', '* * * * *'],
  ['every 5 minutes', '*/5 * * * *'],
  ['every 2 hours', '0 */2 * * *'],
  ['every day', '0 0 * * *'],
])('%j runs as cron %j', (schedule, cron) => {
  expect(toCron(schedule)).toBe(cron);
  expect(new Cron(cron, { paused: true }).nextRun()).toBeInstanceOf(Date);
});

test.each(['', 'every monday 09:00', 'sometimes', '* * *'])('%j is not known', (schedule) => {
  expect(toCron(schedule)).toBeUndefined();
});
