import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_ID, CALL_SID } from '../calls/events.fixture.ts';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { isAlive, speakerOf } from './changes.ts';
import { LEG_STATES, MODES } from './record.ts';
import { createWorld, STAFF, type World } from './world.fixture.ts';

/**
 * People do anything in any order; Twilio's callbacks come late, twice, in another order or not at
 * all. What must hold is seen from the caller's side.
 */
const realtimeDatabase = useRealtimeDatabase();

const RUNS = 50;

const staff = fc.constantFrom(...STAFF);
const mode = fc.constantFrom(...MODES);
const which = fc.nat({ max: 20 });

const told = [
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('join' as const), staff, mode }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      which,
      key: fc.constantFrom('1', '1', '1', ''),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hang up' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), staff, mode }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), staff }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('aurora' as const), staff }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('deliver' as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('repeat' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const) }) },
];

/** Callbacks that never come, and legs that are gone without one. */
const untold = [
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('lose' as const), which }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('vanish' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('look after' as const) }) },
];

type Deed =
  (typeof told | typeof untold)[number]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never;

/** A leg that is in its room, with which most of what can go wrong begins. */
const joined = fc.tuple(staff, mode, fc.boolean()).map(([admin, how, isQuick]): Deed[] => [
  { kind: 'join', staff: admin, mode: how },
  ...[0, 1, 2, 3].flatMap((which): Deed[] => [
    { kind: 'answer', which },
    { kind: 'press', which, key: '1' },
  ]),
  ...(isQuick ? Array.from({ length: 6 }, (): Deed => ({ kind: 'deliver', which: 0 })) : []),
]);

function deedsOf(kinds: readonly { weight: number; arbitrary: fc.Arbitrary<Deed> }[]) {
  const one = fc.oneof(...kinds).map((each) => [each]);
  return fc
    .array(fc.oneof({ weight: 1, arbitrary: joined }, { weight: 6, arbitrary: one }), {
      minLength: 5,
      maxLength: 40,
    })
    .map((parts) => parts.flat());
}

const whatIsTold = deedsOf(told);
const whatever = deedsOf([...told, ...untold]);

async function run(world: World, each: Deed): Promise<void> {
  const phone = 'which' in each ? (world.phones()[each.which % 4] ?? '') : '';
  try {
    switch (each.kind) {
      case 'join':
        await world.join(each.staff, each.mode);
        break;
      case 'answer':
        return await world.answer(phone);
      case 'press':
        return await world.press(phone, each.key);
      case 'hang up':
        return await world.hangUp(phone);
      case 'change':
        await world.room.legs.changeMode(CALL_ID, each.staff, each.mode);
        break;
      case 'leave':
        await world.room.legs.leave(CALL_ID, each.staff);
        break;
      case 'aurora':
        await world.room.legs.auroraSpeaks(CALL_ID, each.staff, true);
        break;
      case 'deliver':
        return await world.deliver(each.which);
      case 'repeat':
        return await world.deliver(each.which, true);
      case 'lose':
        return world.lose(each.which);
      case 'wait':
        return await world.wait(phone);
      case 'vanish':
        return world.vanish(phone);
      case 'time':
        return world.passTime(6_000);
      case 'look after':
        await world.room.lookAfter();
    }
    await world.settle();
  } catch (thrown) {
    // What can't be done now is told so: 409.
    if (!(thrown instanceof AuroraError && thrown.status === 409)) throw thrown;
  }
}

/** All that is still to come has come; where some never does, the minute has passed. */
async function calmDown(world: World, after: 'callbacks' | 'a minute'): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await world.deliverAll();
    world.passTime(6_000);
    await world.wait(CALL_SID);
    for (const sid of world.phones()) await world.wait(sid);
    await world.deliverAll();
    if (after === 'a minute') await world.room.lookAfter();
    await world.settle();
  }
}

async function expectNobodyLost(world: World): Promise<void> {
  const known = await world.room.read(CALL_ID);
  const { caller, call } = world;
  if (caller.at.kind === 'room') {
    const members = [...(world.rooms.get(caller.at.name)?.members.keys() ?? [])];
    expect(members.length, 'the caller is not parked alone').toBeGreaterThan(1);
  } else {
    expect(caller.at.kind).toBe('line');
  }
  const legs = Object.values(known?.legs ?? {});
  expect(legs.filter((leg) => leg.mode === 'speak' && isAlive(leg)).length).toBeLessThan(2);
  for (const leg of legs) {
    const there = leg.sid && world.legs.get(leg.sid)?.status;
    const isOver = there !== 'ringing' && there !== 'in-progress';
    expect(isAlive(leg), `${leg.state} while Twilio says ${there}`).toBe(!isOver);
  }
  // A call that a leg holds is held by one that lives, so it never goes without an owner.
  const speaker = known && speakerOf(known);
  if (call.owner?.leg) {
    expect(speaker && known?.legs[speaker]?.sid).toBe(call.owner.leg);
  }
  const ends = world.entries().filter(({ step }) => step === 'left' || step === 'join_failed');
  expect(ends.length).toBeGreaterThanOrEqual(legs.filter((leg) => !isAlive(leg)).length);
}

describe('whatever people do, and however callbacks come', () => {
  it('the caller is on a line of their own, or in a room with a supervisor (I8)', async () => {
    await fc.assert(
      fc.asyncProperty(whatIsTold, async (all) => {
        const world = createWorld({ database: realtimeDatabase.emptyDatabase() });
        for (const each of all) await run(world, each);
        await calmDown(world, 'callbacks');
        await expectNobodyLost(world);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('so they are within a minute where callbacks are lost', async () => {
    await fc.assert(
      fc.asyncProperty(whatever, async (all) => {
        const world = createWorld({ database: realtimeDatabase.emptyDatabase() });
        for (const each of all) await run(world, each);
        await calmDown(world, 'a minute');
        await expectNobodyLost(world);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('no leg takes a step back', async () => {
    const rank = (state: (typeof LEG_STATES)[number]) => LEG_STATES.indexOf(state);
    await fc.assert(
      fc.asyncProperty(whatever, async (all) => {
        const world = createWorld({ database: realtimeDatabase.emptyDatabase() });
        let before = await world.room.read(CALL_ID);
        for (const each of all) {
          await run(world, each);
          const after = await world.room.read(CALL_ID);
          for (const [id, leg] of Object.entries(before?.legs ?? {})) {
            const now = after?.legs[id];
            expect(now && rank(now.state)).toBeGreaterThanOrEqual(rank(leg.state));
            if (!isAlive(leg)) expect(now).toMatchObject({ state: leg.state, reason: leg.reason });
          }
          before = after;
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('a call that is over leaves no phone ringing or joined', async () => {
    await fc.assert(
      fc.asyncProperty(whatever, async (all) => {
        const world = createWorld({ database: realtimeDatabase.emptyDatabase() });
        for (const each of all) await run(world, each);
        await world.hangUp(CALL_SID);
        await calmDown(world, 'a minute');
        for (const sid of world.phones()) {
          expect(world.legs.get(sid)?.status).not.toMatch(/^(ringing|in-progress)$/);
        }
        expect(await world.room.read(CALL_ID)).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
