import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ControlClient, connectToRestServer } from '../../emulators/twilio/control-client.ts';
import {
  createHandset,
  createPhone,
  type Handset,
  type OnRing,
  type Phone,
  type PhoneCall,
  type StartedCall,
  startCall,
} from '../../emulators/twilio/telephone.ts';
import { anyNumber, archived, ask, closeClients, login, transcript } from './support.ts';

const PHONE = '+15550100012';
const EMAIL = 'supervisor@example.com';
const PATIENT = { timeout: 60_000, interval: 200 };

interface Step {
  step: string;
  reason?: string;
  channel?: string;
}

/** A worker on the telephone, and a supervisor whose own phone is joined with them. */
describe('a supervisor who joins by phone', () => {
  const suite = inject('suite');
  let line: ControlClient;
  const phones: Phone[] = [];
  const calls: StartedCall[] = [];
  beforeAll(async () => {
    line = await connectToRestServer({ restUrl: `http://127.0.0.1:${suite.ports.twilio}` });
  });
  afterEach(async () => {
    for (const call of calls.splice(0)) {
      call.hangUp();
      await call.result;
    }
    await Promise.all(phones.splice(0).map((phone) => phone.close()));
  });
  afterAll(async () => {
    line.close();
    await closeClients();
  });

  async function phoneAt(number: string, onRing: OnRing): Promise<Phone> {
    const phone = await createPhone({ number, line, onRing, timeScale: 0.2 });
    phones.push(phone);
    return phone;
  }

  /** The supervisor's phone. It may be rung to fetch them, too: each call has a handset of its own. */
  async function ownPhone() {
    const handsets = new Map<string, Handset>();
    const phone = await phoneAt(PHONE, ({ callSid }) => {
      const handset = createHandset();
      handsets.set(callSid, handset);
      return { answer: handset.caller, answeredBy: 'human' };
    });
    /** The call that asks for a key with these words. */
    async function asked(words: string) {
      const isIt = ({ events }: PhoneCall) =>
        events.some((event) => event.type === 'said' && event.text.includes(words));
      await expect.poll(() => phone.calls.some(isIt), PATIENT).toBe(true);
      const leg = phone.calls.find(isIt) as PhoneCall;
      return { leg, handset: handsets.get(leg.callSid) as Handset };
    }
    return { asked };
  }

  /** A worker who has said something; resolves when Aurora has answered. */
  async function callerSays(words: string) {
    const from = anyNumber();
    const worker = startCall({ baseUrl: suite.baseUrl, from, switchboard: line, timeScale: 0.2 });
    calls.push(worker);
    worker.say(words);
    await worker.hears('112');
    const callId = await expect
      .poll(() => callFrom(from), PATIENT)
      .toBeDefined()
      .then(() => callFrom(from));
    return { worker, callId: callId as string };
  }

  async function callFrom(from: string): Promise<string | undefined> {
    const { body } = await ask(suite, '/api/calls/active', EMAIL);
    const items = body.items as { call_id: string; mobile_no: string }[];
    return items.find(({ mobile_no }) => mobile_no === from)?.call_id;
  }

  async function post(path: string, body: unknown = {}) {
    const response = await fetch(suite.baseUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await login(suite, EMAIL)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect(response.status, text).toBeLessThan(300);
    return JSON.parse(text) as Record<string, unknown>;
  }

  const stepsOf = async (callId: string) =>
    (await ask(suite, `/api/call/${callId}`, EMAIL)).body.timeline as Step[];

  it('talks with the caller, hears them, and hands them back to Aurora by hanging up', async () => {
    const { asked } = await ownPhone();
    const { worker, callId } = await callerSays('there is a fire in hall 3');
    await post(`/api/call/${callId}/join`, { mode: 'speak' });
    const { leg, handset } = await asked('Press 1 to speak with the caller');
    handset.press('1');
    await leg.until('conference-started');
    worker.say('I am behind the press');
    await leg.hears('I am behind the press');
    handset.say('Come out by gate 3');
    await worker.hears('Come out by gate 3');
    await expect
      .poll(async () => (await stepsOf(callId)).map(({ step }) => step), PATIENT)
      .toEqual(expect.arrayContaining(['join_requested', 'joined', 'transcribed']));
    leg.hangUp();
    await expect
      .poll(async () => (await stepsOf(callId)).map(({ step }) => step), PATIENT)
      .toContain('left');
    await worker.hears('This is Aurora again');
    worker.hangUp();
    const { faults } = await worker.result;
    expect(faults).toEqual([]);
    const { conversation } = await archived(suite, callId, 5);
    expect(transcript(conversation)).toEqual(
      expect.arrayContaining(['user: I am behind the press', 'admin: Come out by gate 3']),
    );
  });

  it('listens while Aurora goes on, who hears the caller by transcription', async () => {
    const { asked } = await ownPhone();
    const { worker, callId } = await callerSays('there is a fire in hall 3');
    await post(`/api/call/${callId}/join`, { mode: 'listen' });
    const { leg, handset } = await asked('Press 1 to listen');
    handset.press('1');
    await leg.until('conference-started');
    const before = worker.events.length;
    worker.say('my colleague is trapped behind the press');
    await leg.hears('my colleague is trapped');
    await expect
      .poll(() => worker.events.slice(before).some(({ type }) => type === 'said'), PATIENT)
      .toBe(true);
    worker.hangUp();
    await worker.result;
    await leg.result;
    const { conversation } = await archived(suite, callId, 5);
    const said = transcript(conversation);
    const at = said.indexOf('user: my colleague is trapped behind the press');
    expect(at).toBeGreaterThan(0);
    expect(said[at + 1]).toMatch(/^assistant: /);
  });

  it('is told of on the timeline where a voicemail answers; the caller notices nothing', async () => {
    await phoneAt(PHONE, () => 'voicemail');
    const { worker, callId } = await callerSays('there is a fire in hall 3');
    await post(`/api/call/${callId}/join`, { mode: 'speak' });
    await expect
      .poll(() => stepsOf(callId), PATIENT)
      .toContainEqual(expect.objectContaining({ step: 'join_failed' }));
    const failed = (await stepsOf(callId)).find(({ step }) => step === 'join_failed');
    expect(['machine', 'not_pressed']).toContain(failed?.reason);
    expect(worker.events.map(({ type }) => type)).not.toContain('conference-joined');
  });
});
