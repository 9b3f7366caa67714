import { describe, expect, it } from 'vitest';
import { incidentId } from '../calls/ids.ts';
import { optOutKey } from '../calls/opt-outs.ts';
import { isoInZone } from '../calls/times.ts';
import { live } from '../paths.ts';
import { CALLER, DIALLED, PUBLIC_BASE_URL, START, useLostCallers } from './lost-callers.fixture.ts';

const setUp = useLostCallers();
const SECOND = 1_000;

describe('a call that breaks off before it was resolved', () => {
  it('is followed by a text and a call back, from the number that was dialled', async () => {
    const { call, breaksOff, twilio, steps, store, woken } = setUp();
    const lost = await call();
    await breaksOff(lost);
    expect(twilio.sent).toMatchObject([{ to: CALLER, from: DIALLED }]);
    expect(twilio.sent[0]?.body).toContain('call 101');
    expect(twilio.placed).toMatchObject([
      { to: CALLER, from: DIALLED, detectMachine: true, timeout: 24 },
    ]);
    const url = new URL(twilio.placed[0]?.url ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(`${PUBLIC_BASE_URL}/call-back`);
    expect(url.searchParams.get('lost')).toBe(lost.id);
    expect(twilio.placed[0]?.statusCallback).toContain('/call-back-status?');
    expect(await steps(lost.id)).toEqual(
      expect.arrayContaining([
        { step: 'caller_lost', reason: 'urgent' },
        { step: 'text_sent', channel: 'sms' },
        { step: 'called_back', channel: 'voice', round: 1 },
      ]),
    );
    expect(await store.read(lost.id)).toMatchObject({ state: 'open', tries: 1 });
    expect(woken).toHaveLength(1);
  });

  it('is followed once, however often triggers are repeated and on whatever instances (I3)', async () => {
    const { call, breaksOff, lostCallers, twilio, steps } = setUp();
    const lost = await call();
    await breaksOff(lost);
    await Promise.all([
      lostCallers.notice(lost.id),
      lostCallers.runDue(lost.id),
      lostCallers.runAll(),
      lostCallers.runDue(lost.id),
    ]);
    expect([twilio.sent.length, twilio.placed.length]).toEqual([1, 1]);
    expect(await steps(lost.id)).toHaveLength(3);
  });

  it('is texted in its own language', async () => {
    const { call, breaksOff, twilio } = setUp();
    await breaksOff(await call(['आग लग गई है'], { link: { language: 'hi-IN' } }));
    expect(twilio.sent[0]?.body).toMatch(/[\u0900-\u097f].*101/);
  });

  it('is rung again after 30 and 120 s, then a human is asked', async () => {
    const { call, breaksOff, lostCallers, twilio, clock, asked, steps, store } = setUp();
    const lost = await call();
    await breaksOff(lost);
    for (const [round, wait] of [
      [1, 30],
      [2, 120],
    ] as const) {
      clock.ms += 20 * SECOND;
      await lostCallers.tryFailed(lost.id, round, 'no-answer');
      await lostCallers.tryFailed(lost.id, round, 'no-answer');
      clock.ms += wait * SECOND - 1;
      await lostCallers.runAll();
      expect(twilio.placed).toHaveLength(round);
      clock.ms += 1;
      await lostCallers.runAll();
      expect(twilio.placed).toHaveLength(round + 1);
    }
    expect(asked).toEqual([]);
    await lostCallers.tryFailed(lost.id, 3, 'busy');
    expect(asked).toEqual([{ callId: lost.id, reason: 'caller_unreachable' }]);
    expect(await steps(lost.id)).toEqual(
      expect.arrayContaining([
        { step: 'called_back', channel: 'voice', round: 1, reason: 'no-answer' },
        { step: 'called_back', channel: 'voice', round: 3, reason: 'busy' },
        { step: 'caller_unreachable', reason: 'unanswered' },
      ]),
    );
    expect(await store.read(lost.id)).toMatchObject({ outcome: 'unreachable' });
    clock.ms += 3_600 * SECOND;
    await lostCallers.runAll();
    expect([twilio.sent.length, twilio.placed.length, asked.length]).toEqual([1, 3, 1]);
  });

  it('has a human asked again where nobody could be', async () => {
    const { call, breaksOff, lostCallers, clock, humans, asked } = setUp({
      reaching: { call_back: false },
    });
    humans.away = true;
    const lost = await call();
    await expect(breaksOff(lost)).rejects.toMatchObject({ code: 'database_away' });
    humans.away = false;
    clock.ms += 60 * SECOND;
    await lostCallers.runAll();
    expect(asked).toEqual([{ callId: lost.id, reason: 'policy' }]);
  });

  it('goes on although Twilio refuses a try, or gives no answer', async () => {
    const { call, breaksOff, lostCallers, twilio, clock, store } = setUp();
    twilio.refuses(500);
    const lost = await call();
    await breaksOff(lost);
    expect(await store.read(lost.id)).toMatchObject({ tries: 1, due_at: START + 30 * SECOND });
    clock.ms += 30 * SECOND;
    twilio.isAway();
    await lostCallers.runAll();
    expect(await store.read(lost.id)).toMatchObject({ tries: 2, due_at: clock.ms + 90 * SECOND });
    clock.ms += 90 * SECOND;
    twilio.isBack();
    await lostCallers.runAll();
    expect(twilio.placed).toHaveLength(1);
  });
});

describe('nobody rings or texts', () => {
  it.each([
    ['a threat', ['a man with a knife is in the office'], {}, 'threat'],
    ['a card of a threat', ['please help'], { link: { hazard: 'threat' } }, 'threat'],
    ['somebody who hides', ['there is a fire', 'I am hiding in the store room'], {}, 'hiding'],
  ])('after %s: a human is asked instead', async (_name, words, options, reason) => {
    const { call, breaksOff, twilio, asked, steps } = setUp();
    const lost = await call(words, options);
    await breaksOff(lost);
    expect([twilio.sent, twilio.placed]).toEqual([[], []]);
    expect(asked).toEqual([{ callId: lost.id, reason }]);
    expect(await steps(lost.id)).toEqual(expect.arrayContaining([{ step: 'human_asked', reason }]));
  });

  it.each([
    ['a call that was resolved', ['there is a fire', 'Pressed 2: safe']],
    ['a false alarm', ['there is a fire', 'it was a false alarm']],
  ])('after %s, and nobody is asked', async (_name, words) => {
    const { call, breaksOff, twilio, asked, database } = setUp();
    await breaksOff(await call(words));
    expect([twilio.sent, twilio.placed, asked]).toEqual([[], [], []]);
    expect((await database.read(live.lostCallers)).value).toBeNull();
  });

  it('while the call is live', async () => {
    const { call, lostCallers, twilio } = setUp();
    const { id } = await call();
    await lostCallers.notice(id);
    await lostCallers.runDue(id);
    expect([twilio.sent, twilio.placed]).toEqual([[], []]);
  });
});

describe('a company that wants nobody called back', () => {
  it('has its caller texted, and a human asked', async () => {
    const { call, breaksOff, twilio, asked } = setUp({ reaching: { call_back: false } });
    const lost = await call();
    await breaksOff(lost);
    expect([twilio.sent.length, twilio.placed.length]).toEqual([1, 0]);
    expect(asked).toEqual([{ callId: lost.id, reason: 'policy' }]);
  });
});

describe('a caller who may not be reached', () => {
  it('is on the timeline as capped, and a human is asked', async () => {
    const { call, breaksOff, twilio, asked, steps } = setUp({ caps: { callsPerCaller: 0 } });
    const lost = await call();
    await breaksOff(lost);
    expect(twilio.placed).toEqual([]);
    expect(await steps(lost.id)).toEqual(
      expect.arrayContaining([
        { step: 'capped', reason: 'call', channel: 'voice', round: 1 },
        { step: 'caller_unreachable', reason: 'capped' },
      ]),
    );
    expect(asked).toEqual([{ callId: lost.id, reason: 'caller_unreachable' }]);
  });

  it.each(['anonymous', '+447400123456'])('for %s a human is asked at once', async (from) => {
    const { call, breaksOff, twilio, asked } = setUp();
    const lost = await call(['fire'], { from });
    await breaksOff(lost);
    expect([twilio.sent, twilio.placed]).toEqual([[], []]);
    expect(asked).toEqual([{ callId: lost.id, reason: 'caller_unreachable' }]);
  });

  it('who wrote STOP is not texted, and is rung', async () => {
    const { call, breaksOff, twilio, database, steps } = setUp();
    await database.create(live.optOut(optOutKey('steel', CALLER)), {
      at: '2025-10-04T14:00:00+05:30',
    });
    const lost = await call();
    await breaksOff(lost);
    expect([twilio.sent.length, twilio.placed.length]).toEqual([0, 1]);
    expect(await steps(lost.id)).toEqual(
      expect.arrayContaining([{ step: 'text_failed', reason: 'opted_out', channel: 'sms' }]),
    );
  });
});

describe('a caller who comes back by themselves', () => {
  it('is rung no more, and both calls are of one incident and say so', async () => {
    const { call, breaksOff, lostCallers, twilio, clock, hungUp, steps, archive, database } =
      setUp();
    const lost = await call();
    await breaksOff(lost);
    clock.ms += 5 * SECOND;
    const back = await call();
    await lostCallers.follow(back.beginning);
    expect(hungUp).toEqual(['CA00000000000000000000000000000001']);
    await lostCallers.tryFailed(lost.id, 1, 'canceled');
    clock.ms += 600 * SECOND;
    await lostCallers.runAll();
    expect(twilio.placed).toHaveLength(1);
    expect(await steps(lost.id)).toContainEqual({ step: 'caller_regained', other: back.id });
    expect(await steps(back.id)).toContainEqual({ step: 'caller_regained', other: lost.id });
    const { value } = await database.read(`${live.call(back.id)}/incident_id`);
    expect((await archive.call(lost.id))?.incident_id).toBe(value);
    expect(value).not.toBeNull();
  });

  it('is of the incident of the lost call also where that was over before it was joined', async () => {
    const { call, breaksOff, lostCallers, incidents, clock, archive, database, store } = setUp();
    const other = await call(['fire'], { from: '+15550100009' });
    const incident = await incidents.incidentOf(other.id);
    clock.ms += 5 * 60 * SECOND;
    const lost = await call();
    await breaksOff(lost);
    expect(await store.read(lost.id)).toMatchObject({ incident_id: incident });
    clock.ms += 20 * 60 * SECOND;
    const back = await call();
    await lostCallers.follow(back.beginning);
    const { value } = await database.read(`${live.call(back.id)}/incident_id`);
    expect([value, (await archive.call(lost.id))?.incident_id]).toEqual([incident, incident]);
  });

  it('is of one incident with the lost call whatever call joins either of them later', async () => {
    const { call, breaksOff, lostCallers, incidents, clock, archive, database } = setUp();
    const lost = await call();
    await breaksOff(lost);
    clock.ms += 20 * 60 * SECOND;
    const back = await call();
    await lostCallers.follow(back.beginning);
    const at = isoInZone(START - 60 * SECOND, 'Asia/Kolkata');
    const earlier = 'call_15550100009_20251004_142900_000009';
    const place = { companyId: 'steel', siteId: 'mill' };
    expect(await incidents.join({ callId: earlier, ...place, at })).toBe(incidentId(earlier));
    const { value } = await database.read(`${live.call(back.id)}/incident_id`);
    expect([value, (await archive.call(lost.id))?.incident_id]).toEqual([
      incidentId(earlier),
      incidentId(earlier),
    ]);
  });

  it('is seen before the next try, although nobody told of the new call', async () => {
    const { call, breaksOff, lostCallers, twilio, clock, store } = setUp();
    const lost = await call();
    await breaksOff(lost);
    await lostCallers.tryFailed(lost.id, 1, 'busy');
    clock.ms += 31 * SECOND;
    const back = await call();
    await lostCallers.runAll();
    expect(twilio.placed).toHaveLength(1);
    expect(await store.read(lost.id)).toMatchObject({ outcome: 'regained', by: back.id });
  });

  it('is nobody of another company, and nobody with another number (I6)', async () => {
    const { call, breaksOff, lostCallers, clock, store } = setUp();
    const lost = await call();
    await breaksOff(lost);
    clock.ms += 5 * SECOND;
    const stranger = await call(['fire'], { started: { company_id: 'paper' } });
    const colleague = await call(['fire'], { from: '+15550100009' });
    await lostCallers.follow(stranger.beginning);
    await lostCallers.follow(colleague.beginning);
    expect((await store.read(lost.id))?.state).toBe('open');
  });
});

describe('a caller who says nothing', () => {
  it('is texted once beside the question, and stays connected', async () => {
    const { call, lostCallers, twilio, steps } = setUp();
    const silent = await call([], { urgency: 'NORMAL' });
    await Promise.all([
      lostCallers.silenceAsked(silent.started, 1),
      lostCallers.silenceAsked(silent.started, 1),
    ]);
    for (const silences of [2, 3, 4, 5]) {
      await lostCallers.silenceAsked(silent.started, silences);
    }
    expect(twilio.sent).toMatchObject([{ to: CALLER, body: expect.stringContaining('Reply 1') }]);
    expect(twilio.placed).toEqual([]);
    const seen = await steps(silent.id);
    expect(seen.filter(({ step }) => step === 'silence_asked')).toHaveLength(3);
    expect(seen).toContainEqual({ step: 'text_sent', channel: 'sms' });
  });

  it('and hides is not texted: a message makes a sound, too', async () => {
    const { call, lostCallers, twilio } = setUp();
    const hiding = await call(['a man with a knife is in the office']);
    await lostCallers.silenceAsked(hiding.started, 1);
    expect(twilio.sent).toEqual([]);
  });

  it('and is gone is texted, and called back', async () => {
    const { call, breaksOff, lostCallers, twilio, steps } = setUp();
    const silent = await call([], { urgency: 'NORMAL' });
    await lostCallers.silenceAsked(silent.started, 1);
    await breaksOff(silent);
    expect([twilio.sent.length, twilio.placed.length]).toEqual([2, 1]);
    expect(await steps(silent.id)).toContainEqual({ step: 'caller_lost', reason: 'silent' });
  });

  it('and was never urgent is given up without a page: who dials by mistake alarms nobody', async () => {
    const { call, breaksOff, asked, steps } = setUp();
    const misdialled = await call([], { urgency: 'NORMAL', from: 'anonymous' });
    await breaksOff(misdialled);
    expect(asked).toEqual([]);
    expect(await steps(misdialled.id)).toContainEqual({
      step: 'caller_unreachable',
      reason: 'no_number',
    });
    const silent = await call([], { urgency: 'URGENT', from: 'anonymous' });
    await breaksOff(silent);
    expect(asked).toEqual([{ callId: silent.id, reason: 'caller_unreachable' }]);
  });

  it('has the failed text on the timeline, without a number in the log', async () => {
    const { lostCallers, call, twilio, lines, steps } = setUp();
    const silent = await call([], { urgency: 'NORMAL' });
    twilio.isAway();
    await lostCallers.silenceAsked(silent.started, 1);
    expect(await steps(silent.id)).toContainEqual({
      step: 'text_failed',
      reason: 'twilio_away',
      channel: 'sms',
    });
    expect(JSON.stringify(lines)).not.toMatch(/5550100001/);
  });
});
