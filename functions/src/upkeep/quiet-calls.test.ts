import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from '../../../emulators/twilio/local-account.ts';
import type { CallStatus } from '../../../emulators/twilio/parameters.ts';
import { createTwilioRestServer } from '../../../emulators/twilio/rest-server.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { at, ended, message, STARTED } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { createTwilioCalls, type TwilioCalls } from '../twilio/calls.ts';
import { createQuietCalls } from './quiet-calls.ts';
import { recordingLog } from './upkeep.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const account = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };
const rest = createTwilioRestServer({ ...account, port: 0 });
beforeAll(() => rest.start());
afterAll(() => rest.stop());

const MINUTE = 60_000;
const ZONE = 'Asia/Kolkata';
/** Seconds after which the calls below have been quiet for ten minutes. */
const QUIET = 600;

let made = 0;

/** A call of its own in each test, for Twilio is one for all of them. */
function newCall(): CallStarted & { call_sid: string } {
  made++;
  const tail = made.toString(16).padStart(6, '0');
  const call_id = STARTED.call_id.replace(/[0-9a-f]{6}$/, tail);
  const call_sid = `CA${'0'.repeat(26)}${tail}`;
  return { ...STARTED, call_id, conversation_id: conversationId(call_id), call_sid };
}

function knownToTwilio(callSid: string, status: CallStatus, endedAt: Date | null): void {
  const startedAt = new Date(at(0));
  rest.switchboard.connect(
    {
      accountSid: LOCAL_ACCOUNT_SID,
      callSid,
      from: '+15550100001',
      to: '+15550100002',
      status,
      createdAt: startedAt,
      startedAt,
      endedAt,
      durationInSeconds: null,
    },
    { update: async () => true },
  );
}

interface Options {
  seconds?: number;
  twilio?: Pick<TwilioCalls, 'state'>;
  apply?: (events: readonly CallEvent[]) => Promise<void>;
}

function setUp(options: Options = {}) {
  const database = realtimeDatabase.emptyDatabase();
  const archive = createArchive(emptyFirestore(), ZONE);
  const now = () => Date.parse(at(options.seconds ?? QUIET));
  const settle = createSettle({ database, archive, now, timeZone: ZONE });
  const mirror = createMirror({ database, archive: settle, now });
  const { log, lines } = recordingLog();
  const endQuietCalls = createQuietCalls({
    database,
    twilio: options.twilio ?? createTwilioCalls({ ...account, baseUrl: rest.url, deadline: 500 }),
    apply: options.apply ?? mirror.apply,
    quietAfter: 10 * MINUTE,
    now,
    log,
  });
  const read = async (call: CallStarted) => (await database.read(live.call(call.call_id))).value;
  return { database, archive, settle, mirror, endQuietCalls, lines, read };
}

/** A Twilio that answers each question in the same way, and remembers what it was asked. */
function twilioThat(answer: TwilioCalls['state']) {
  const asked: string[] = [];
  const state: TwilioCalls['state'] = (callSid) => {
    asked.push(callSid);
    return answer(callSid);
  };
  return { asked, state };
}

describe('a voice call that has been quiet', () => {
  it.each(['completed', 'failed', 'busy', 'no-answer', 'canceled'] as const)(
    'is ended when Twilio says that it is %s, at the time that Twilio tells',
    async (status) => {
      const { mirror, endQuietCalls, lines, read } = setUp();
      const call = newCall();
      await mirror.apply([call]);
      knownToTwilio(call.call_sid, status, new Date(at(42)));
      expect(await endQuietCalls()).toBe(1);
      expect(await read(call)).toMatchObject({
        status: 'ENDED',
        ended_at: at(42),
        end_reason: `missed_callback_${status}`,
      });
      expect(lines).toEqual([]);
    },
  );

  it('ended with its last message where Twilio tells no time', async () => {
    const { mirror, endQuietCalls, read } = setUp();
    const call = newCall();
    const words = message(0, 'user', 'help', -5);
    await mirror.apply([call, { ...words, call_id: call.call_id } as CallEvent]);
    knownToTwilio(call.call_sid, 'completed', null);
    await endQuietCalls();
    expect(await read(call)).toMatchObject({ status: 'ENDED', ended_at: at(0) });
  });

  it('goes into the archive with the reason of its end', async () => {
    const { archive, settle, mirror, endQuietCalls } = setUp();
    const call = newCall();
    await mirror.apply([call]);
    knownToTwilio(call.call_sid, 'completed', new Date(at(42)));
    await endQuietCalls();
    await settle.settle(call.call_id);
    expect(await archive.call(call.call_id)).toMatchObject({
      end_reason: 'missed_callback_completed',
      duration_seconds: 42,
    });
  });

  it('keeps the earlier end of a callback that comes after all (I5)', async () => {
    const { mirror, endQuietCalls, read } = setUp();
    const call = newCall();
    await mirror.apply([call]);
    knownToTwilio(call.call_sid, 'completed', new Date(at(42)));
    await endQuietCalls();
    const { call_id, call_sid } = call;
    await mirror.apply([{ ...ended(41), call_id, call_sid } as CallEvent]);
    expect(await read(call)).toMatchObject({ ended_at: at(41), end_reason: 'completed' });
  });

  it.each(['queued', 'ringing', 'in-progress'] as const)(
    'stays live while Twilio says that it is %s',
    async (status) => {
      const { mirror, endQuietCalls, lines, read } = setUp();
      const call = newCall();
      await mirror.apply([call]);
      knownToTwilio(call.call_sid, status, null);
      expect(await endQuietCalls()).toBe(0);
      expect(await read(call)).toMatchObject({ status: 'ACTIVE' });
      expect(lines).toEqual([]);
    },
  );

  it('stays live, with an error in the log, where Twilio does not know it', async () => {
    const { mirror, endQuietCalls, lines, read } = setUp();
    const call = newCall();
    await mirror.apply([call]);
    expect(await endQuietCalls()).toBe(0);
    expect(await read(call)).toMatchObject({ status: 'ACTIVE' });
    expect(lines).toMatchObject([{ severity: 'error', fields: { status: 404 } }]);
    expect(JSON.stringify(lines)).not.toMatch(/15550100001|call_[0-9]/);
  });

  it.each([
    ['refuses to say', new AuroraError(401, 'twilio_refused', 'Twilio answered 401.')],
    ['gives no answer', new AuroraError(503, 'twilio_away', 'Twilio gave no answer.')],
    ['fails in a way of its own', new TypeError('undefined is not a function')],
  ])('stays live where Twilio %s, and is ended by a later sweep', async (_name, fault) => {
    const { database, mirror, endQuietCalls, lines, read } = setUp({
      twilio: twilioThat(() => Promise.reject(fault)),
    });
    const call = newCall();
    await mirror.apply([call]);
    expect(await endQuietCalls()).toBe(0);
    expect(await read(call)).toMatchObject({ status: 'ACTIVE' });
    expect(lines).toMatchObject([{ severity: 'warn', fields: { call_sid: call.call_sid } }]);
    const later = createQuietCalls({
      database,
      twilio: twilioThat(async () => ({ status: 'completed' })),
      apply: mirror.apply,
      quietAfter: 10 * MINUTE,
      now: () => Date.parse(at(QUIET)),
      log: recordingLog().log,
    });
    expect(await later()).toBe(1);
  });

  it('stays live with a status that nobody has heard of', async () => {
    const twilio = twilioThat(async () => ({ status: 'ended-perhaps' }));
    const { mirror, endQuietCalls, read } = setUp({ twilio });
    const call = newCall();
    await mirror.apply([call]);
    expect(await endQuietCalls()).toBe(0);
    expect(await read(call)).toMatchObject({ status: 'ACTIVE' });
  });

  it('is looked at again where its end could not be written', async () => {
    const { mirror, endQuietCalls, lines, read } = setUp({
      twilio: twilioThat(async () => ({ status: 'completed' })),
      apply: () => Promise.reject(new AuroraError(503, 'database_away', 'Away.')),
    });
    const call = newCall();
    await mirror.apply([call]);
    expect(await endQuietCalls()).toBe(0);
    expect(await read(call)).toMatchObject({ status: 'ACTIVE' });
    expect(lines).toMatchObject([{ severity: 'error' }]);
  });
});

describe('nobody asks Twilio', () => {
  it('about calls that are not quiet, not by voice, or ended', async () => {
    const twilio = twilioThat(async () => ({ status: 'completed' }));
    const { mirror, endQuietCalls } = setUp({ twilio, seconds: QUIET + 5 });
    const [talking, text, over] = [newCall(), newCall(), newCall()];
    const words = message(1, 'user', 'still here', 6);
    await mirror.apply([talking, { ...words, call_id: talking.call_id } as CallEvent]);
    const { call_sid: _, ...written } = text;
    await mirror.apply([{ ...written, medium: 'Text' }]);
    const { call_id, call_sid } = over;
    await mirror.apply([over, { ...ended(9), call_id, call_sid } as CallEvent]);
    expect(await endQuietCalls()).toBe(0);
    expect(twilio.asked).toEqual([]);
  });

  it('about what can not be read, and the log says how many those are', async () => {
    const twilio = twilioThat(async () => ({ status: 'completed' }));
    const { database, mirror, endQuietCalls, lines } = setUp({ twilio });
    const quiet = newCall();
    await mirror.apply([quiet]);
    const { call_sid: _, ...nameless } = newCall();
    await mirror.apply([nameless]);
    await database.create(live.call(newCall().call_id), { medium: 'Voice', call_sid: '../x' });
    expect(await endQuietCalls()).toBe(1);
    expect(twilio.asked).toEqual([quiet.call_sid]);
    expect(lines).toMatchObject([{ severity: 'error', fields: { count: 2 } }]);
  });

  it('where there is no live call', async () => {
    const twilio = twilioThat(async () => ({ status: 'completed' }));
    expect(await setUp({ twilio }).endQuietCalls()).toBe(0);
    expect(twilio.asked).toEqual([]);
  });
});

it('asks about fifty calls in a run, a few at once, and about all of them in turn', async () => {
  const calls = Array.from({ length: 120 }, (_, index) => ({
    ...newCall(),
    at: at(-index),
  }));
  let underWay = 0;
  let mostUnderWay = 0;
  const twilio = twilioThat(async () => {
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    return undefined;
  });
  const database = realtimeDatabase.emptyDatabase();
  const lives = calls.map((call) => [
    call.call_id,
    { medium: 'Voice', status: 'ACTIVE', call_sid: call.call_sid, last_message_at: call.at },
  ]);
  await database.create(live.calls, Object.fromEntries(lives));
  const first = Math.ceil(Date.parse(at(QUIET)) / (3 * MINUTE)) * 3 * MINUTE;
  for (const run of [0, 1, 2]) {
    const before = twilio.asked.length;
    await createQuietCalls({
      database,
      twilio,
      apply: async () => {},
      quietAfter: 10 * MINUTE,
      now: () => first + run * MINUTE,
      log: recordingLog().log,
    })();
    expect(twilio.asked.length - before).toBeLessThanOrEqual(50);
  }
  const oldestFirst = calls.map(({ call_sid }) => call_sid).reverse();
  expect(twilio.asked).toEqual(oldestFirst);
  expect(mostUnderWay).toBe(5);
});
