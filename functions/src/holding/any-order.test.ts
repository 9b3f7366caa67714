import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_ID } from '../calls/events.fixture.ts';
import type { Owner } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { AuroraError } from '../errors.ts';
import { createHeldLine, type HeldLine } from './held-line.fixture.ts';

/**
 * A caller who talks, two supervisors, Twilio, Cloud Tasks and the databases, each of whose steps
 * may come before or after any step of the others.
 */
const RUNS = 200;

const admin = fc.constantFrom('admin_a', 'admin_b');
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('take over' as const), admin }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), admin }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('transfer' as const), admin }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renew' as const), admin }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('message' as const), admin }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('schedule' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twilio' as const), away: fc.boolean() }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

const script = fc.record({
  /** What the caller says at the end of each document; empty: nothing. */
  words: fc.array(fc.constantFrom('', 'the boiler hums', 'fire'), { minLength: 1, maxLength: 4 }),
  /** What each of several people does, one deed after the other. */
  people: fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  coins: fc.infiniteStream(fc.boolean()),
});

interface Result {
  line: HeldLine;
  /** Messages that their senders were told are taken. */
  accepted: Map<string, string>;
  said: string[];
}

async function run(
  scheduler: fc.Scheduler,
  { words, people, coins }: typeof script extends fc.Arbitrary<infer T> ? T : never,
): Promise<Result> {
  let isScheduled = true;
  const line = createHeldLine({
    step: async (what) => void (isScheduled && (await scheduler.schedule(Promise.resolve(), what))),
    redirectWins: () => coins.next().value ?? true,
  });
  const accepted = new Map<string, string>();
  const said: string[] = [];
  let messages = 0;

  async function act(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'take over':
        return void (await line.takeOver(CALL_ID, deed.admin));
      case 'release':
        return void (await line.release(CALL_ID, deed.admin, 'settled'));
      case 'transfer':
        return void (await line.transfer(CALL_ID, deed.admin, other(deed.admin)));
      case 'renew':
        return void (await line.renew(CALL_ID, deed.admin, line.call().owner?.epoch ?? 0));
      case 'message': {
        const content = `Message ${messages++}.`;
        const { message } = await line.supervisorsMessages.send(
          CALL_ID,
          deed.admin,
          content,
          `key-of-${content}`,
        );
        accepted.set(message.id, content);
        return;
      }
      case 'time':
        return line.passTime(46_000);
      case 'schedule':
        return void (await line.lookAfter());
      case 'twilio':
        return line.twilioIsAway(deed.away);
    }
  }

  async function actAll(deeds: readonly Deed[]): Promise<void> {
    for (const each of deeds) {
      await scheduler.schedule(Promise.resolve(), each.kind);
      await act(each).catch(refusedOnly);
    }
  }

  async function talk(): Promise<void> {
    for (const [index, text] of words.entries()) {
      const distinct = text === '' ? '' : `${text} ${index}`;
      if (distinct !== '') said.push(distinct);
      await line.hear(distinct);
    }
  }

  await scheduler.waitFor(line.ring());
  await scheduler.waitFor(line.tasksDone());
  await scheduler.waitFor(Promise.all([talk(), ...people.map(actAll)]));
  isScheduled = false;
  line.twilioIsAway(false);
  await scheduler.waitIdle();
  await line.tasksDone();
  return { line, accepted, said };
}

/** What supervisors may be told: that somebody else has it, or that they have not. */
function refusedOnly(thrown: unknown): void {
  if (thrown instanceof AuroraError && thrown.status === 409) return;
  throw thrown;
}

function other(adminId: string): string {
  return adminId === 'admin_a' ? 'admin_b' : 'admin_a';
}

/** The caller says nothing for a while, and the schedule comes by. */
async function comeToRest(line: HeldLine): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await line.hear();
    await line.tasksDone();
  }
  line.passTime(25_000);
  await line.lookAfter();
  for (let turn = 0; turn < 8; turn++) {
    await line.hear();
    await line.tasksDone();
  }
}

describe('a call that people take over, in any order', () => {
  it('has one owner of each epoch, is heard where its owner says, and loses no word (I2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), script, async (scheduler, steps) => {
        const result = await run(scheduler, steps);
        oneOwnerOfEachEpoch(result);
        await comeToRest(result.line);
        theCallerIsWhereTheOwnerSays(result);
        noWordIsLost(result);
        somebodyIsPagedForEachLapse(result);
        await result.line.hear('last words');
        await result.line.tasksDone();
        oneSpeakerOnEachTurn(result);
      }),
      { numRuns: RUNS },
    );
  });
});

/** No epoch comes twice, and none goes back. */
function oneOwnerOfEachEpoch({ line }: Result): void {
  const byEpoch = Map.groupBy(line.owners, ({ epoch }) => epoch);
  for (const owners of byEpoch.values()) expect(new Set(owners.map(whose)).size).toBe(1);
  const epochs = line.owners.map(({ epoch }) => epoch);
  expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
}

function theCallerIsWhereTheOwnerSays({ line }: Result): void {
  const isHold = line.current()?.link.heldUntil !== undefined;
  expect(isHold).toBe(isHeld(line.call(), line.now()));
  expect(line.current()?.link.epoch).toBe(line.call().owner?.epoch ?? 0);
}

/** Neither of a supervisor, who is told to the caller by name of their office, nor of the caller. */
function noWordIsLost({ line, accepted, said }: Result): void {
  const messages = line.messages();
  for (const [id, content] of accepted) {
    expect(messages[id]).toMatchObject({ role: 'admin', content });
    expect(line.call().heard_messages).toHaveProperty([id]);
    const told = line.played.filter((document) => document.said.includes(content));
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((document) => document.said.includes('Your supervisor says:'))).toBe(true);
  }
  const heard = Object.values(messages).filter(({ role }) => role === 'user');
  expect(heard.map(({ content }) => content).sort()).toEqual([...said].sort());
}

function somebodyIsPagedForEachLapse({ line }: Result): void {
  const lapses = Object.values(line.call().timeline ?? {}).filter(
    ({ step }) => step === 'lease_lapsed',
  );
  expect(line.paged.length).toBeGreaterThanOrEqual(lapses.length);
}

/** A turn that was answered by the hold has no reply of Aurora's that counts as spoken. */
function oneSpeakerOnEachTurn({ line }: Result): void {
  const messages = line.messages();
  for (const { answers, link } of line.played) {
    if (answers === undefined || link.heldUntil === undefined) continue;
    const reply = messages[line.replyTo(answers)];
    expect(reply === undefined || reply.spoken === false).toBe(true);
  }
}

function whose({ kind, id }: Owner): string {
  return `${kind} ${id}`;
}
