import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLocks, type LockOwner } from './locks.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return settled;
}

describe('locks', () => {
  it('are handed over in the order of the queue', async () => {
    const locks = createLocks();
    const owners = [1, 2, 3].map(() => locks.createOwner());
    const order: number[] = [];
    const all = owners.map(async (owner, index) => {
      await locks.acquire(owner, ['k']);
      order.push(index);
      locks.release(owner);
    });
    await Promise.all(all);
    expect(order).toEqual([0, 1, 2]);
    expect(locks.size).toBe(0);
  });

  it('are taken again by their holder without waiting, by parallel requests too', async () => {
    const locks = createLocks();
    const [holder, waiter] = [locks.createOwner(), locks.createOwner()];
    await locks.acquire(holder, ['k']);
    await locks.acquire(holder, ['k']);
    const both = [locks.acquire(waiter, ['k']), locks.acquire(waiter, ['k'])];
    expect(await isSettled(Promise.race(both))).toBe(false);
    locks.release(holder);
    await Promise.all(both);
    expect(locks.holds(waiter, 'k')).toBe(true);
  });

  it('make the one who would close a circle the victim', async () => {
    const locks = createLocks();
    const [first, second] = [locks.createOwner(), locks.createOwner()];
    await locks.acquire(first, ['a']);
    await locks.acquire(second, ['b']);
    const waiting = locks.acquire(first, ['b']);
    await locks.acquire(second, ['a']);
    await waiting;
    expect([first.doomed, second.doomed]).toEqual([false, true]);
    expect([locks.holds(first, 'a'), locks.holds(first, 'b')]).toEqual([true, true]);
  });

  it('find a circle that only a handover closes', async () => {
    const locks = createLocks();
    const [holder, left, right] = [1, 2, 3].map(() => locks.createOwner()) as [
      LockOwner,
      LockOwner,
      LockOwner,
    ];
    await locks.acquire(holder, ['k']);
    await locks.acquire(right, ['m']);
    const waits = [
      locks.acquire(left, ['k']),
      locks.acquire(left, ['m']),
      locks.acquire(right, ['k']),
    ];
    locks.release(holder);
    await Promise.all(waits);
    expect([left.doomed, right.doomed]).toEqual([false, true]);
  });

  it('doom who waits for too long, and only them', async () => {
    vi.useFakeTimers();
    const locks = createLocks(1000);
    const [holder, waiter] = [locks.createOwner(), locks.createOwner()];
    await locks.acquire(holder, ['k']);
    const waiting = locks.acquire(waiter, ['k']);
    vi.advanceTimersByTime(1000);
    await waiting;
    expect([holder.doomed, waiter.doomed]).toEqual([false, true]);
  });

  it('end the waits of an owner that is retired', async () => {
    const locks = createLocks();
    const [holder, waiter] = [locks.createOwner(), locks.createOwner()];
    await locks.acquire(holder, ['k']);
    const waiting = locks.acquire(waiter, ['k']);
    locks.retire(waiter);
    await waiting;
    expect(waiter.doomed).toBe(true);
    locks.release(holder);
    expect(locks.size).toBe(0);
  });

  it('never have two holders, and every owner comes to an end', async () => {
    const plan = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 });
    const plans = fc.array(plan, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(plans, fc.scheduler(), async (allKeys, scheduler) => {
        const locks = createLocks();
        const owners = allKeys.map((keys) => ({ owner: locks.createOwner(), keys }));
        const run = async ({ owner, keys }: (typeof owners)[number]) => {
          for (const key of keys) {
            await locks.acquire(owner, [key]);
            if (owner.doomed) break;
            const holders = owners.filter((other) => locks.holds(other.owner, key));
            expect(holders.map((holder) => holder.owner)).toEqual([owner]);
            await scheduler.schedule(Promise.resolve());
            if (owner.doomed) break;
          }
          locks.retire(owner);
        };
        await scheduler.waitFor(Promise.all(owners.map(run)));
        expect(locks.size).toBe(0);
      }),
    );
  });
});
