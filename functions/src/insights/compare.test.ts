import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { at, ended, GROUNDING, judged, noted } from '../calls/events.fixture.ts';
import { stored } from '../paths.ts';
import { createCompare } from './compare.ts';
import {
  added,
  callNumber,
  countedAnew,
  countsOver,
  of,
  reply,
  started,
  storedTallies,
  words,
  ZONE,
} from './insights.fixture.ts';

const emptyFirestore = useFirestore();
const DAY = 'companies/demo/tallies/2025-10-04';
const RIGHT = { miscounted: 0, gone: 0, mistaken: 0 };

/** Calls of two days and a site, archived and, unless told, counted. */
async function setUp({ isCounted = true, calls = 5 } = {}) {
  const counts = countsOver(emptyFirestore());
  for (let n = 1; n <= calls; n++) {
    const begin = started(n, { at: at(n % 2 ? 0 : 86_400), ...(n > 2 && { site_id: 'north' }) });
    const answered = [added(n, words(1, 'fire')), added(n, reply(1, GROUNDING))];
    const events = [begin, ...answered, of(n, judged('CRITICAL', 1)), of(n, ended(86_500))];
    await counts.archive.merge(callNumber(n), { events });
  }
  if (isCounted) await counts.sweep();
  const compare = createCompare({ ...counts, counting: counts, timeZoneOf: async () => ZONE });
  const lines: string[] = [];
  const tell = (line: string) => void lines.push(line);
  const run = (mend: boolean, days = {}) => compare({ companyId: 'demo', mend, tell, ...days });
  return { ...counts, run, lines };
}

describe('counts and archive', () => {
  it('that are the same have nothing to be put right', async () => {
    const { run, firestore } = await setUp();
    const before = await storedTallies(firestore);
    expect(await run(false)).toEqual({ ...RIGHT, calls: 5, days: 2 });
    expect(await run(true)).toEqual({ ...RIGHT, calls: 5, days: 2 });
    expect(await storedTallies(firestore)).toEqual(before);
  });

  it('of an archive that was never counted are made, and only when they are to be', async () => {
    const all = await setUp({ isCounted: false });
    const marks = await all.firestore.collection(stored.uncountedCalls).get();
    await Promise.all(marks.docs.map(({ ref }) => ref.delete()));
    expect(await all.run(false)).toMatchObject({ miscounted: 5 });
    expect(await storedTallies(all.firestore)).toEqual({});
    expect(await all.run(true)).toMatchObject({ miscounted: 5 });
    expect(await storedTallies(all.firestore)).toEqual(await countedAnew(all));
    expect(await all.run(false)).toMatchObject(RIGHT);
  });

  it('are put right where a call was changed, or removed, by hand', async () => {
    const all = await setUp();
    await all.firestore.doc(stored.call(callNumber(1))).update({ urgency: 'NORMAL' });
    await all.firestore.doc(stored.call(callNumber(2))).delete();
    expect(await all.run(true)).toMatchObject({ miscounted: 1, gone: 1 });
    expect(await storedTallies(all.firestore)).toEqual(await countedAnew(all));
  });

  it('are put right where the counts were changed, doubled or removed by hand', async () => {
    const all = await setUp();
    await all.firestore.doc(DAY).update({ 'counts.calls': 17, 'counts.workers.ghost.calls': 3 });
    await all.firestore.doc('companies/demo/sites/north/tallies/2025-10-05').delete();
    expect(await all.run(false)).toMatchObject({ miscounted: 0, mistaken: 2 });
    expect(all.lines).toContain('2025-10-04: all sites: calls -14, workers');
    expect(await all.run(true)).toMatchObject({ mistaken: 2 });
    expect(await storedTallies(all.firestore)).toEqual(await countedAnew(all));
  });

  it('are put right for some days alone where they are named', async () => {
    const all = await setUp();
    for (const day of ['2025-10-04', '2025-10-05']) {
      await all.firestore.doc(`companies/demo/tallies/${day}`).update({ 'counts.calls': 17 });
    }
    const found = await all.run(true, { from: '2025-10-05', to: '2025-10-05' });
    expect(found).toEqual({ ...RIGHT, calls: 2, days: 1, mistaken: 1 });
    expect((await storedTallies(all.firestore))[DAY]).toMatchObject({ calls: 17 });
  });

  it('come out the same by several at once, while calls are archived, noted and removed', async () => {
    const all = await setUp({ calls: 8 });
    await all.firestore.doc(DAY).update({ 'counts.calls': 17 });
    await all.firestore.doc(stored.countedCall(callNumber(3))).delete();
    const during = [5, 6, 7, 8].map(async (n) => {
      await all.archive.merge(callNumber(n), {
        events: [of(n, noted(100_000, { final_action: 'drill' }))],
      });
      await all.count(callNumber(n));
    });
    const removed = all.remove(callNumber(1));
    await Promise.all([all.run(true), all.run(true), removed, ...during]);
    await all.sweep();
    await all.run(true);
    expect(await storedTallies(all.firestore)).toEqual(await countedAnew(all));
  });
});
