import { describe, expect, it } from 'vitest';
import { reading } from './reading.ts';

describe('something that is read beside a turn', () => {
  it('is there when it has come, and not before', async () => {
    let come = (_: string) => {};
    const read = reading(new Promise<string>((resolve) => (come = resolve)));
    expect(read.now()).toBeUndefined();
    expect(await read.within(1)).toBeUndefined();
    come('here');
    expect(await read.within(1_000)).toBe('here');
    expect(read.now()).toBe('here');
  });

  it('is not there where it could not be read, and keeps nobody waiting then (I1)', async () => {
    const read = reading(Promise.reject(new Error('away')));
    expect(await read.within(60_000)).toBeUndefined();
    expect(read.now()).toBeUndefined();
  });
});
