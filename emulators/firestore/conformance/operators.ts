import type { WhereFilterOp } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

const ZIPS = {
  a: { zip: Number.NaN },
  b: { zip: 91102 },
  c: { zip: 98101 },
  d: { zip: '98101' },
  e: { zip: [98101] },
  f: { zip: [98101, 98102] },
  g: { zip: ['98101', { zip: 98101 }] },
  h: { zip: { code: 500 } },
  i: { code: 500 },
  j: { zip: null },
};

const ARRAYS = {
  a: { array: [42] },
  b: { array: ['a', 42, 'c'] },
  c: { array: [41.999, '42', { a: [42] }] },
  d: { array: [43] },
  e: { array: [{ a: 42 }] },
  f: { array: 42 },
  g: { array: [null] },
  h: { array: [Number.NaN] },
};

type Case = [operator: WhereFilterOp, operand: unknown, found: string];

/** Which documents each operator finds, above all among missing, null, NaN and other types. */
export function operatorTests(client: () => AdminClient): void {
  async function found(
    documents: Record<string, object>,
    field: string,
    cases: Case[],
  ): Promise<Case[]> {
    const collection = client().collection();
    const batch = client().firestore.batch();
    for (const [id, data] of Object.entries(documents)) batch.set(collection.doc(id), data);
    await batch.commit();
    return Promise.all(
      cases.map(async ([operator, operand]): Promise<Case> => {
        const { docs } = await collection.where(field, operator, operand).get();
        return [operator, operand, docs.map(({ id }) => id).join('')];
      }),
    );
  }

  it('equality finds null, NaN, lists and maps as a whole', async () => {
    const cases: Case[] = [
      ['==', 98101, 'c'],
      ['==', '98101', 'd'],
      ['==', null, 'j'],
      ['==', Number.NaN, 'a'],
      ['==', [98101], 'e'],
      ['==', { code: 500 }, 'h'],
    ];
    expect(await found(ZIPS, 'zip', cases)).toEqual(cases);
  });

  it('inequality finds neither missing nor null, but all other types', async () => {
    const cases: Case[] = [
      ['!=', 98101, 'abdefgh'],
      ['!=', { code: 500 }, 'abcdefg'],
      ['!=', null, 'abcdefgh'],
      ['!=', Number.NaN, 'bcdefgh'],
    ];
    const results = await found(ZIPS, 'zip', cases);
    expect(results.map(([, , ids]) => [...ids].sort().join(''))).toEqual(
      cases.map(([, , ids]) => ids),
    );
  });

  it('in finds each of its values, but never null or NaN', async () => {
    const cases: Case[] = [
      ['in', [98101, 91102, [98101, 98102]], 'bcf'],
      ['in', [{ code: 500 }], 'h'],
      ['in', [null], ''],
      ['in', [98101, null], 'c'],
      ['in', [Number.NaN], ''],
      ['in', [98101, Number.NaN], 'c'],
    ];
    expect(await found(ZIPS, 'zip', cases)).toEqual(cases);
  });

  it('not-in leaves out missing, null and its values', async () => {
    const cases: Case[] = [
      ['not-in', [98101, 91102, [98101, 98102]], 'adegh'],
      ['not-in', [{ code: 500 }], 'abcdefg'],
      ['not-in', [null], ''],
      ['not-in', [Number.NaN], 'bcdefgh'],
      ['not-in', [Number.NaN, 98101], 'bdefgh'],
    ];
    const results = await found(ZIPS, 'zip', cases);
    expect(results.map(([, , ids]) => [...ids].sort().join(''))).toEqual(
      cases.map(([, , ids]) => ids),
    );
  });

  it('ranges stay within one type', async () => {
    const documents = {
      a: { v: 1 },
      b: { v: 2.5 },
      c: { v: '2' },
      d: { v: true },
      e: { v: null },
      f: { v: [2] },
      g: {},
    };
    const cases: Case[] = [
      ['>', 1, 'b'],
      ['>=', 1, 'ab'],
      ['<', 2.5, 'a'],
      ['<=', 2.5, 'ab'],
      ['>=', '', 'c'],
      ['<=', true, 'd'],
      ['>', [1], 'f'],
    ];
    expect(await found(documents, 'v', cases)).toEqual(cases);
  });

  it('integers and doubles compare by value', async () => {
    const documents = { a: { v: 1 }, b: { v: 1.5 }, c: { v: -0 }, d: { v: 0 } };
    const cases: Case[] = [
      ['==', 0, 'cd'],
      ['==', -0, 'cd'],
      ['in', [1.5, 1], 'ab'],
      ['>', 0.999, 'ab'],
    ];
    expect(await found(documents, 'v', cases)).toEqual(cases);
  });

  it('array-contains and array-contains-any look at elements, never at null or NaN', async () => {
    const cases: Case[] = [
      ['array-contains', 42, 'ab'],
      ['array-contains', { a: 42 }, 'e'],
      ['array-contains-any', [42, 43], 'abd'],
      ['array-contains-any', [{ a: 42 }], 'e'],
      ['array-contains-any', [null], ''],
      ['array-contains-any', [43, null], 'd'],
      ['array-contains-any', [Number.NaN], ''],
      ['array-contains-any', [43, Number.NaN], 'd'],
    ];
    expect(await found(ARRAYS, 'array', cases)).toEqual(cases);
  });

  it('fields inside maps can be filtered', async () => {
    const documents = { a: { m: { n: 1 } }, b: { m: { n: 2 } }, c: { m: 1 }, d: { 'm.n': 1 } };
    const cases: Case[] = [
      ['==', 1, 'a'],
      ['>', 0, 'ab'],
    ];
    expect(await found(documents, 'm.n', cases)).toEqual(cases);
  });
}
