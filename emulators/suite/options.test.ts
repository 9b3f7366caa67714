import { expect, test } from 'vitest';
import { parseSuiteOptions } from './options.ts';

const parse = (...args: string[]) => parseSuiteOptions(args, '/repository');

test('without flags the suite runs this repository and keeps its state in .aurora', () => {
  expect(parse()).toEqual({
    mode: 'default',
    fresh: false,
    bare: false,
    stateDirectory: '/repository/.aurora',
    freePorts: false,
    verbose: false,
    official: false,
    projectDirectory: '/repository',
    environment: {},
  });
});

test('each flag says one thing', () => {
  expect(parse('--isolated')).toMatchObject({ mode: 'isolated' });
  expect(parse('--freeze')).toMatchObject({ mode: 'freeze' });
  expect(parse('--fresh', '--verbose', '--official')).toMatchObject({
    fresh: true,
    verbose: true,
    official: true,
  });
  expect(parse('--ports', 'free')).toMatchObject({ freePorts: true });
  expect(parse('--state', '/elsewhere')).toMatchObject({ stateDirectory: '/elsewhere' });
  expect(parse('--project', '/p')).toMatchObject({ stateDirectory: '/p/.aurora' });
  expect(parse('--llm', 'hangs')).toMatchObject({ llm: 'hangs' });
  expect(parse('--help')).toBe('help');
});

test('settings for the functions may hold any text', () => {
  const { environment } = parse('--env', 'A=b=c', '--env', 'EMPTY=') as { environment: object };
  expect(environment).toEqual({ A: 'b=c', EMPTY: '' });
});

test.each([
  [['--isolated', '--freeze'], /one of --isolated and --freeze/],
  [['--llm', 'gpt'], /choose one of answers, slow, hangs, fails/],
  [['--ports', '5000'], /the only choice is 'free'/],
  [['--env', 'lower=1'], /KEY=VALUE/],
  [['--env', 'NOTHING'], /KEY=VALUE/],
  [['--unknown'], /--unknown[\s\S]*Usage/],
  [['word'], /word[\s\S]*Usage/],
])('%j is refused with what to do', (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});
