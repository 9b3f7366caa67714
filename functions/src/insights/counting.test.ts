import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { anyEvent, at, ended, GROUNDING, judged, noted } from '../calls/events.fixture.ts';
import type { CallEvent } from '../calls/model.ts';
import { stored } from '../paths.ts';
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
} from './insights.fixture.ts';

const emptyFirestore = useFirestore();

const DAY = 'companies/demo/tallies/2025-10-04';

function eventsOf(n: number, fields = {}): CallEvent[] {
  return [
    started(n, fields),
    added(n, words(1, 'fire in hall 3', 2)),
    added(n, reply(1, GROUNDING, { seconds: 3 })),
    of(n, judged('CRITICAL', 1)),
    of(n, ended(90)),
  ];
}

describe('an archived call', () => {
  it('is counted once, in its day and at its site', async () => {
    const counts = countsOver(emptyFirestore());
    await counts.archive.merge(callNumber(1), { events: eventsOf(1, { site_id: 'north' }) });
    expect(await counts.count(callNumber(1))).toBe(true);
    expect(await counts.count(callNumber(1))).toBe(false);
    const call = { calls: 1, critical: 1 };
    const own = {
      calls: 1,
      urgency: { CRITICAL: 1 },
      medium: { Voice: 1 },
      hours: { 14: 1 },
      workers: { unknown: call },
      rungs: { hedge: 1 },
      passages: { 'fire#step-1': 1, 'fire#step-2': 1 },
      spans: { duration: { 900: 1 }, first_answer: { 10: 1 } },
      never: { acknowledgement: 1, takeover: 1 },
    };
    expect(await storedTallies(counts.firestore)).toEqual({
      [DAY]: { ...own, sites: { north: call } },
      'companies/demo/sites/north/tallies/2025-10-04': own,
    });
  });

  it('is counted once by however many at once (I3)', async () => {
    const counts = countsOver(emptyFirestore());
    await counts.archive.merge(callNumber(1), { events: eventsOf(1) });
    await Promise.all(Array.from({ length: 5 }, () => counts.count(callNumber(1))));
    expect((await storedTallies(counts.firestore))[DAY]).toMatchObject({ calls: 1 });
  });

  it('is counted as what late words and notes have made of it', async () => {
    const counts = countsOver(emptyFirestore());
    await counts.archive.merge(callNumber(1), { events: eventsOf(1) });
    await counts.sweep();
    const late = [of(1, noted(200, { final_action: 'drill' })), of(1, ended(60, 'failed'))];
    await counts.archive.merge(callNumber(1), { events: late });
    await counts.sweep();
    const tally = (await storedTallies(counts.firestore))[DAY];
    expect(tally).toMatchObject({ calls: 1, final_actions: { drill: 1 } });
    expect(tally?.spans).toMatchObject({ duration: { 600: 1 } });
  });

  it('counts no more once it is removed, and leaves nothing that names it', async () => {
    const counts = countsOver(emptyFirestore());
    await counts.archive.merge(callNumber(1), { events: eventsOf(1) });
    await counts.count(callNumber(1));
    expect(await counts.remove(callNumber(1))).toBe('removed');
    expect(await storedTallies(counts.firestore)).toEqual({});
    for (const name of [stored.countedCalls, stored.uncountedCalls]) {
      expect((await counts.firestore.collection(name).get()).empty).toBe(true);
    }
  });

  it('that is removed while it is being counted is not counted after that', async () => {
    const counts = countsOver(emptyFirestore());
    const { archive, firestore, remove } = counts;
    await archive.merge(callNumber(1), { events: eventsOf(1) });
    const removing = countsOver(
      new Proxy(firestore, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (name === 'runTransaction') {
            return async (...args: Parameters<typeof firestore.runTransaction>) => {
              await remove(callNumber(1));
              return firestore.runTransaction(...args);
            };
          }
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    );
    expect(await removing.count(callNumber(1))).toBe(false);
    expect(await storedTallies(firestore)).toEqual({});
  });

  it('stays in its day when its company moves to another zone', async () => {
    const zone = { name: 'Asia/Kolkata' };
    const counts = countsOver(emptyFirestore(), zone);
    await counts.archive.merge(callNumber(1), {
      events: [...eventsOf(1, { at: at(36_000) }), of(1, ended(36_090))],
    });
    await counts.sweep();
    zone.name = 'UTC';
    await counts.archive.merge(callNumber(1), {
      events: [of(1, noted(40_000, { final_action: 'drill' }))],
    });
    await counts.archive.merge(callNumber(2), { events: eventsOf(2, { at: at(36_000) }) });
    await counts.sweep();
    expect(await storedTallies(counts.firestore)).toMatchObject({
      'companies/demo/tallies/2025-10-05': { calls: 1, final_actions: { drill: 1 } },
      [DAY]: { calls: 1, hours: { 19: 1 } },
    });
  });

  it('that is malformed is in no count, and holds up no other', async () => {
    const counts = countsOver(emptyFirestore());
    for (const n of [1, 2]) await counts.archive.merge(callNumber(n), { events: eventsOf(n) });
    await counts.firestore.doc(stored.call(callNumber(1))).update({ urgency: 'dire' });
    expect(await counts.sweep()).toBe(2);
    expect((await storedTallies(counts.firestore))[DAY]).toMatchObject({ calls: 1 });
    expect(await counts.sweep()).toBe(0);
  });

  it('whose name of a hazard or worker is none that Firestore takes is counted all the same', async () => {
    const counts = countsOver(emptyFirestore());
    const events = eventsOf(1, { worker_id: '__proto__', site_id: '__x__' });
    await counts.archive.merge(callNumber(1), { events });
    await counts.sweep();
    expect((await storedTallies(counts.firestore))[DAY]).toMatchObject({
      calls: 1,
      workers: { unknown: { calls: 1 } },
    });
  });
});

/** Two calls of each of two companies; what happens to them, and to the counts, in any order. */
const anyCall = fc.integer({ min: 1, max: 4 });
const anyWords = fc.oneof(
  anyEvent,
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('person', 'hedge', 'floor'))
    .map(
      ([turn, rung]): CallEvent => added(1, reply(turn, { ...GROUNDING, rung: rung as 'person' })),
    ),
);
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      n: anyCall,
      events: fc.array(anyWords, { maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('count' as const), n: anyCall }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), n: anyCall }) },
);

describe('the counts', () => {
  it('say what a count of the archive says, whatever was merged, counted and removed side by side', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyStep, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        async (rounds) => {
          const counts = countsOver(emptyFirestore());
          for (const steps of rounds) {
            await Promise.all(
              steps.map(async (step) => {
                if (step.do === 'sweep') return void (await counts.sweep());
                const id = callNumber(step.n);
                if (step.do === 'remove') return void (await counts.remove(id));
                if (step.do === 'count') return counts.countSoon(id);
                const { n } = step;
                const site_id = n % 2 ? 'north' : undefined;
                const company_id = n > 2 ? 'other' : 'demo';
                const begin = started(n, { company_id, ...(site_id && { site_id }) });
                const events = [begin, ...step.events.map((event) => of(n, event))];
                return void (await counts.archive.merge(id, { events }));
              }),
            );
          }
          await counts.sweep();
          expect(await storedTallies(counts.firestore)).toEqual(await countedAnew(counts));
        },
      ),
      { numRuns: 30 },
    );
  }, 120_000);
});
