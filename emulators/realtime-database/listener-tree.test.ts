import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paths } from './engine/arbitraries.ts';
import { contains } from './engine/path.ts';
import { createListenerTree } from './listener-tree.ts';

test('a write reaches the listeners at, above and below it that were not taken out', () => {
  const listeners = fc.array(fc.record({ path: paths, stays: fc.boolean() }));
  fc.assert(
    fc.property(listeners, paths, (all, written) => {
      const tree = createListenerTree<object>();
      const removals = all.map((listener) => tree.add(listener.path, listener));
      for (const [index, listener] of all.entries()) if (!listener.stays) removals[index]?.();
      const expected = all.filter(
        ({ path, stays }) => stays && (contains(path, written) || contains(written, path)),
      );
      const touched = [...tree.touchedBy(written)];
      expect(new Set(touched)).toEqual(new Set(expected));
      expect(touched).toHaveLength(expected.length);
    }),
  );
});
