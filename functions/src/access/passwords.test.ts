import { hash, parseOptions, verify } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswords, DUMMY_HASH } from './passwords.ts';

describe('passwords', () => {
  it('are accepted against their own hash and no other', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('correct horse battery staple');
    expect(await passwords.verify('correct horse battery staple', stored)).toBe(true);
    expect(await passwords.verify('correct horse battery stapl', stored)).toBe(false);
    expect(await passwords.verify('', stored)).toBe(false);
  });

  it('are the same in every Unicode form', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('caf\u00e9');
    expect(await passwords.verify('cafe\u0301', stored)).toBe(true);
  });

  it('are hashed with argon2id, each with its own salt', async () => {
    const passwords = createPasswords();
    const [first, second] = await Promise.all([passwords.hash('same'), passwords.hash('same')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it('of an unknown address cost the same computation and are never right', async () => {
    const { passwords, checked } = watched();
    expect(await passwords.verify('password', undefined)).toBe(false);
    expect(checked).toEqual([DUMMY_HASH]);
    expect(parseOptions(DUMMY_HASH)).toEqual(parseOptions(await createPasswords().hash('any')));
  });

  it('of an unknown address are wrong even where the computation says yes', async () => {
    const passwords = createPasswords({ argon2: { hash, verify: async () => true } });
    expect(await passwords.verify('password', undefined)).toBe(false);
  });

  it('are computed at most two at once, in the order in which they came', async () => {
    const { passwords, started, finishOldest } = gated();
    const all = ['a', 'b', 'c', 'd'].map((password) => passwords.verify(password, 'hash'));
    expect(started).toEqual(['a', 'b']);
    for (const expected of [
      ['a', 'b', 'c'],
      ['a', 'b', 'c', 'd'],
    ]) {
      finishOldest();
      await expect.poll(() => started).toEqual(expected);
    }
    finishOldest();
    finishOldest();
    expect(await Promise.all(all)).toEqual([true, true, true, true]);
  });

  it('wait their turn also when they come while a place is handed on', async () => {
    const { passwords, started, finishOldest, finishAll } = gated();
    const all = ['a', 'b', 'c'].map((password) => passwords.verify(password, 'hash'));
    finishOldest();
    await expect.poll(() => started).toEqual(['a', 'b', 'c']);
    all.push(passwords.verify('d', 'hash'));
    expect(started).toEqual(['a', 'b', 'c']);
    finishAll();
    expect(await Promise.all(all)).toEqual([true, true, true, true]);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('free their place when the computation fails', async () => {
    const passwords = createPasswords();
    for (let round = 0; round < 5; round++) {
      await expect(passwords.verify('password', 'not a hash')).rejects.toThrow();
    }
    expect(await passwords.verify('password', undefined)).toBe(false);
  });

  it('are refused with "busy" when too many wait already', async () => {
    const { passwords, finishAll } = gated();
    const accepted = Array.from({ length: 52 }, () => passwords.verify('a', 'hash'));
    await expect(passwords.verify('a', 'hash')).rejects.toMatchObject({
      status: 503,
      code: 'busy',
    });
    finishAll();
    expect(await Promise.all(accepted)).not.toContain(false);
  });
});

/** Passwords over the real computation, which notes the hash that each was checked against. */
function watched() {
  const checked: unknown[] = [];
  const passwords = createPasswords({
    argon2: {
      hash,
      verify: (...given) => {
        checked.push(given[0]);
        return verify(...given);
      },
    },
  });
  return { passwords, checked };
}

/** Passwords whose computations finish when the test says so. */
function gated() {
  const started: unknown[] = [];
  const gates: (() => void)[] = [];
  let open = false;
  const passwords = createPasswords({
    argon2: {
      hash,
      verify: async (_, password) => {
        started.push(password);
        if (!open) await new Promise<void>((resolve) => gates.push(resolve));
        return true;
      },
    },
  });
  const finishOldest = () => gates.shift()?.();
  const finishAll = () => {
    open = true;
    while (gates.length > 0) finishOldest();
  };
  return { passwords, started, finishOldest, finishAll };
}
