import { describe, expect, it } from 'vitest';
import type { Assistant } from '../../assistant/assistant.ts';
import { GROUNDING } from '../../calls/events.fixture.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';
import { openTextKey } from './open-texts.ts';
import { MINUTE, NUMBER, OTHERS_NUMBER, report, START, useTexts, ZONE } from './text.fixture.ts';

const setUp = useTexts();

let replies = 0;

/** Each reply is another one, on whatever instance and however often the same is asked. */
function inventive(): Assistant {
  return {
    reply: async () => ({ reply: `Reply ${++replies}.`, urgency: 'NORMAL', sources: '' }),
    card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
  };
}

function away(): Promise<never> {
  return Promise.reject(new AuroraError(503, 'database_away', 'Away.'));
}

describe('a text turn', () => {
  it('begins a call with the worker, is answered, and both are recorded', async () => {
    const { instance, liveCall, messages } = await setUp();
    const answer = await instance().take(report());
    expect(answer).toMatchObject({
      call_id: expect.stringMatching(/^call_15550100001_20251004_143000_[0-9a-f]{6}$/),
      conversation_id: answer.call_id.replace('call_', 'conv_'),
      response: expect.stringContaining('108'),
      urgency: 'CRITICAL',
      sources: expect.stringMatching(/./),
    });
    expect(await liveCall(answer.call_id)).toMatchObject({
      worker_id: 'worker_1',
      mobile_no: NUMBER,
      company_id: 'demo',
      medium: 'Text',
      status: 'ACTIVE',
      urgency: 'CRITICAL',
    });
    expect((await messages(answer.call_id)).map(({ role, content }) => [role, content])).toEqual([
      ['user', 'there is a fire in the paint shop'],
      ['assistant', answer.response],
    ]);
  });

  it('tells the number of the worker’s own site, and the call has the site', async () => {
    const { instance, liveCall } = await setUp();
    const answer = await instance().take(report({ phoneNumber: '+1 555 010 0002' }));
    expect(answer.response).toContain('+15550100911');
    expect(await liveCall(answer.call_id)).toMatchObject({ site_id: 'hall' });
  });

  it('goes on in the open conversation, with its card, on another instance too', async () => {
    const { instance, clock, messages, calls } = await setUp();
    const first = await instance().take(report());
    clock.now += 20_000;
    const second = await instance().take(report({ idempotencyKey: 'key-2', speech: 'okay' }));
    clock.now += 20_000;
    const third = await instance().take(report({ idempotencyKey: 'key-3', speech: 'okay' }));
    expect(new Set([first, second, third].map(({ call_id }) => call_id)).size).toBe(1);
    expect(await calls()).toEqual([first.call_id]);
    expect(second.sources).toBe(first.sources);
    expect([second.response, third.response]).not.toContain(first.response);
    expect(third.response).not.toBe(second.response);
    expect([second.urgency, third.urgency]).toEqual(['CRITICAL', 'CRITICAL']);
    expect((await messages(first.call_id)).map(({ id }) => id.slice(0, 7))).toEqual([
      'm000001',
      'm000001',
      'm000002',
      'm000002',
      'm000003',
      'm000003',
    ]);
  });

  it('is recorded and judged, and not answered, while a supervisor has the conversation', async () => {
    const { instance, mirror, clock, liveCall, messages } = await setUp();
    const { take } = instance();
    const { call_id } = await take(report({ speech: 'hello' }));
    const at = isoInZone(clock.now, ZONE);
    const until = isoInZone(clock.now + MINUTE, ZONE);
    const owner = { kind: 'supervisor' as const, id: 'admin_1', epoch: 1, until };
    await mirror.apply([{ type: 'owner_changed', call_id, at, owner }]);
    const held = await take(report({ idempotencyKey: 'key-2' }));
    expect(held).toMatchObject({ call_id, response: '', urgency: 'CRITICAL' });
    expect(await instance().take(report({ idempotencyKey: 'key-2' }))).toEqual(held);
    expect(await liveCall(call_id)).toMatchObject({ urgency: 'CRITICAL' });
    expect((await messages(call_id)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
    ]);
  });

  it('never joins a voice call', async () => {
    const { instance, database, mirror, calls } = await setUp();
    const call_id = 'call_15550100001_20251004_142900_abcdef';
    await mirror.apply([
      {
        type: 'call_started',
        call_id,
        conversation_id: call_id.replace('call_', 'conv_'),
        at: isoInZone(START - MINUTE, ZONE),
        worker_id: 'worker_1',
        mobile_no: NUMBER,
        medium: 'Voice',
        company_id: 'demo',
      },
    ]);
    await database.create(live.openText('demo', openTextKey('api', NUMBER)), {
      call_id,
      n: 1,
      at: isoInZone(START, ZONE),
    });
    const answer = await instance().take(report());
    expect(answer.call_id).not.toBe(call_id);
    expect(await calls()).toHaveLength(2);
  });

  it('begins a new call where the last one has ended, or was archived', async () => {
    const { instance, mirror, settle, clock } = await setUp();
    const { take } = instance();
    const ids: string[] = [];
    for (const archive of [false, true, false]) {
      const { call_id } = await take(report({ idempotencyKey: `key-${ids.length}` }));
      ids.push(call_id);
      clock.now += MINUTE;
      const at = isoInZone(clock.now, ZONE);
      await mirror.apply([{ type: 'call_ended', call_id, at, end_reason: 'by_supervisor' }]);
      if (archive) await settle.settle(call_id);
      clock.now += MINUTE;
    }
    expect(new Set(ids).size).toBe(3);
  });

  it('goes on in the call that continues one that was ended while words came', async () => {
    const { instance, mirror, clock, calls, liveCall } = await setUp();
    const { take } = instance();
    const first = await take(report());
    clock.now += 2 * MINUTE;
    const late = instance({
      wrap: (database) => ({
        ...database,
        create: async (path, value) => {
          // The call is ended after the turn got its place in it.
          if (path.startsWith(live.textTurns)) {
            const at = isoInZone(START, ZONE);
            const { call_id } = first;
            await mirror.apply([{ type: 'call_ended', call_id, at, end_reason: 'quiet' }]);
          }
          return database.create(path, value);
        },
      }),
    });
    await late.take(report({ idempotencyKey: 'key-2', speech: 'it is still burning' }));
    const third = await take(report({ idempotencyKey: 'key-3', speech: 'what now' }));
    expect(third.call_id).not.toBe(first.call_id);
    expect(await liveCall(third.call_id)).toMatchObject({ continues: first.call_id });
    expect(await calls()).toHaveLength(2);
  });

  it('joins a call that was begun and is not live yet', async () => {
    const { instance, tasks, mirror, calls, messages, clock } = await setUp();
    const { take } = instance({ tasksWait: true });
    const first = await take(report());
    clock.now += MINUTE;
    const second = await take(report({ idempotencyKey: 'key-2' }));
    expect(second.call_id).toBe(first.call_id);
    for (const events of tasks.reverse()) await mirror.apply(events);
    expect(await calls()).toEqual([first.call_id]);
    expect(await messages(first.call_id)).toHaveLength(4);
  });
});

describe('a repeated Idempotency-Key', () => {
  it('gets the first answer and records nothing, on any instance (I3)', async () => {
    const { instance, messages, calls, clock } = await setUp();
    const [one, other] = [
      instance({ assistant: inventive() }),
      instance({ assistant: inventive() }),
    ];
    const first = await one.take(report());
    clock.now += MINUTE;
    await one.take(report({ idempotencyKey: 'key-2' }));
    expect(await one.take(report())).toEqual(first);
    expect(await other.take(report())).toEqual(first);
    expect(await instance().take(report())).toEqual(first);
    expect(await messages(first.call_id)).toHaveLength(4);
    expect(await calls()).toHaveLength(1);
  });

  it('keeps what the first answer rests on, and no fact of the caller beside it (I3)', async () => {
    const { instance, messages, liveCall, database } = await setUp();
    const at = isoInZone(START, ZONE);
    const told = { value: '+15550100009', confidence: 0.9, turn: 1, at, by: 'words' as const };
    const assistant: Assistant = {
      ...inventive(),
      reply: async () => ({
        reply: `Reply ${++replies}.`,
        urgency: 'URGENT',
        sources: 'Fire',
        question: 'where',
        grounding: GROUNDING,
        facts: { callback: told },
      }),
    };
    const one = await instance({ assistant }).take(report());
    const two = await instance({ assistant }).take(report());
    expect(two).toEqual(one);
    expect((await messages(one.call_id)).at(-1)?.grounding).toEqual(GROUNDING);
    expect((await liveCall(one.call_id))?.facts).toEqual({ callback: told });
    const { value } = await database.read(live.textTurns);
    expect(JSON.stringify(value)).toContain(GROUNDING.pack);
    expect(JSON.stringify(value)).not.toContain(told.value);
  });

  it('is asked with the question that the last answer ended with', async () => {
    const { instance } = await setUp();
    const asked: (string | undefined)[] = [];
    const assistant: Assistant = {
      ...inventive(),
      reply: async (_conversation, _utterance, { question }) => {
        asked.push(question);
        return { reply: 'Where?', urgency: 'NORMAL', sources: '', question: 'where' };
      },
    };
    await instance({ assistant }).take(report());
    await instance({ assistant }).take(report({ idempotencyKey: 'key-2', speech: 'hall 3' }));
    expect(asked).toEqual([undefined, 'where']);
  });

  it('is one turn however many come at once, with one answer (I3)', async () => {
    const { instance, messages, calls } = await setUp();
    const [one, other] = [
      instance({ assistant: inventive() }),
      instance({ assistant: inventive() }),
    ];
    const answers = await Promise.all(
      [one, other, one, other, one].map(({ take }) => take(report())),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [{ call_id, response }] = answers as [(typeof answers)[0]];
    expect(await calls()).toEqual([call_id]);
    expect((await messages(call_id)).map(({ content }) => content).slice(1)).toEqual([response]);
  });

  it('gets the first answer after the call was archived, and brings nothing back (I4)', async () => {
    const { instance, mirror, settle, calls, archive, clock } = await setUp();
    const first = await instance().take(report());
    const { call_id } = first;
    const at = isoInZone(clock.now, ZONE);
    await mirror.apply([{ type: 'call_ended', call_id, at, end_reason: 'quiet' }]);
    await settle.settle(call_id);
    clock.now += 60 * MINUTE;
    expect(await instance().take(report())).toEqual(first);
    expect(await calls()).toEqual([]);
    expect((await archive.conversation(first.conversation_id))?.total_messages).toBe(2);
  });

  it('is refused with another speech or number', async () => {
    const { instance, calls } = await setUp();
    const { take } = instance();
    await take(report());
    const reused = { status: 409, code: 'idempotency_key_reused' };
    await expect(take(report({ speech: 'a flood' }))).rejects.toMatchObject(reused);
    await expect(take(report({ phoneNumber: '+15550100002' }))).rejects.toMatchObject(reused);
    await expect(instance().take(report({ speech: 'a flood' }))).rejects.toMatchObject(reused);
    expect(await calls()).toHaveLength(1);
  });

  it('is another turn in another company', async () => {
    const { instance, liveCall } = await setUp();
    const { take } = instance();
    const own = await take(report());
    const others = await take(report({ companyId: 'other', phoneNumber: OTHERS_NUMBER }));
    expect(await liveCall(own.call_id)).toMatchObject({ company_id: 'demo' });
    expect(await liveCall(others.call_id)).toMatchObject({
      company_id: 'other',
      worker_id: 'worker_3',
    });
  });

  it.each([
    ['the claim', (path: string) => path.endsWith('/reply')],
    ['the marks', (path: string) => path.endsWith('/recorded')],
  ])('finishes what broke off when the database went away at %s', async (_, isCut) => {
    const { instance, messages } = await setUp();
    const cut = instance({ assistant: inventive(), wrap: failing(isCut) });
    const first = await cut.take(report());
    const again = await instance().take(report());
    expect(again.call_id).toBe(first.call_id);
    expect(await messages(first.call_id)).toHaveLength(2);
  });
});

describe('a text turn that can’t be', () => {
  it.each([
    ['a stranger’s number', '+15550100099'],
    ['another company’s worker (I6)', OTHERS_NUMBER],
    ['a withheld number', 'anonymous'],
    ['no number at all', '../../workers'],
  ])('is refused for %s and changes nothing', async (_, phoneNumber) => {
    const { instance, database, calls } = await setUp();
    const asked = instance().take(report({ phoneNumber }));
    await expect(asked).rejects.toMatchObject({ status: 404, code: 'unknown_worker' });
    expect(await calls()).toEqual([]);
    expect(await database.keys(live.openTexts)).toEqual([]);
    expect(await database.keys(live.textTurns)).toEqual([]);
  });

  it('is refused where two workers share the number', async () => {
    const { instance, firestore } = await setUp();
    await firestore.doc('workers/twin').set({ mobile_no: NUMBER, company_id: 'demo' });
    await expect(instance().take(report())).rejects.toMatchObject({ code: 'unknown_worker' });
  });

  it.each([
    ['read', { read: away }],
    ['written', { create: away, compareAndSet: away }],
  ])('answers 503 where the database can’t be %s, and nothing is recorded', async (_, broken) => {
    const { instance, calls } = await setUp();
    const { take } = instance({ wrap: (database) => ({ ...database, ...broken }) });
    await expect(take(report())).rejects.toMatchObject({ status: 503 });
    expect(await calls()).toEqual([]);
    await instance().take(report());
    expect(await calls()).toHaveLength(1);
  });

  it('is not begun where its entry in the audit log can’t be written', async () => {
    const { instance, calls, database } = await setUp();
    await expect(instance().take(report({ onBegin: away }))).rejects.toMatchObject({ status: 503 });
    expect(await calls()).toEqual([]);
    expect(await database.keys(live.textTurns)).toEqual([]);
  });
});

function failing(isCut: (path: string) => boolean) {
  return (database: LiveDatabase): LiveDatabase => ({
    ...database,
    create: (path, value) => (isCut(path) ? away() : database.create(path, value)),
  });
}
