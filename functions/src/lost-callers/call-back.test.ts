import { afterEach, describe, expect, it } from 'vitest';
import { conversationId, incidentId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import type { CallEvent } from '../calls/model.ts';
import { inOrder } from '../calls/reduce.ts';
import { isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import { live } from '../paths.ts';
import type { Judged } from '../turn/on-call.ts';
import { readLink } from '../webhooks/link.ts';
import { lineMoved } from '../webhooks/spoken-turn.ts';
import {
  ACCOUNT,
  actionOf,
  EMERGENCY,
  saidIn,
  scriptedAssistant,
  startWebhooks,
} from '../webhooks/webhooks.fixture.ts';
import { type CallBackOptions, createCallBack } from './call-back.ts';
import { CALLER, DIALLED, START, useLostCallers } from './lost-callers.fixture.ts';

const setUp = useLostCallers();
const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

/** Twilio's id of the call back that was placed first. */
const LEG = 'CA00000000000000000000000000000001';

/** What Twilio sends of the leg: our number rings the caller. */
const form = (change: Record<string, string> = {}) => ({
  AccountSid: ACCOUNT,
  CallSid: LEG,
  From: DIALLED,
  To: CALLER,
  Direction: 'outbound-api',
  CallStatus: 'in-progress',
  ...change,
});

/** A call that has broken off, and the webhooks of the one that calls it back. */
async function callingBack(
  options: Partial<CallBackOptions> = {},
  of: Parameters<ReturnType<typeof setUp>['call']> = [],
) {
  const world = setUp();
  const { database, mirror, lostCallers, store, incidents, archive, now, log } = world;
  const ended: string[] = [];
  const judged: Judged[] = [];
  const stored = { ends: true };
  let server: Awaited<ReturnType<typeof startWebhooks>>;
  const callBack = () =>
    createCallBack({
      store,
      lostCallers: async () => lostCallers,
      database,
      note: (started, events) => mirror.apply([started, ...events]),
      lastWords: async (id) =>
        (await archive.conversation(conversationId(id)))?.messages.findLast(
          ({ role }) => role === 'assistant',
        ),
      card: scriptedAssistant.card,
      lineMoved,
      siteOf: async () => ({ emergencyNumber: EMERGENCY, languages: ['en-IN'] }),
      afterReply: async (of) => void judged.push(of),
      join: incidents.join,
      apply: mirror.apply,
      callStatus: async ({ CallSid }) => {
        ended.push(CallSid);
        return stored.ends;
      },
      hashKey: undefined,
      publicBaseUrl: server.publicBaseUrl,
      generalCard: () => 'Move away from danger.',
      now,
      log,
      ...options,
    });
  server = await startWebhooks({
    apply: mirror.apply,
    enqueue: async ({ events }) => mirror.apply(events as CallEvent[]),
    further: {
      '/call-back': { load: async () => callBack().answered, instead: () => '<Response/>' },
      '/call-back-status': { load: async () => callBack().status },
    },
  });
  stops.push(server.stop);
  const lost = await world.call(...of);
  world.clock.ms += 1_000;
  await world.breaksOff(lost);
  const addressOf = (at: number, which: 'url' | 'statusCallback') => {
    const { pathname, search } = new URL(world.twilio.placed[at]?.[which] ?? '');
    return pathname + search;
  };
  return { ...world, server, lost, ended, judged, stored, addressOf };
}

async function liveCallOf(leg: string, { database }: Awaited<ReturnType<typeof callingBack>>) {
  const { value: id } = await database.read(live.callSid(leg));
  const { value } = await database.read(live.call(String(id)));
  const words = await database.read(live.conversation(conversationId(String(id))));
  return {
    id: String(id),
    call: readCall(value),
    messages: inOrder(readConversation(words.value).messages),
  };
}

describe('a lost caller who answers the call back', () => {
  it('hears who calls, and what was said last, and is listened to', async () => {
    const world = await callingBack();
    const { status, text } = await world.server.post(world.addressOf(0, 'url'), form());
    expect(status).toBe(200);
    expect(saidIn(text)).toMatch(/our call broke off.*Leave the building\. Call 101\./i);
    expect(text).toContain('<Gather');
    expect(text).not.toContain('<Hangup');
    const link = readLink(new URL(actionOf(text)).searchParams);
    expect(link).toMatchObject({
      urgency: 'CRITICAL',
      emergencyNumber: '101',
      company: 'steel',
      follows: world.lost.id,
      language: 'en-IN',
    });
  });

  it('is in a new live call of theirs, linked to the lost one and to its incident', async () => {
    const world = await callingBack();
    await world.server.post(world.addressOf(0, 'url'), form());
    const { id, call, messages } = await liveCallOf(LEG, world);
    expect(call).toMatchObject({
      mobile_no: CALLER,
      dialled_no: DIALLED,
      company_id: 'steel',
      site_id: 'mill',
      follows: world.lost.id,
      urgency: 'CRITICAL',
      incident_id: incidentId(world.lost.id),
      status: 'ACTIVE',
    });
    expect(messages).toMatchObject([{ role: 'assistant' }]);
    expect((await world.archive.call(world.lost.id))?.incident_id).toBe(call.incident_id);
    expect(await world.store.read(world.lost.id)).toMatchObject({ outcome: 'reached', by: id });
    expect(Object.values(call.timeline ?? {})).toContainEqual(
      expect.objectContaining({ step: 'called_back', other: world.lost.id }),
    );
  });

  it('is of one incident with the lost call, and with all that either is of', async () => {
    const world = await callingBack({}, [[], { urgency: 'NORMAL' }]);
    const earlier = 'call_15550100009_20251004_142900_000009';
    const at = isoInZone(START - 60_000, 'Asia/Kolkata');
    await world.incidents.join({ callId: earlier, companyId: 'steel', siteId: 'mill', at });
    await world.server.post(world.addressOf(0, 'url'), form());
    const { call } = await liveCallOf(LEG, world);
    expect(call.incident_id).toBe(incidentId(earlier));
    expect((await world.archive.call(world.lost.id))?.incident_id).toBe(incidentId(earlier));
  });

  it('has people fetched for the new call: the pages of the lost one were over with it', async () => {
    const world = await callingBack();
    await world.server.post(world.addressOf(0, 'url'), form());
    const { id } = await liveCallOf(LEG, world);
    expect(world.judged).toMatchObject([
      { urgency: 'CRITICAL', isSilent: false, started: { call_id: id, follows: world.lost.id } },
    ]);
  });

  it('is in one call, however often Twilio asks (I3)', async () => {
    const world = await callingBack();
    const first = await world.server.post(world.addressOf(0, 'url'), form());
    world.clock.ms += 3_000;
    const again = await world.server.post(world.addressOf(0, 'url'), form());
    expect(again.text).toBe(first.text);
    const { messages } = await liveCallOf(LEG, world);
    expect(messages).toHaveLength(1);
  });

  it('goes on with the next turn like any caller, under their own number', async () => {
    const world = await callingBack();
    const { text } = await world.server.post(world.addressOf(0, 'url'), form());
    const next = await world.server.post(actionOf(text), form({ SpeechResult: 'still fire here' }));
    expect(saidIn(next.text)).toContain('Get out now');
    const { call, messages } = await liveCallOf(LEG, world);
    expect(call.mobile_no).toBe(CALLER);
    expect(messages.map(({ content }) => content)).toContain('still fire here');
    expect(readLink(new URL(actionOf(next.text)).searchParams)?.follows).toBe(world.lost.id);
  });

  it('ends the call like any other caller, and nobody rings again', async () => {
    const world = await callingBack();
    await world.server.post(world.addressOf(0, 'url'), form());
    const status = form({ CallStatus: 'completed', CallDuration: '20' });
    const answer = await world.server.post(world.addressOf(0, 'statusCallback'), status);
    expect([answer.status, world.ended]).toEqual([204, [LEG]]);
    world.clock.ms += 3_600_000;
    await world.lostCallers.runAll();
    expect(world.twilio.placed).toHaveLength(1);
  });

  it('whose end could not be stored: Twilio is told to tell it again', async () => {
    const world = await callingBack();
    await world.server.post(world.addressOf(0, 'url'), form());
    world.stored.ends = false;
    const status = form({ CallStatus: 'completed' });
    const answer = await world.server.post(world.addressOf(0, 'statusCallback'), status);
    expect(answer.status).toBeGreaterThanOrEqual(500);
  });

  it('hears the card of the hazard where the last words can not be read', async () => {
    const world = await callingBack(
      { lastWords: () => Promise.reject(new AuroraError(503, 'unavailable', 'Away.')) },
      [['there is a fire'], { link: { hazard: 'fire' } }],
    );
    const { text } = await world.server.post(world.addressOf(0, 'url'), form());
    expect(saidIn(text)).toContain('Fire card.');
  });

  it('and had been silent is asked for a key alone', async () => {
    const world = await callingBack({}, [[], { urgency: 'NORMAL' }]);
    const { text } = await world.server.post(world.addressOf(0, 'url'), form());
    expect(saidIn(text)).toMatch(/press 1.*press 2/);
    expect(saidIn(text)).not.toContain('Leave the building');
  });

  it('is on a line that starts over, where nobody can read who they are (I8)', async () => {
    const world = await callingBack({
      store: { read: () => Promise.reject(new AuroraError(503, 'database_away', 'Away.')) },
    });
    const { text } = await world.server.post(world.addressOf(0, 'url'), form());
    expect(text).not.toContain('<Hangup');
    expect(actionOf(text)).toContain('/incoming-call');
  });
});

describe('a call back that a voicemail answers', () => {
  const machine = { AnsweredBy: 'machine_start' };

  it('leaves nothing that a stranger must not hear, and gives the line back', async () => {
    const world = await callingBack();
    const { text } = await world.server.post(world.addressOf(0, 'url'), form(machine));
    expect(saidIn(text)).not.toMatch(/danger|fire|building|101|mill/i);
    expect(text).toMatch(/<\/Gather><Hangup\/>/);
    expect((await world.database.read(live.callSid(LEG))).value).toBeNull();
  });

  it('goes on for a person who was taken for one, and presses a key', async () => {
    const world = await callingBack();
    const { text } = await world.server.post(world.addressOf(0, 'url'), form(machine));
    const next = await world.server.post(actionOf(text), form({ ...machine, Digits: '1' }));
    expect(saidIn(next.text)).toContain('Leave the building');
    expect(await world.store.read(world.lost.id)).toMatchObject({ outcome: 'reached' });
  });

  it('counts as a try that reached nobody', async () => {
    const world = await callingBack();
    await world.server.post(world.addressOf(0, 'url'), form(machine));
    const status = form({ ...machine, CallStatus: 'completed' });
    await world.server.post(world.addressOf(0, 'statusCallback'), status);
    expect(world.ended).toEqual([]);
    expect(await world.steps(world.lost.id)).toContainEqual({
      step: 'called_back',
      channel: 'voice',
      round: 1,
      reason: 'voicemail',
    });
    world.clock.ms += 30_000;
    await world.lostCallers.runAll();
    expect(world.twilio.placed).toHaveLength(2);
  });
});

describe('a call back that nobody answers', () => {
  it.each(['busy', 'no-answer', 'failed', 'canceled'])(
    'is tried again after it was %s, however often that is told',
    async (CallStatus) => {
      const world = await callingBack();
      const address = world.addressOf(0, 'statusCallback');
      for (const status of ['initiated', 'ringing', CallStatus, CallStatus]) {
        expect((await world.server.post(address, form({ CallStatus: status }))).status).toBe(204);
      }
      expect(world.ended).toEqual([]);
      world.clock.ms += 30_000;
      await world.lostCallers.runAll();
      expect(world.twilio.placed).toHaveLength(2);
      // The first one's callback comes once more, now that the second rings.
      await world.server.post(address, form({ CallStatus }));
      expect(await world.store.read(world.lost.id)).toMatchObject({ tries: 2, state: 'open' });
    },
  );
});

describe('a request that is not of a call back', () => {
  it.each([
    '/call-back',
    '/call-back?lost=../x&round=1&at=0',
    '/call-back?lost=call_1&round=9&at=0',
  ])('changes nothing, and the line stays open: %s (I7, I8)', async (address) => {
    const world = await callingBack();
    const before = JSON.stringify((await world.database.read(live.lostCallers)).value);
    const { status, text } = await world.server.post(address, form());
    expect([status, text.includes('<Hangup')]).toEqual([200, false]);
    expect(JSON.stringify((await world.database.read(live.lostCallers)).value)).toBe(before);
  });
});
