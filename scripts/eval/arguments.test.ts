import { describe, expect, test } from 'vitest';
import { HELP, ownSet, readArguments } from './arguments.ts';

describe('the command line of eval', () => {
  test('scores the own sets where no file is named', () => {
    expect(readArguments([], '/home/me')).toEqual({
      do: 'score',
      files: ['dev', 'unseen', 'retrieval-dev', 'retrieval-unseen', 'conversations'].map(ownSet),
      goals: false,
      misses: false,
      model: false,
    });
  });

  test('takes files as they are seen from where the command was called', () => {
    const flags = ['a.jsonl', '--goals', '../b.jsonl', '--misses'];
    expect(readArguments(flags, '/home/me')).toEqual({
      do: 'score',
      files: ['/home/me/a.jsonl', '/home/b.jsonl'],
      goals: true,
      misses: true,
      model: false,
    });
    expect(readArguments(['--predict', '--model', 'in', '/tmp/out'], '/home/me')).toEqual({
      do: 'predict',
      from: '/home/me/in',
      to: '/tmp/out',
      model: true,
    });
  });

  test.each([
    [['--predict', 'in'], 'needs two files'],
    [['--predict', 'a', 'b', 'c'], 'needs two files'],
    [['--predict', 'a', 'b', '--goals'], 'need labels'],
    [['--nonsense'], 'nonsense'],
  ])('%j is wrong usage', (flags, message) => {
    expect(() => readArguments(flags, '/')).toThrow(message);
  });

  test('explains itself', () => {
    expect(readArguments(['--help'], '/')).toEqual({ do: 'help' });
    expect(HELP).toContain('--predict IN OUT');
  });
});
