import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, isSame, merge } from './merge.ts';

/** Few values, so that both sides often choose the same one. */
const value = fc.oneof(
  fc.constantFrom<unknown>('', 'A', 'B', null, 1),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  fc.record({ who: fc.constantFrom('a', 'b'), steps: fc.array(fc.nat(1), { maxLength: 2 }) }),
);
const record = fc.record({ name: value, mobile_no: value, rota: value });
const versions = fc.tuple(record, record, record);

describe('merging two changed versions', () => {
  it('takes theirs where I changed nothing', () => {
    fc.assert(
      fc.property(record, record, (base, theirs) => {
        expect(merge(base, theirs, base)).toEqual({ merged: theirs, conflicts: [] });
      }),
    );
  });

  it('keeps mine where they changed nothing', () => {
    fc.assert(
      fc.property(record, record, (base, mine) => {
        expect(merge(base, base, mine)).toEqual({ merged: mine, conflicts: [] });
      }),
    );
  });

  it('finds no conflict where both changed the same', () => {
    fc.assert(
      fc.property(record, record, (base, both) => {
        expect(merge(base, both, structuredClone(both))).toEqual({ merged: both, conflicts: [] });
      }),
    );
  });

  it('has each field of the one who changed it, and a conflict where both did otherwise', () => {
    fc.assert(
      fc.property(versions, ([base, theirs, mine]) => {
        const { merged, conflicts } = merge(base, theirs, mine);
        for (const field of ['name', 'mobile_no', 'rota'] as const) {
          const byThem = !isSame(base[field], theirs[field]);
          const byMe = !isSame(base[field], mine[field]);
          const isConflict = byThem && byMe && !isSame(theirs[field], mine[field]);
          expect(merged[field]).toEqual(byThem && !byMe ? theirs[field] : mine[field]);
          expect(conflicts.some((each) => each.field === field)).toBe(isConflict);
        }
      }),
    );
  });

  it('comes to the same whoever saves last, but for what is in conflict', () => {
    fc.assert(
      fc.property(versions, ([base, one, other]) => {
        const there = merge(base, one, other);
        const back = merge(base, other, one);
        const fields = there.conflicts.map(({ field }) => field);
        expect(back.conflicts.map(({ field }) => field)).toEqual(fields);
        for (const field of ['name', 'mobile_no', 'rota'] as const) {
          if (!fields.includes(field)) expect(there.merged[field]).toEqual(back.merged[field]);
        }
      }),
    );
  });

  it('changes none of what it is given', () => {
    fc.assert(
      fc.property(versions, (given) => {
        const kept = structuredClone(given);
        merge(...given);
        expect(given).toEqual(kept);
      }),
    );
  });

  it('loses nothing once every conflict is decided for them: what is left are my own changes', () => {
    fc.assert(
      fc.property(versions, ([base, theirs, mine]) => {
        const { merged, conflicts } = merge(base, theirs, mine);
        for (const { field } of conflicts) merged[field] = theirs[field];
        const sent = changesOf(theirs, merged);
        for (const field of Object.keys(sent) as (keyof typeof sent)[]) {
          expect(isSame(base[field], theirs[field])).toBe(true);
          expect(sent[field]).toEqual(mine[field]);
        }
      }),
    );
  });
});

describe('the changes of an edited version', () => {
  it('lead from the known one to it', () => {
    fc.assert(
      fc.property(record, record, (known, edited) => {
        expect({ ...known, ...changesOf(known, edited) }).toEqual(edited);
        expect(changesOf(known, structuredClone(known))).toEqual({});
      }),
    );
  });
});

describe('being the same', () => {
  it('does not depend on the order of keys, and on that of a list', () => {
    expect(isSame({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
    expect(isSame(['a', 'b'], ['b', 'a'])).toBe(false);
  });

  it('tells nothing, null and an empty text apart', () => {
    expect(isSame(undefined, null)).toBe(false);
    expect(isSame(null, '')).toBe(false);
    expect(isSame({ a: undefined }, {})).toBe(true);
  });
});
