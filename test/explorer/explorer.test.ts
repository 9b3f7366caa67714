import { expect, it } from 'vitest';
import { explore } from './explorer.ts';

it('replays a seed exactly, step by step', async () => {
  for (const seed of [1, 2, 3]) {
    const [first, second]: [string[], string[]] = [[], []];
    await explore(seed, { onTrace: (line) => first.push(line) });
    await explore(seed, { onTrace: (line) => second.push(line) });
    expect(first.length).toBeGreaterThan(20);
    expect(second).toEqual(first);
  }
});
