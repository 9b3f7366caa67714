import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSettle } from '../../archive/settle.ts';
import { at, CALL_ID, CALL_SID, ended, message } from '../../calls/events.fixture.ts';
import { conversationId } from '../../calls/ids.ts';
import type { CallEvent } from '../../calls/model.ts';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { createMirror } from '../../mirror/apply.ts';
import { live } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import {
  CALL_PATH,
  CALLED,
  callNumber,
  type DeskOptions,
  GOODBYE,
  importCalls,
  TEXTED,
  useCalls,
  ZONE,
} from './calls.fixture.ts';
import { createTurns } from './interleaving.fixture.ts';

const options: DeskOptions = {};
const open = useCalls(options);

const END = `${CALL_PATH}/end`;
const NOTE = { final_action: 'resolved', admin_notes: 'All are out' };

type Office = Awaited<ReturnType<typeof open>>;

async function openWith(twilio: DeskOptions['twilio']): Promise<Office> {
  options.twilio = twilio;
  const office = await open();
  options.twilio = undefined;
  await office.mirror.apply([CALLED, message(1, 'user', 'fire')]);
  return office;
}

/** As the trigger and the sweep do when a call has ended. */
async function settleWhatIsOver({ database, settle }: Office, callId = CALL_ID): Promise<void> {
  const { value } = await database.read(`${live.call(callId)}/status`);
  if (value === 'ENDED') await settle.settle(callId);
}

describe('the end of a text conversation', () => {
  it('comes at once, with the note', async () => {
    const office = await open();
    await office.mirror.apply([TEXTED, message(1, 'user', 'fire')]);
    const answer = await office.steel.supervisor.post(END, NOTE);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ...NOTE,
      status: 'ENDED',
      end_reason: 'ended_by_supervisor',
    });
    await settleWhatIsOver(office);
    expect(await office.archive.call(CALL_ID)).toMatchObject({
      ...NOTE,
      end_reason: 'ended_by_supervisor',
    });
    const { body } = await office.steel.viewer.get(CALL_PATH);
    expect(body).toMatchObject({ ...NOTE, state: 'archived' });
  });

  it('needs no note', async () => {
    const office = await open();
    await office.mirror.apply([TEXTED]);
    const answer = await office.steel.supervisor.post(END, {});
    expect(answer.body).toMatchObject({ status: 'ENDED', final_action: null });
  });
});

describe('the end of a telephone call', () => {
  it('is asked of Twilio, and comes when Twilio tells (202)', async () => {
    const told: string[][] = [];
    const office = await openWith({ redirect: async (...asked) => told.push(asked) > 0 });
    const answer = await office.steel.supervisor.post(END, NOTE);
    expect(answer.status).toBe(202);
    expect(told).toEqual([[CALL_SID, GOODBYE]]);
    expect(answer.body).toMatchObject({ ...NOTE, status: 'ACTIVE', ended_at: null });
    await office.archiveCall([CALLED, ended(60)]);
    expect(await office.archive.call(CALL_ID)).toMatchObject({ ...NOTE, ended_at: at(60) });
  });

  it("is Twilio's where the call was over already", async () => {
    const endedAt = new Date(at(40));
    const office = await openWith({
      redirect: async () => false,
      state: async () => ({ status: 'completed', endedAt }),
    });
    const answer = await office.steel.supervisor.post(END, NOTE);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...NOTE, status: 'ENDED', ended_at: at(40) });
  });

  it('is not there while Twilio is away: 503, and the note is kept', async () => {
    const office = await openWith({
      redirect: async () => {
        throw new AuroraError(401, 'twilio_refused', 'Twilio answered 401.');
      },
    });
    expectError(await office.steel.supervisor.post(END, NOTE), 503, 'twilio_away');
    const { body } = await office.steel.viewer.get(CALL_PATH);
    expect(body).toMatchObject({ ...NOTE, status: 'ACTIVE' });
  });

  it.each([undefined, { status: 'ringing' }])(
    'is not there on a word of Twilio that is no end: %j',
    async (state) => {
      const office = await openWith({ redirect: async () => false, state: async () => state });
      expectError(await office.steel.supervisor.post(END, NOTE), 409, 'not_in_progress');
      const { body } = await office.steel.viewer.get(CALL_PATH);
      expect(body).toMatchObject({ ...NOTE, status: 'ACTIVE' });
    },
  );

  it('is written where Twilio can have no part in it', async () => {
    const office = await open();
    await office.mirror.apply([{ ...CALLED, call_sid: undefined }]);
    const answer = await office.steel.supervisor.post(END, NOTE);
    expect(answer.body).toMatchObject({ status: 'ENDED', end_reason: 'ended_by_supervisor' });
  });
});

describe('ending what is over already', () => {
  it.each(['ended', 'archived', 'imported'])('keeps the note: %s', async (place) => {
    const office = await open();
    if (place === 'ended') await office.mirror.apply([CALLED, ended(60)]);
    if (place === 'archived') await office.archiveCall([CALLED, ended(60)]);
    if (place === 'imported') await importCalls(office, { [CALL_ID]: {} });
    const answer = await office.steel.supervisor.post(END, NOTE);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...NOTE, ended_at: at(60), end_reason: 'completed' });
    await settleWhatIsOver(office);
    expect(await office.archive.call(CALL_ID)).toMatchObject({ ...NOTE, ended_at: at(60) });
    expect(await office.liveCall()).toBeNull();
  });

  it('without a note is no deed', async () => {
    const office = await open();
    await office.archiveCall([CALLED, ended(60)]);
    expect((await office.steel.supervisor.post(END, {})).status).toBe(200);
    expect(await office.audited()).toEqual([]);
  });
});

describe('ending a call while it is being archived', () => {
  type Name = 'end' | 'settle';

  /**
   * Calls that end by themselves and are archived, while a supervisor ends them: each run with a call
   * of its own in the same office, in the given order of steps.
   */
  async function openToInterleave() {
    let turns = createTurns<Name>();
    options.database = (database) => turnsOf('end', () => turns, database);
    options.twilio = {
      redirect: async () => false,
      state: async () => ({ status: 'completed', endedAt: new Date(at(60)) }),
    };
    const office = await open();
    options.database = undefined;
    options.twilio = undefined;
    const { archive, now, database } = office;
    const watched = turnsOf('settle', () => turns, database);
    const settle = createSettle({ database: watched, archive, now, timeZone: ZONE });
    const mirror = createMirror({ database: watched, archive: settle, now });
    let runs = 0;

    return async function interleave(medium: 'Text' | 'Voice', order: readonly Name[]) {
      turns = createTurns();
      const call_id = callNumber(++runs);
      const conversation_id = conversationId(call_id);
      const call_sid = medium === 'Voice' ? CALL_SID.slice(0, -6) + call_id.slice(-6) : undefined;
      const started = { ...CALLED, call_id, conversation_id, call_sid, medium };
      const end = { ...ended(60), call_id, call_sid } as CallEvent;
      await office.mirror.apply([started, { ...message(1, 'user', 'fire'), call_id }]);
      let status = 0;
      await turns.run(order, {
        settle: async () => {
          await mirror.apply([end]);
          await settle.settle(call_id);
        },
        end: async () => {
          status = (await office.steel.supervisor.post(`/api/call/${call_id}/end`, NOTE)).status;
        },
      });
      await settleWhatIsOver(office, call_id);
      expect(status).toBe(200);
      // Nothing lost (I2), and the end stays where it was first (I5).
      expect(await archive.call(call_id)).toMatchObject({
        ...NOTE,
        status: 'COMPLETE',
        ended_at: at(60),
        end_reason: 'completed',
      });
      expect((await archive.conversation(conversation_id))?.total_messages).toBe(1);
      // Nothing comes back (I4).
      expect((await database.read(live.call(call_id))).value).toBeNull();
      expect((await database.read(live.conversation(conversation_id))).value).toBeNull();
    };
  }

  /** The turns of the run that is under way. */
  function turnsOf(
    name: Name,
    turns: () => ReturnType<typeof createTurns<Name>>,
    database: LiveDatabase,
  ): LiveDatabase {
    const now = () => turns().databaseOf(name, database);
    return {
      read: (path) => now().read(path),
      keys: (path) => now().keys(path),
      create: (path, value) => now().create(path, value),
      compareAndSet: (path, etag, value) => now().compareAndSet(path, etag, value),
    };
  }

  /** More than either of the two takes when nobody disturbs it. */
  const STEPS = 12;
  const repeated = (name: Name, times: number) => Array.from({ length: times }, () => name);

  it.each(['Text', 'Voice'] as const)(
    'loses neither the note nor the end, whoever is held up and wherever (I2, I4, I5): %s',
    async (medium) => {
      const interleave = await openToInterleave();
      for (let steps = 0; steps <= STEPS; steps++) {
        await interleave(medium, [...repeated('settle', steps), ...repeated('end', 100)]);
        await interleave(medium, [...repeated('end', steps), ...repeated('settle', 100)]);
      }
    },
    60_000,
  );

  it('loses nothing in any order of their steps (I2, I4, I5)', async () => {
    const interleave = await openToInterleave();
    const order = fc.array(fc.constantFrom<Name>('end', 'settle'), {
      minLength: 2 * STEPS,
      maxLength: 2 * STEPS,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('Text' as const, 'Voice' as const), order, interleave),
      { numRuns: 20 },
    );
  }, 60_000);
});

describe('a note that is malformed', () => {
  it.each([{ final_action: 'nothing' }, { final_action: 7 }, { notes: 'x' }, [], 'end', null])(
    'ends nothing (I7): %j',
    async (body) => {
      const office = await open();
      await office.mirror.apply([TEXTED]);
      const before = await office.liveCall();
      const answer = await office.steel.supervisor.post(END, JSON.stringify(body));
      expectError(answer, 400, 'invalid_request');
      expect(await office.liveCall()).toEqual(before);
      const unknown = `/api/call/${callNumber(7)}/end`;
      expectError(await office.steel.supervisor.post(unknown, NOTE), 404, 'not_found');
    },
  );
});
