import { describe, expect, it } from 'vitest';
import { createWorkerLookup } from '../access/worker-lookup.ts';
import { useArchive } from '../archive/archive.fixture.ts';
import { at, CALL_ID, ended, message, STARTED } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import type { CallEvent } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import { live, stored } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { continuationOf } from './continuation.ts';
import { createIdentify } from './identify.ts';

const setUpArchive = useArchive();

function setUp({ seconds = 5 } = {}) {
  const { database, firestore, archive, settle, mirror } = setUpArchive();
  const { log, lines } = recordingLog();
  const clock = { seconds };
  const outage = { isOn: false };
  const asked: string[] = [];
  const lookUp = createWorkerLookup({
    firestore: async () => {
      if (outage.isOn) throw new AuroraError(503, 'away', 'Firestore is away.');
      return firestore;
    },
    log,
  });
  const identify = createIdentify({
    findWorker: (companyId, e164) => {
      asked.push(`${companyId} ${e164}`);
      return lookUp(companyId, e164);
    },
    database,
    apply: mirror.apply,
    now: () => Date.parse(at(clock.seconds)),
    log,
  });
  /** What the task handler does with a batch. */
  async function task(events: CallEvent[]): Promise<void> {
    await mirror.apply(events);
    await identify(events);
  }
  const employ = (id: string, fields: object) =>
    firestore
      .doc(stored.worker(id))
      .set({ mobile_no: STARTED.mobile_no, company_id: 'demo', ...fields });
  const liveCall = async (callId = CALL_ID) =>
    (await database.read(live.call(callId))).value as Record<string, unknown> | null;
  return { database, archive, settle, mirror, task, employ, liveCall, lines, asked, clock, outage };
}

const words: CallEvent[] = [STARTED, message(1, 'user', 'fire')];

describe('the worker behind a call', () => {
  it('is found by the number, after the words', async () => {
    const { task, employ, liveCall, asked } = setUp();
    await employ('worker_1', { site_id: 'site_1' });
    await task(words);
    expect(await liveCall()).toMatchObject({ worker_id: 'worker_1', worker_since: at(5) });
    expect(await liveCall()).not.toHaveProperty('site_id');
    expect(asked).toEqual([`demo ${STARTED.mobile_no}`]);
  });

  it('is not looked up again once known, and a repeated task changes nothing (I3)', async () => {
    const { task, employ, liveCall, asked, clock } = setUp();
    await employ('worker_1', {});
    await task(words);
    clock.seconds = 9;
    await task(words);
    await task([STARTED, message(1, 'assistant', 'Get out.')]);
    expect(asked).toHaveLength(1);
    expect(await liveCall()).toMatchObject({ worker_id: 'worker_1', worker_since: at(5) });
  });

  it('is never another company’s, though the number is the same (I6)', async () => {
    const { task, employ, liveCall } = setUp();
    await employ('worker_other', { company_id: 'other' });
    await task(words);
    expect((await liveCall())?.worker_id).toBe('unknown');
  });

  it('is the own company’s where another one has the number too (I6)', async () => {
    const { task, employ, liveCall } = setUp();
    await employ('worker_other', { company_id: 'other' });
    await employ('worker_own', {});
    await task(words);
    expect((await liveCall())?.worker_id).toBe('worker_own');
  });

  it('stays unknown where two workers share the number, and the log says so', async () => {
    const { task, employ, liveCall, lines } = setUp();
    await employ('worker_1', {});
    await employ('worker_2', {});
    await task(words);
    expect((await liveCall())?.worker_id).toBe('unknown');
    expect(lines).toEqual([
      { severity: 'error', message: expect.stringContaining('share a number'), fields: undefined },
    ]);
  });

  it('is found by a later turn where the worker is added during the call', async () => {
    const { task, employ, liveCall, asked, clock } = setUp();
    await task(words);
    await employ('worker_1', {});
    clock.seconds = 64;
    await task([STARTED, message(2, 'user', 'still burning')]);
    expect((await liveCall())?.worker_id).toBe('unknown');
    expect(asked).toHaveLength(1);
    clock.seconds = 66;
    await task([STARTED, message(3, 'user', 'still burning')]);
    expect((await liveCall())?.worker_id).toBe('worker_1');
  });

  it.each(['anonymous', 'client:alice', 'sip:gate@plant.example'])(
    'is not looked up for %s',
    async (mobile_no) => {
      const { task, asked } = setUp();
      await task([{ ...STARTED, mobile_no }]);
      expect(asked).toEqual([]);
    },
  );

  it('goes into the archive where the call was archived meanwhile, and nothing comes back (I4)', async () => {
    const { task, employ, mirror, settle, archive, liveCall } = setUp({ seconds: 200 });
    await employ('worker_1', {});
    await mirror.apply([...words, ended(60)]);
    await settle.settle(CALL_ID);
    await task(words);
    expect(await archive.call(CALL_ID)).toMatchObject({
      worker_id: 'worker_1',
      worker_since: at(200),
    });
    expect(await liveCall()).toBeNull();
  });

  it('is found for the call that continues an ended one', async () => {
    const { task, employ, mirror, liveCall } = setUp();
    await mirror.apply([...words, ended(20)]);
    await employ('worker_1', {});
    await task([STARTED, message(2, 'user', 'it burns again', 90)]);
    expect(await liveCall(continuationOf(CALL_ID))).toMatchObject({
      worker_id: 'worker_1',
      continues: CALL_ID,
    });
  });

  it('is found for the call that claimed the CallSid', async () => {
    const { task, employ, mirror, liveCall } = setUp();
    await mirror.apply(words);
    await employ('worker_1', {});
    const call_id = continuationOf(CALL_ID);
    await task([{ ...STARTED, call_id, conversation_id: conversationId(call_id) }]);
    expect((await liveCall())?.worker_id).toBe('worker_1');
    expect(await liveCall(call_id)).toBeNull();
  });

  it('costs no words when Firestore is away, and is found by the next task (I2)', async () => {
    const { task, employ, liveCall, lines, outage } = setUp();
    await employ('worker_1', {});
    outage.isOn = true;
    await task(words);
    expect((await liveCall())?.worker_id).toBe('unknown');
    expect(lines).toMatchObject([{ severity: 'warn' }]);
    outage.isOn = false;
    await task([STARTED, message(2, 'user', 'it spreads')]);
    expect((await liveCall())?.worker_id).toBe('worker_1');
  });

  it('is looked for with the greeting, and not again with a reply', async () => {
    const { task, asked } = setUp();
    await task([STARTED, message(1, 'assistant', 'Get out.')]);
    expect(asked).toEqual([]);
    await task([STARTED, message(0, 'assistant', 'This is Aurora.')]);
    expect(asked).toHaveLength(1);
  });

  it('is left alone where the batch says who it is, or starts no call', async () => {
    const { mirror, task, asked } = setUp();
    await task([{ ...STARTED, worker_id: 'worker_9' }]);
    await mirror.apply(words);
    await task([message(1, 'user', 'fire')]);
    expect(asked).toEqual([]);
  });
});
