import { describe, expect, it } from 'vitest';
import { createOnce } from './once.ts';

describe('once', () => {
  it('gives a repetition the first result, also while the first is still at work (I3)', async () => {
    const once = createOnce<number>();
    let runs = 0;
    const work = async () => ++runs;
    expect(await Promise.all([once('a', work), once('a', work)])).toEqual([1, 1]);
    expect(await once('a', work)).toBe(1);
    expect(await once('b', work)).toBe(2);
  });

  it('tries work again that failed', async () => {
    const once = createOnce<string>();
    await expect(once('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await once('a', async () => 'yes')).toBe('yes');
  });

  it('forgets the oldest beyond its bound', async () => {
    const once = createOnce<number>();
    for (let key = 0; key <= 1_000; key++) await once(String(key), async () => 1);
    expect(await once('0', async () => 2)).toBe(2);
    expect(await once('1000', async () => 2)).toBe(1);
  });
});
