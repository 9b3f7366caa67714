import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf } from './differences.ts';

describe('the differences of two versions', () => {
  it('are the fields that changed, appeared and went', () => {
    const before = { id: 'w1', name: 'Ravi', site_id: null, tags: ['a', 'b'], language: 'en-IN' };
    const after = { id: 'w1', name: 'Ravi Rao', site_id: 's1', tags: ['a'], language: null };
    expect(differencesOf(before, after)).toEqual([
      { path: ['name'], before: 'Ravi', after: 'Ravi Rao' },
      { path: ['site_id'], before: undefined, after: 's1' },
      { path: ['tags'], before: 'a, b', after: 'a' },
      { path: ['language'], before: 'en-IN', after: undefined },
    ]);
  });

  it('of what was made, or removed, are all fields that say something', () => {
    const site = { id: 's1', name: 'Mill', address: null, open: false, floors: 0, tags: [] };
    const told = [
      { path: ['id'], before: undefined, after: 's1' },
      { path: ['name'], before: undefined, after: 'Mill' },
      { path: ['open'], before: undefined, after: false },
      { path: ['floors'], before: undefined, after: 0 },
    ];
    expect(differencesOf(null, site)).toEqual(told);
    expect(differencesOf(site, null)).toEqual(
      told.map(({ path, after }) => ({ path, before: after, after: undefined })),
    );
  });

  it('go as deep as the records do', () => {
    const before = { reaching: { steps: [{ who: ['asha'], wait: 60 }] } };
    const after = {
      reaching: {
        steps: [
          { who: ['asha', 'ravi'], wait: 60 },
          { who: ['lena'], wait: 30 },
        ],
      },
    };
    expect(differencesOf(before, after)).toEqual([
      { path: ['reaching', 'steps', '1', 'who'], before: 'asha', after: 'asha, ravi' },
      { path: ['reaching', 'steps', '2', 'who'], before: undefined, after: 'lena' },
      { path: ['reaching', 'steps', '2', 'wait'], before: undefined, after: 30 },
    ]);
  });

  it('say nothing of a field that the newer version does not tell of', () => {
    expect(differencesOf({ owner: { id: 'asha' } }, { reason: 'tired' })).toEqual([
      { path: ['reason'], before: undefined, after: 'tired' },
    ]);
  });

  it('are none where nothing differs, whatever it is, and never throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(differencesOf(one, structuredClone(one))).toEqual([]);
        for (const { before, after } of differencesOf(one, other)) expect(before).not.toBe(after);
      }),
    );
  });
});
