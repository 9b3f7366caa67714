import { expect, test } from 'vitest';
import { formatLogEntry } from './logs.ts';

const now = new Date(2025, 9, 4, 14, 30, 5);
const show = (entry: Parameters<typeof formatLogEntry>[0], verbose = false) =>
  formatLogEntry(entry, now, verbose);
const from = (name: string) => ({ metadata: { function: { name } } });

test('a structured line of a function is one readable line', () => {
  const user = { severity: 'WARNING', message: 'Late answer', turn: 3 };
  expect(show({ level: 'info', message: '>', user, ...from('us-central1-twilio') })).toBe(
    '14:30:05 twilio        warning: Late answer {"turn":3}',
  );
});

test('what a function tells by the way is shown where everything is', () => {
  const user = { severity: 'INFO', message: 'An API request was answered.', status: 200 };
  const entry = { level: 'info', message: '>', user, ...from('us-central1-api') };
  expect(show(entry)).toBeUndefined();
  expect(show(entry, true)).toBe(
    '14:30:05 api           An API request was answered. {"status":200}',
  );
});

test('plain output of a function is shown as it is', () => {
  const entry = { level: 'info', message: '>  hello', user: 'hello', ...from('us-east1-api') };
  expect(show(entry)).toBe('14:30:05 api           hello');
});

test('control characters do not reach the terminal', () => {
  const entry = { level: 'info', message: '> \u001b[31mred\u001b[0m', user: undefined };
  expect(show(entry)).toBe('14:30:05 functions     red');
});

test('warnings and errors of the emulators are shown, what they tell by the way is not', () => {
  expect(show({ level: 'warn', message: '⚠  functions: Disk full' })).toBe(
    '14:30:05 firebase      warning: functions: Disk full',
  );
  expect(show({ level: 'error', message: 'i  it broke', source: 'database' })).toBe(
    '14:30:05 database      error: it broke',
  );
  expect(show({ level: 'info', message: 'i  hosting: serving' })).toBeUndefined();
  expect(show({ level: 'debug', message: 'user', user: { a: 1 } })).toBeUndefined();
});

test('everything is shown when asked for', () => {
  expect(show({ level: 'debug', message: 'detail' }, true)).toBe('14:30:05 firebase      detail');
});
