import { describe, expect, it } from 'vitest';
import { CALL_ID, CALL_SID } from '../calls/events.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createWorld, type World, type WorldOptions } from './world.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();

function open(options: Omit<WorldOptions, 'database'> = {}): World {
  return createWorld({ ...options, database: realtimeDatabase.emptyDatabase() });
}

/** A supervisor's phone rings, is answered, 1 is pressed, and all callbacks arrive. */
async function joined(
  world: World,
  adminId: string,
  mode: 'speak' | 'listen' | 'whisper',
): Promise<string> {
  await world.join(adminId, mode);
  const sid = world.phones().at(-1) as string;
  await world.answer(sid);
  await world.press(sid, '1');
  await world.deliverAll();
  return sid;
}

const together = (world: World) =>
  [...world.rooms.values()].map(({ members }) => [...members.keys()].sort());

describe('a supervisor who joins to speak', () => {
  it('is rung, asked to press 1, and then in a room with the caller; the leg holds the call', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'speak');
    expect(together(world)).toEqual([[CALL_SID, leg].sort()]);
    expect(world.call.owner).toMatchObject({ kind: 'supervisor', id: 'admin_a', leg });
    expect(world.steps()).toEqual(['join_requested', 'joined']);
    expect(world.rung).toMatchObject([
      { to: '+15550100020', from: '+15550100002', purpose: 'join', detectMachine: true },
    ]);
  });

  it('hears nothing that the caller has said before they have pressed 1', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    await world.answer(leg);
    expect(world.legs.get(leg)?.said.join()).toMatch(
      /^This is Aurora. A critical call .* Press 1 to speak with the caller.$/,
    );
    expect(world.caller.at.kind).toBe('line');
  });

  it('leaves the caller with Aurora when they hang up, and the timeline says so (I8)', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'speak');
    await world.hangUp(leg);
    expect(world.caller.at.kind).toBe('line');
    await world.deliverAll();
    expect(world.caller.at.kind).toBe('line');
    expect(world.call.owner?.kind).toBe('aurora');
    expect(world.entries().at(-1)).toMatchObject({
      step: 'left',
      reason: 'hung_up',
      whom: 'admin_a',
    });
  });

  it('is hung up when the caller hangs up', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'speak');
    await world.hangUp(CALL_SID);
    await world.deliverAll();
    await world.wait(leg);
    await world.deliverAll();
    expect(world.legs.get(leg)?.status).toBe('completed');
    expect(world.caller.status).toBe('completed');
  });

  it('can leave by the page', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'speak');
    await world.room.legs.leave(CALL_ID, 'admin_a');
    await world.deliverAll();
    expect(world.legs.get(leg)?.status).toBe('completed');
    expect(world.caller.at.kind).toBe('line');
    expect(world.entries().at(-1)).toMatchObject({ step: 'left', reason: 'left_by_page' });
  });

  it('is the only one who speaks: another is refused, and told to listen or whisper', async () => {
    const world = open();
    await joined(world, 'admin_a', 'speak');
    await expect(world.join('admin_b', 'speak')).rejects.toMatchObject({
      status: 409,
      code: 'somebody_speaks',
    });
  });

  it('is told when somebody else has taken the call before they pressed 1', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    await world.answer(leg);
    world.call.owner = { kind: 'supervisor', id: 'admin_b', epoch: 1 };
    await world.press(leg, '1');
    await world.deliverAll();
    expect(world.legs.get(leg)?.said.at(-1)).toBe('This call was handed on. Goodbye.');
    expect(world.entries().at(-1)).toMatchObject({
      step: 'join_failed',
      reason: 'somebody_speaks',
    });
    expect(world.caller.at.kind).toBe('line');
  });
});

describe('a phone that is not joined', () => {
  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no_answer'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
  ] as const)(
    'that is %s is told with its reason; the caller notices nothing',
    async (status, reason) => {
      const world = open();
      await world.join('admin_a', 'speak');
      await world.hangUp(world.phones()[0] as string, status);
      await world.deliverAll();
      expect(world.entries().at(-1)).toMatchObject({
        step: 'join_failed',
        reason,
        whom: 'admin_a',
      });
      expect(world.caller).toMatchObject({ at: { kind: 'line' }, said: [] });
      expect(world.call.owner).toBeUndefined();
    },
  );

  it('is hung up where a machine answers', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    await world.answer(leg, 'machine_start');
    await world.deliverAll();
    expect(world.legs.get(leg)).toMatchObject({ status: 'completed', said: [] });
    expect(world.entries().at(-1)).toMatchObject({ step: 'join_failed', reason: 'machine' });
  });

  it('is hung up where nobody presses 1, as on a voicemail that was taken for a person', async () => {
    const world = open();
    await world.join('admin_a', 'listen');
    const [leg = ''] = world.phones();
    await world.answer(leg, 'unknown');
    await world.press(leg, '');
    expect(world.legs.get(leg)?.status).toBe('in-progress');
    await world.press(leg, '');
    await world.deliverAll();
    expect(world.legs.get(leg)?.status).toBe('completed');
    expect(world.entries().at(-1)).toMatchObject({ step: 'join_failed', reason: 'not_pressed' });
    expect(together(world)).toEqual([]);
  });

  it('stops ringing when the supervisor leaves by the page', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    await world.room.legs.leave(CALL_ID, 'admin_a');
    await world.deliverAll();
    expect(world.legs.get(leg)?.status).toBe('canceled');
    expect(world.entries().at(-1)).toMatchObject({ step: 'join_failed', reason: 'canceled' });
  });

  it('was not rung where the one door refuses it: 409, and the timeline says why', async () => {
    const world = open({ refuse: () => ({ refused: 'capped' }) });
    await expect(world.join('admin_a', 'speak')).rejects.toMatchObject({ code: 'not_rung' });
    expect(world.entries().at(-1)).toMatchObject({ step: 'join_failed', reason: 'capped' });
    await expect(world.join('admin_a', 'speak')).rejects.toMatchObject({ code: 'not_rung' });
  });

  it('that is answered after the call has ended hears so', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    await world.hangUp(CALL_SID);
    await world.deliverAll();
    await world.answer(leg);
    await world.deliverAll();
    expect(world.legs.get(leg)).toMatchObject({ status: 'completed' });
    expect(world.legs.get(leg)?.said).toEqual(['The call is over. Goodbye.']);
  });
});

describe('several supervisors', () => {
  it('can listen while one speaks; the caller stays when a listener leaves', async () => {
    const world = open();
    const speaker = await joined(world, 'admin_a', 'speak');
    const listener = await joined(world, 'admin_b', 'listen');
    expect(together(world)).toEqual([[CALL_SID, speaker, listener].sort()]);
    const [room] = world.rooms.values();
    expect(room?.members.get(listener)).toMatchObject({ muted: true });
    await world.hangUp(listener);
    await world.deliverAll();
    expect(together(world)).toEqual([[CALL_SID, speaker].sort()]);
  });

  it('whisper to the one who speaks', async () => {
    const world = open();
    const speaker = await joined(world, 'admin_a', 'speak');
    const whisperer = await joined(world, 'admin_b', 'whisper');
    const [room] = world.rooms.values();
    expect(room?.members.get(whisperer)).toMatchObject({ muted: false, coaches: speaker });
  });

  it('are not heard by the caller when the one to whom they whispered has left', async () => {
    const world = open();
    const speaker = await joined(world, 'admin_a', 'speak');
    const whisperer = await joined(world, 'admin_b', 'whisper');
    await world.hangUp(speaker);
    await world.deliverAll();
    await world.waitAll();
    expect(together(world)).toEqual([[CALL_SID, whisperer].sort()]);
    const [room] = world.rooms.values();
    expect(room?.members.get(whisperer)).toEqual({ callSid: whisperer, muted: true });
  });

  it('have nobody to whisper to where nobody speaks', async () => {
    const world = open();
    await expect(world.join('admin_b', 'whisper')).rejects.toMatchObject({
      status: 409,
      code: 'nobody_to_whisper_to',
    });
  });

  it('come together again when the one with whom the room ends leaves', async () => {
    const world = open();
    const first = await joined(world, 'admin_b', 'listen');
    const speaker = await joined(world, 'admin_a', 'speak');
    await world.hangUp(first);
    expect(world.caller.at.kind).toBe('line');
    await world.deliverAll();
    expect(together(world)).toEqual([[CALL_SID, speaker].sort()]);
    expect(world.call.owner).toMatchObject({ id: 'admin_a', leg: speaker });
  });

  it('listen on when the one who spoke has left, and Aurora speaks', async () => {
    const world = open();
    const speaker = await joined(world, 'admin_a', 'speak');
    const listener = await joined(world, 'admin_b', 'listen');
    await world.hangUp(speaker);
    await world.deliverAll();
    expect(world.call.owner?.kind).toBe('aurora');
    expect(world.caller.at.kind, 'Aurora takes her words up first').toBe('line');
    await world.waitAll();
    expect(together(world)).toEqual([[CALL_SID, listener].sort()]);
  });
});

describe('a supervisor who listens', () => {
  it('is muted, and the caller stays with Aurora', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'listen');
    expect(together(world)).toEqual([[CALL_SID, leg].sort()]);
    expect(world.call.owner).toBeUndefined();
    expect(world.caller.transcription).toContain('/transcription?');
  });

  it('can speak, and hand the voice back to Aurora', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'listen');
    await world.room.legs.changeMode(CALL_ID, 'admin_a', 'speak');
    expect([...world.rooms.values()][0]?.members.get(leg)).toMatchObject({ muted: false });
    expect(world.call.owner).toMatchObject({ id: 'admin_a', leg });
    await world.room.legs.changeMode(CALL_ID, 'admin_a', 'listen');
    await world.deliverAll();
    await world.waitAll();
    expect(world.call.owner?.kind).toBe('aurora');
    expect(together(world)).toEqual([[CALL_SID, leg].sort()]);
    expect([...world.rooms.values()][0]?.members.get(leg)).toMatchObject({ muted: true });
    expect(world.steps().filter((step) => step === 'mode_changed')).toHaveLength(2);
  });

  it('is refused where Aurora would not hear the caller', async () => {
    const world = open({ transcription: false });
    await expect(world.join('admin_a', 'listen')).rejects.toMatchObject({
      status: 409,
      code: 'not_transcribed',
    });
  });

  it('is refused while another supervisor speaks by messages', async () => {
    const world = open();
    world.call.owner = {
      kind: 'supervisor',
      id: 'admin_b',
      epoch: 1,
      until: '2025-10-04T14:33:00+05:30',
    };
    await expect(world.join('admin_a', 'listen')).rejects.toMatchObject({
      code: 'held_by_messages',
    });
  });

  it('waits, and is told so, while somebody takes the call over by messages', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'listen');
    world.call.owner = {
      kind: 'supervisor',
      id: 'admin_b',
      epoch: 1,
      until: '2025-10-04T14:33:00+05:30',
    };
    await world.holding.sendOn(CALL_ID);
    await world.deliverAll();
    await world.wait(leg);
    expect(world.caller.at.kind).toBe('line');
    expect(world.legs.get(leg)?.said.at(-1)).toMatch(/^Another supervisor speaks by messages now/);
    world.call.owner = { kind: 'aurora', epoch: 2 };
    await world.waitAll();
    expect(together(world)).toEqual([[CALL_SID, leg].sort()]);
  });
});

describe('where speech is not transcribed', () => {
  it('a supervisor can speak, and the timeline says "not_transcribed"', async () => {
    const world = open({ transcription: false });
    const leg = await joined(world, 'admin_a', 'speak');
    expect(together(world)).toEqual([[CALL_SID, leg].sort()]);
    expect(world.caller.transcription).toBeUndefined();
    expect(world.entries()).toContainEqual(
      expect.objectContaining({ step: 'not_transcribed', reason: 'off' }),
    );
  });
});

describe('who sends a caller on to a joined leg', () => {
  it('sends them nowhere where the leg is not in its room yet: they are held on their own line', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    await world.answer(leg);
    await world.press(leg, '1');
    expect(await world.room.toLeg(CALL_ID)).toBe(false);
    await world.deliverAll();
    expect(await world.room.toLeg(CALL_ID)).toBe(true);
    expect(together(world)).toEqual([[CALL_SID, leg].sort()]);
  });

  it('has what supervisors wrote announced into the room, once', async () => {
    const world = open();
    await joined(world, 'admin_a', 'speak');
    const id = 'm000003-abcdef0123-2';
    const timestamp = '2025-10-04T14:32:00+05:30';
    world.waiting.push({ id, role: 'admin', content: 'Leave by gate 3', timestamp, sources: '' });
    expect(await world.room.toLeg(CALL_ID)).toBe(true);
    expect(await world.room.toLeg(CALL_ID)).toBe(true);
    expect(world.announced).toHaveLength(1);
    const [url = ''] = world.announced;
    const answer = await world.post({ url, form: { CallSid: CALL_SID } });
    expect('twiml' in answer && answer.twiml).toContain('Leave by gate 3');
    expect(world.events).toContainEqual(
      expect.objectContaining({ type: 'message_heard', message_id: id }),
    );
  });
});

describe('what nobody told', () => {
  it('is found by the schedule: a leg that is over, and a caller who is alone', async () => {
    const world = open();
    const leg = await joined(world, 'admin_a', 'speak');
    world.vanish(leg);
    expect(world.caller.at.kind).toBe('room');
    expect(await world.room.lookAfter()).toBeGreaterThan(0);
    expect(world.caller.at.kind).toBe('line');
    expect(world.entries().at(-1)).toMatchObject({ step: 'left', reason: 'hung_up' });
    expect(world.call.owner?.kind).toBe('aurora');
  });

  it('is forgotten when the call is over: no phone rings on', async () => {
    const world = open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    world.call.status = 'ENDED';
    await world.room.lookAfter();
    expect(world.legs.get(leg)?.status).toBe('canceled');
    expect(await world.room.read(CALL_ID)).toBeUndefined();
  });
});
