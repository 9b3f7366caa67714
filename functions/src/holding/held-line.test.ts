import { describe, expect, it } from 'vitest';
import { at, CALL_ID, message } from '../calls/events.fixture.ts';
import { createHeldLine } from './held-line.fixture.ts';

const KEY = 'key-of-a-message';

async function onTheLine() {
  const line = createHeldLine({ step: async () => {}, redirectWins: () => true });
  await line.ring();
  await line.hear('the boiler hums');
  await line.tasksDone();
  return line;
}

const rolesAndWords = (line: Awaited<ReturnType<typeof onTheLine>>) =>
  Object.values(line.messages()).map(({ role, content }) => `${role}: ${content}`);

describe('a caller whose call is taken over', () => {
  it('hears at once that a supervisor has it, and Aurora is quiet while they talk on', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    expect(line.current()?.said).toMatch(/^A supervisor has taken over/);
    await line.hear('there is a fire now');
    expect(line.current()?.said).toBe('');
    await line.tasksDone();
    expect(rolesAndWords(line).at(-1)).toBe('user: there is a fire now');
    expect(line.call()).toMatchObject({
      urgency: 'CRITICAL',
      owner: { kind: 'supervisor', id: 'admin_a', epoch: 1 },
    });
  });

  it('is held by their next turn where Twilio could not redirect the call', async () => {
    const line = await onTheLine();
    line.twilioIsAway(true);
    await line.takeOver(CALL_ID, 'admin_a');
    expect(line.current()?.said).toContain('Aurora answers');
    await line.hear('the boiler whistles');
    expect(line.current()?.said).toMatch(/^A supervisor has taken over/);
    await line.tasksDone();
    expect(rolesAndWords(line).at(-1)).toBe('user: the boiler whistles');
  });

  it('hears a message at once, once, and under the name of the supervisor (I8)', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    const sent = await line.supervisorsMessages.send(CALL_ID, 'admin_a', 'Close the valve.', KEY);
    expect(sent).toMatchObject({ delivery: 'speaking', message: { role: 'admin' } });
    expect(line.current()?.said).toBe('Your supervisor says: Close the valve.');
    const again = await line.supervisorsMessages.send(CALL_ID, 'admin_a', 'Close the valve.', KEY);
    expect(again).toEqual(sent);
    expect(line.call().heard_messages).toBeUndefined();
    await line.hear('it is closed');
    await line.tasksDone();
    expect(line.call().heard_messages).toHaveProperty([sent.message.id]);
    expect(line.played.filter(({ said }) => said.includes('valve'))).toHaveLength(1);
    const last = await line.supervisorsMessages.send(CALL_ID, 'admin_a', 'Close the valve.', KEY);
    expect(last.delivery).toBe('heard');
  });

  it('hears what could not be spoken by their next turn', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    line.twilioIsAway(true);
    const sent = await line.supervisorsMessages.send(CALL_ID, 'admin_a', 'Close the valve.', KEY);
    expect(sent.delivery).toBe('queued');
    await line.hear();
    expect(line.current()?.said).toBe('Your supervisor says: Close the valve.');
    await line.hear();
    await line.tasksDone();
    expect(line.call().heard_messages).toHaveProperty([sent.message.id]);
  });

  it('is answered by Aurora again when the call is handed back, from where she stood', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    await line.hear();
    await line.release(CALL_ID, 'admin_a', 'The valve is closed');
    await line.hear();
    expect(line.current()?.said).toBe('This is Aurora again. Aurora answers the boiler hums.');
    await line.hear('what now');
    expect(line.current()?.said).toBe('Aurora answers what now.');
    await line.tasksDone();
    expect(line.call().owner).toEqual({ kind: 'aurora', epoch: 2 });
    expect(
      Object.values(line.call().timeline ?? {})
        .map(({ step }) => step)
        .sort(),
    ).toEqual(['released', 'taken_over']);
  });

  it('is answered by Aurora when the lease lapses, after the next person is paged', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    await line.hear();
    line.passTime(46_000);
    await line.hear();
    expect(line.paged).toEqual([CALL_ID]);
    expect(line.current()?.said).toMatch(/^This is Aurora again/);
    await line.tasksDone();
    expect(line.call().owner).toEqual({ kind: 'aurora', epoch: 2 });
  });

  it('is sent back to Aurora by the schedule where they say nothing, and Twilio asks nothing', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    line.passTime(46_000);
    expect(await line.lookAfter()).toBe(1);
    expect(line.paged).toEqual([CALL_ID]);
    await line.hear();
    expect(line.current()?.said).toMatch(/^This is Aurora again/);
  });

  it('stays held for as long as the lease is renewed, and from one supervisor to another', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    line.passTime(40_000);
    await line.renew(CALL_ID, 'admin_a', 1);
    line.passTime(40_000);
    await line.hear('hello');
    expect(line.current()?.said).toBe('');
    await line.transfer(CALL_ID, 'admin_a', 'admin_b');
    await expect(line.renew(CALL_ID, 'admin_a', 1)).rejects.toMatchObject({ code: 'not_yours' });
    await line.hear('hello again');
    expect(line.current()?.said).toBe('');
    await line.tasksDone();
    expect(line.call().owner).toMatchObject({ id: 'admin_b', epoch: 2 });
  });

  it('hears a message between, where Aurora keeps the call, and then Aurora again', async () => {
    const line = await onTheLine();
    await line.supervisorsMessages.send(CALL_ID, 'admin_a', 'I am reading this.', KEY);
    expect(line.current()?.said).toBe('Your supervisor says: I am reading this.');
    await line.hear();
    expect(line.current()?.said).toBe('This is Aurora again. Aurora answers the boiler hums.');
    expect(line.call().owner).toBeUndefined();
  });

  it('hears that the line is open now and then, and nothing else, where nobody says anything', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    for (let turn = 0; turn < 8; turn++) await line.hear();
    const said = line.played.slice(-8).map((document) => document.said);
    expect(said.filter((words) => words !== '')).toEqual([
      'This line is open. Speak at any time.',
      'This line is open. Speak at any time.',
    ]);
  });
});

describe('a supervisor', () => {
  it('is told who has the call already, and may be given it by nobody else', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    const refused = {
      status: 409,
      code: 'taken',
      details: { holder: { admin_id: 'admin_a', epoch: 1 } },
    };
    await expect(line.takeOver(CALL_ID, 'admin_b')).rejects.toMatchObject(refused);
    await expect(line.release(CALL_ID, 'admin_b', 'x')).rejects.toMatchObject(refused);
    await expect(line.transfer(CALL_ID, 'admin_b', 'admin_b')).rejects.toMatchObject(refused);
    await expect(line.supervisorsMessages.send(CALL_ID, 'admin_b', 'x', KEY)).rejects.toMatchObject(
      refused,
    );
    await expect(line.takeOver(CALL_ID, 'admin_b', { from: 'admin_c' })).rejects.toMatchObject(
      refused,
    );
    await line.takeOver(CALL_ID, 'admin_b', { from: 'admin_a' });
    expect(line.call().owner).toMatchObject({ id: 'admin_b', epoch: 2 });
  });

  it('keeps a call that they take over again, with a new lease', async () => {
    const line = await onTheLine();
    const first = await line.takeOver(CALL_ID, 'admin_a');
    line.passTime(10_000);
    const again = await line.takeOver(CALL_ID, 'admin_a');
    expect(again.epoch).toBe(first.epoch);
    expect(Date.parse(again.until ?? '') - Date.parse(first.until ?? '')).toBe(10_000);
    expect(line.played.filter(({ said }) => said.includes('taken over'))).toHaveLength(1);
  });

  it('has the call without a clock while their leg is joined, and Aurora has it when it is gone', async () => {
    const line = await onTheLine();
    const leg = `CA${'f'.repeat(32)}`;
    await line.takeOver(CALL_ID, 'admin_a');
    expect(await line.legJoined(CALL_ID, 'admin_a', leg)).toEqual({
      kind: 'supervisor',
      id: 'admin_a',
      epoch: 1,
      leg,
    });
    line.passTime(600_000);
    expect(await line.lapse(CALL_ID)).toBe(false);
    await expect(line.legJoined(CALL_ID, 'admin_b', leg)).rejects.toMatchObject({ code: 'taken' });
    expect(await line.legLeft(CALL_ID, `CA${'0'.repeat(32)}`, 'completed')).toBe(false);
    expect(await line.legLeft(CALL_ID, leg, 'completed')).toBe(true);
    expect(line.paged).toEqual([CALL_ID]);
    expect(line.call().owner).toEqual({ kind: 'aurora', epoch: 2 });
    expect(await line.legLeft(CALL_ID, leg, 'completed')).toBe(false);
  });

  it('is told that a call is over, and Twilio’s word ends it', async () => {
    const line = await onTheLine();
    line.hangUp();
    const sent = line.supervisorsMessages.send(CALL_ID, 'admin_a', 'Are you there?', KEY);
    await expect(sent).rejects.toMatchObject({ status: 409, code: 'call_over' });
    expect(line.call()).toMatchObject({
      status: 'ENDED',
      end_reason: 'missed_callback_completed',
    });
    await expect(line.takeOver(CALL_ID, 'admin_a')).rejects.toMatchObject({ code: 'call_over' });
  });
});

describe('what goes wrong in between', () => {
  it('a reply that Twilio plays in place of the hold is cut off when it is mirrored', async () => {
    const pause = pauseAt('answer');
    const late = pauseAt('task');
    const step = async (what: string) => {
      await Promise.all([pause.step(what), late.step(what)]);
    };
    const line = createHeldLine({ step, redirectWins: () => false });
    await line.ring();
    await line.hear('it is loud here');
    await line.tasksDone();
    pause.arm();
    late.arm(2);
    const turn = line.hear('the boiler hums');
    await pause.reached;
    await line.takeOver(CALL_ID, 'admin_a');
    expect(line.current()?.said).toMatch(/^A supervisor has taken over/);
    pause.resume();
    await turn;
    expect(line.current()?.said).toBe('Aurora answers the boiler hums.');
    late.resume();
    await line.tasksDone();
    expect(line.current()?.link.heldUntil).toBeDefined();
    expect(line.current()?.by).toBe('redirect');
  });

  it('a reply that was long spoken when its task comes late cuts off nothing more', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    await line.hear('it is hot');
    await line.tasksDone();
    const redirects = () => line.played.filter(({ by }) => by === 'redirect').length;
    const before = redirects();
    const late = { epoch: 0, turn: 2, link: 'ep=0' };
    await line.sendOnAfterStaleReply([
      message(1, 'assistant', 'Aurora answers the boiler hums.'),
      { type: 'line_moved', call_id: CALL_ID, at: at(0), line: late },
    ]);
    expect(redirects()).toBe(before);
  });

  it('a caller whom Twilio did not send on is sent on when the lease is renewed', async () => {
    const line = await onTheLine();
    line.twilioIsAway(true);
    await line.takeOver(CALL_ID, 'admin_a');
    line.twilioIsAway(false);
    line.passTime(15_000);
    await line.renew(CALL_ID, 'admin_a', 1);
    expect(line.current()?.said).toMatch(/^A supervisor has taken over/);
    await line.renew(CALL_ID, 'admin_a', 1);
    expect(line.played.filter(({ by }) => by === 'redirect')).toHaveLength(1);
  });

  it('the schedule sends on whom Twilio did not, and speaks what was not spoken', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    line.twilioIsAway(true);
    await line.release(CALL_ID, 'admin_a', 'settled');
    await line.supervisorsMessages.send(CALL_ID, 'admin_a', 'Close the valve.', KEY);
    expect(line.current()?.link.heldUntil).toBeDefined();
    line.twilioIsAway(false);
    expect(await line.lookAfter()).toBe(0);
    line.passTime(21_000);
    expect(await line.lookAfter()).toBe(1);
    expect(line.current()?.said).toBe('Your supervisor says: Close the valve.');
    expect(await line.lookAfter()).toBe(0);
  });

  it('people who could not be paged when a lease lapsed are paged by the schedule', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    line.passTime(46_000);
    line.pagerIsAway(true);
    await line.lookAfter();
    expect(line.paged).toEqual([]);
    line.pagerIsAway(false);
    line.passTime(21_000);
    await line.lookAfter();
    expect(line.paged).toEqual([CALL_ID]);
    line.passTime(600_000);
    expect(await line.lookAfter()).toBe(0);
  });

  it('the caller is heard although the database is away, and Aurora speaks when the known lease ends (I8)', async () => {
    const line = await onTheLine();
    await line.takeOver(CALL_ID, 'admin_a');
    await line.hear('hello');
    await line.tasksDone();
    line.databaseIsAway(true);
    await line.hear('is anybody there');
    expect(line.current()?.said).toBe('');
    line.passTime(46_000);
    await line.hear('please answer');
    expect(line.current()?.said).toMatch(/^This is Aurora again\. Aurora answers please answer/);
    line.databaseIsAway(false);
    await line.tasksDone();
    const users = Object.values(line.messages()).filter(({ role }) => role === 'user');
    expect(users).toHaveLength(4);
  });
});

/** Stops the next ones who come to a step, once it is armed, until they are resumed. */
function pauseAt(what: string) {
  let armed = 0;
  const waiting: (() => void)[] = [];
  let isReached = () => {};
  const reached = new Promise<void>((resolve) => {
    isReached = resolve;
  });
  return {
    reached,
    arm(times = 1): void {
      armed = times;
    },
    resume(): void {
      for (const go of waiting.splice(0)) go();
    },
    async step(at: string): Promise<void> {
      if (armed === 0 || at !== what) return;
      armed -= 1;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        isReached();
      });
    },
  };
}
