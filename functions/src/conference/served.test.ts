import { afterEach, describe, expect, it } from 'vitest';
import { CALL_ID, CALL_SID } from '../calls/events.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createOnce } from '../turn/once.ts';
import {
  ACCOUNT,
  actionOf,
  saidIn,
  scriptedAssistant,
  startWebhooks,
} from '../webhooks/webhooks.fixture.ts';
import { conferenceRoutes } from './routes.ts';
import { createWorld } from './world.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** The webhooks behind a real HTTP server, signed as Twilio signs them. */
async function open({ isAway = false } = {}) {
  const world = createWorld({ database: realtimeDatabase.emptyDatabase() });
  const broken = async () => {
    throw new Error('The database is away.');
  };
  const events: unknown[] = [];
  const turns = {
    run: broken,
    note: async (_: unknown, noted: unknown[]) => void events.push(...noted),
  };
  const server = await startWebhooks({
    further: conferenceRoutes({
      publicBaseUrl: 'https://aurora.example',
      conference: isAway ? broken : async () => world.room,
      ears: isAway ? broken : async () => world.room.ears({ turns, once: createOnce<void>() }),
      card: scriptedAssistant.card,
      emergencyNumber: '112',
      language: 'en-IN',
    }),
  });
  stops.push(server.stop);
  /** An address that Twilio was given, asked at this server. */
  const ask = (address: string, form: Record<string, string>) =>
    server.post(address.replace(/^https:\/\/[^/]+/, '').split('#')[0] ?? '', {
      AccountSid: ACCOUNT,
      ...form,
    });
  return { world, server, ask };
}

const LINK =
  'call=call_15550100001_20251004_143000_abcdef&co=demo&at=2025-10-04T14:30:00%2B05:30&en=112&turn=3-abcdef0123&lang=en-IN&hz=fire';
const ROOM = `${LINK.replace('call_15550100001_20251004_143000_abcdef', CALL_ID)}&room=1&base=4&from=%2B15550100001`;
const LEG = `call=${CALL_ID}&leg=leg1&room=1`;

describe('the webhooks of a conference', () => {
  it('lead a supervisor who presses 1 into a room', async () => {
    const { world, ask } = await open();
    await world.join('admin_a', 'speak');
    const [leg = ''] = world.phones();
    const url = world.rung[0]?.url ?? '';
    const asked = await ask(url, { CallSid: leg, CallStatus: 'in-progress', AnsweredBy: 'human' });
    expect(saidIn(asked.text)).toMatch(/^This is Aurora\. .* Press 1 to speak with the caller\.$/);
    const answer = await ask(actionOf(asked.text), {
      CallSid: leg,
      CallStatus: 'in-progress',
      Digits: '1',
    });
    expect(answer.text).toMatch(/<Conference [^>]*endConferenceOnExit="true"/);
    expect(answer.text, 'no number of the caller names the room').toMatch(
      />aurora-[0-9a-f]{16}-1<\/Conference>/,
    );
  });

  it.each([
    ['/join-call', LEG],
    ['/join-answer', LEG],
    ['/join-status', LEG],
    ['/join-wait', LEG],
    ['/join-left', LEG],
    ['/caller-join', ROOM],
    ['/caller-wait', ROOM],
    ['/dial-status', ROOM],
    ['/conference-status', `call=${CALL_ID}&room=1`],
    ['/transcription', ROOM],
    ['/announce', `${ROOM}&say=m000004-abcdef0123-1`],
  ])('let nothing unsigned through %s (I7)', async (path, query) => {
    const { world, server } = await open();
    const answer = await server.post(
      `${path}?${query}`,
      { AccountSid: ACCOUNT, CallSid: CALL_SID },
      { 'x-twilio-signature': 'wrong' },
    );
    expect(answer.status).toBe(403);
    expect(await world.room.read(CALL_ID)).toBeUndefined();
  });

  it.each(['/join-status', '/conference-status', '/transcription'])(
    'change nothing for a signed but malformed callback to %s (I7)',
    async (path) => {
      const { world, ask } = await open();
      const answer = await ask(`${path}?call=../../steal&leg=legs&room=-1`, { CallSid: 'CAnone' });
      expect(answer.status).toBe(204);
      expect(await world.room.read(CALL_ID)).toBeUndefined();
      expect(world.events).toEqual([]);
    },
  );
});

describe('where we fail', () => {
  it.each(['/caller-join', '/dial-status'])(
    '%s sends the caller to a turn of their own line, with what is known (I8)',
    async (path) => {
      const { ask } = await open({ isAway: true });
      const answer = await ask(`${path}?${ROOM}`, { CallSid: CALL_SID, CallStatus: 'in-progress' });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<Stop><Transcription');
      const next = new URL(actionOf(answer.text));
      expect(next.pathname).toBe('/process-speech');
      expect(next.searchParams.get('hz')).toBe('fire');
      expect(next.searchParams.get('back')).toBe('1');
    },
  );

  it('/caller-wait goes on waiting, in words, and not in silence (I8)', async () => {
    const { ask } = await open({ isAway: true });
    const answer = await ask(`/caller-wait?${ROOM}`, { CallSid: CALL_SID });
    expect(saidIn(answer.text)).toBe('One moment. You stay connected.');
  });

  it('/announce speaks the card of the hazard in place of words that are lost (I8)', async () => {
    const { ask } = await open({ isAway: true });
    const answer = await ask(`/announce?${ROOM}&say=m000004-abcdef0123-1`, { CallSid: CALL_SID });
    expect(saidIn(answer.text)).toBe('Fire card.');
  });

  it.each(['/join-call', '/join-answer', '/join-left'])('%s tells the supervisor', async (path) => {
    const { ask } = await open({ isAway: true });
    const answer = await ask(`${path}?${LEG}`, { CallSid: CALL_SID, CallStatus: 'in-progress' });
    expect(saidIn(answer.text)).toMatch(/take the call over on the page/);
    expect(answer.text).toContain('<Hangup');
  });

  it.each(['/join-status', '/conference-status', '/transcription'])(
    '%s asks Twilio to send its callback again',
    async (path) => {
      const { ask } = await open({ isAway: true });
      const answer = await ask(`${path}?${ROOM}&leg=leg1`, { CallSid: CALL_SID });
      expect(answer.status).toBe(503);
    },
  );
});
