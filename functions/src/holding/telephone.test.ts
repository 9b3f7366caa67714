import { describe, expect, it, onTestFinished } from 'vitest';
import { createTwilioRestServer } from '../../../emulators/twilio/rest-server.ts';
import type { CallerAction } from '../../../emulators/twilio/telephone.ts';
import { placeCall } from '../../../emulators/twilio/telephone.ts';
import type { CallEvent } from '../calls/model.ts';
import { inOrder } from '../calls/reduce.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { createTwilioCalls } from '../twilio/calls.ts';
import { ACCOUNT, CALL_SID, startWebhooks, TOKEN } from '../webhooks/webhooks.fixture.ts';
import { holdingOver, stateIn } from './holding.fixture.ts';

/**
 * One telephone call through the real webhooks, a Realtime Database and Twilio's REST endpoint: what
 * its caller hears, from the first word to the last.
 */
const realtimeDatabase = useRealtimeDatabase();

type Holding = ReturnType<typeof holdingOver>;
type Deed = (of: { holding: Holding; callId: string; passTime: (ms: number) => void }) => unknown;

/** What the caller does at the end of each document; a deed of somebody else's comes before it. */
type Line = string | undefined | { meanwhile: Deed };

async function call(script: readonly Line[]) {
  const database = realtimeDatabase.emptyDatabase();
  let time = Date.parse('2025-10-04T14:30:00+05:30');
  const now = () => time;
  const archive = { merge: async () => {}, past: async () => undefined };
  const { apply: mirror } = createMirror({ database, archive, now });
  const rest = createTwilioRestServer({ port: 0, accountSid: ACCOUNT, authToken: TOKEN });
  await rest.start();
  onTestFinished(() => rest.stop());
  const tasks: Promise<void>[] = [];
  const paged: string[] = [];
  const twilio = createTwilioCalls({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl: rest.url });
  const log = { info() {}, warn() {}, error() {}, alert() {} };
  let holding: Holding | undefined;

  const webhooks = await startWebhooks({
    now,
    readLive: (callId) => stateIn(database, callId),
    people: ({ publicBaseUrl }) => {
      holding = holdingOver({
        database,
        apply: mirror,
        twilio,
        now,
        log,
        publicBaseUrl,
        pager: { raise: async ({ callId }) => paged.push(callId) },
      });
      const { lapse } = holding;
      return {
        async lapse(callId) {
          await lapse(callId);
          return stateIn(database, callId);
        },
      };
    },
    enqueue: async ({ events }) => void tasks.push(task(events)),
  });
  onTestFinished(async () => void (await webhooks.stop()));

  async function task(events: readonly CallEvent[]): Promise<void> {
    await mirror(events);
    await holding?.sendOnAfterStaleReply(events);
  }

  const callIdOf = async () => String((await database.read(live.callSid(CALL_SID))).value);
  const passTime = (milliseconds: number) => {
    time += milliseconds;
  };
  const lines = script.values();

  async function next(): Promise<CallerAction> {
    await Promise.all(tasks);
    const line = lines.next();
    if (line.done) return { hangUp: true };
    if (line.value === undefined) return { silent: true };
    if (typeof line.value === 'string') return { say: line.value };
    if (holding) await line.value.meanwhile({ holding, callId: await callIdOf(), passTime });
    return { silent: true };
  }

  const result = await placeCall({
    baseUrl: webhooks.publicBaseUrl,
    accountSid: ACCOUNT,
    authToken: TOKEN,
    callSid: CALL_SID,
    timeScale: 0,
    switchboard: rest.switchboard,
    caller: { next },
  });
  await Promise.all(tasks);
  const state = await stateIn(database, await callIdOf());
  const words = inOrder(state.conversation?.messages ?? {}).map(
    ({ role, content }) => `${role}: ${content}`,
  );
  return { ...result, words, call: state.call, paged };
}

describe('a caller on the telephone', () => {
  it('is taken over in the middle of a fire, talked with, and handed back', async () => {
    const {
      said,
      words,
      faults,
      endedBy,
      call: known,
    } = await call([
      'there is a fire',
      { meanwhile: ({ holding, callId }) => holding.takeOver(callId, 'admin_a') },
      'I am by the door',
      {
        meanwhile: ({ holding, callId }) =>
          holding.messages.send(callId, 'admin_a', 'Stay low & get out.', 'the-first-key'),
      },
      'I am out',
      { meanwhile: ({ holding, callId }) => holding.release(callId, 'admin_a', 'They are out') },
      'what now',
    ]);
    expect(faults.filter(({ kind }) => kind !== 'status-callback-refused')).toEqual([]);
    expect(endedBy).toBe('caller');
    const heard = said.filter((text) => text !== '');
    expect(heard[1]).toBe('Get out now. Call 112.');
    expect(heard[2]).toMatch(/^A supervisor has taken over this call/);
    expect(heard[3]).toBe('Your supervisor says: Stay low & get out.');
    expect(heard[4]).toMatch(/^This is Aurora again\./);
    expect(words.filter((text) => !text.startsWith('assistant'))).toEqual([
      'user: there is a fire',
      'user: I am by the door',
      'admin: Stay low & get out.',
      'user: I am out',
      'user: what now',
    ]);
    expect(Object.keys(known?.heard_messages ?? {})).toHaveLength(1);
    expect(known?.owner).toEqual({ kind: 'aurora', epoch: 2 });
  });

  it('is back with Aurora when the supervisor is gone, and somebody else is paged', async () => {
    const {
      said,
      paged,
      call: known,
    } = await call([
      'there is a fire',
      { meanwhile: ({ holding, callId }) => holding.takeOver(callId, 'admin_a') },
      { meanwhile: ({ passTime }) => passTime(46_000) },
      'hello',
    ]);
    expect(paged).toHaveLength(1);
    expect(said.filter((text) => text !== '').at(-2)).toMatch(/^This is Aurora again\./);
    expect(
      Object.values(known?.timeline ?? {})
        .map(({ step }) => step)
        .sort(),
    ).toEqual(['lease_lapsed', 'taken_over']);
  });
});
