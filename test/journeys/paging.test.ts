import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ControlClient, connectToRestServer } from '../../emulators/twilio/control-client.ts';
import { LOCAL_OTHER_NUMBER } from '../../emulators/twilio/local-account.ts';
import {
  createPhone,
  type OnRing,
  type Phone,
  type StartedCall,
  scriptedCaller,
  sendSms,
  startCall,
} from '../../emulators/twilio/telephone.ts';
import { anyNumber, ask, callIdOf, closeClients, login } from './support.ts';

const ON_CALL = '+15550100011';
const NEXT = '+15550100021';
const EMAIL = 'other@example.com';
const PATIENT = { timeout: 60_000 };

/** A caller in danger, and the telephones of the people on call. */
describe('people on call', () => {
  const suite = inject('suite');
  let line: ControlClient;
  let next: string;
  const phones: Phone[] = [];
  const callers: (() => void)[] = [];

  beforeAll(async () => {
    line = await connectToRestServer({ restUrl: `http://127.0.0.1:${suite.ports.twilio}` });
    const person = { email: `next-${Date.now()}@example.com`, name: 'Next Person' };
    const { body } = await change('POST', '/api/admins', {
      ...person,
      role: 'supervisor',
      phone: NEXT,
    });
    next = String(body.id);
    await change('PATCH', '/api/company', {
      reaching: {
        steps: [
          { who: ['admin_other'], wait_seconds: 10 },
          { who: [next], wait_seconds: 10 },
        ],
        repeats: 0,
        dial_emergency: true,
      },
    });
  });
  afterEach(async () => {
    for (const hangUp of callers.splice(0)) hangUp();
    await Promise.all(phones.splice(0).map((phone) => phone.close()));
  });
  afterAll(async () => {
    await change('PATCH', '/api/company', { reaching: {} });
    line.close();
    await closeClients();
  });

  async function change(method: string, path: string, body: unknown) {
    const response = await fetch(suite.baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${await login(suite, EMAIL)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    expect(response.status, JSON.stringify(answer)).toBeLessThan(300);
    return { body: answer };
  }

  async function phoneAt(number: string, onRing: OnRing): Promise<Phone> {
    const phone = await createPhone({ number, line, onRing, timeScale: 0 });
    phones.push(phone);
    return phone;
  }

  /** Says what is happening, and then stays on the line until the test hangs up. */
  function callsFor(words: string): { call: StartedCall; from: string } {
    const from = anyNumber();
    const call = startCall({
      baseUrl: suite.baseUrl,
      from,
      to: LOCAL_OTHER_NUMBER,
      switchboard: line,
      timeScale: 0,
      dialOutcome: () => ({ status: 'busy' }),
    });
    callers.push(call.hangUp);
    call.say(words);
    return { call, from };
  }

  async function liveCall(from: string): Promise<LiveCall> {
    const { body } = await ask(suite, '/api/calls/active', EMAIL);
    const call = (body.items as LiveCall[]).find(({ mobile_no }) => mobile_no === from);
    if (!call) throw new Error('The call is not live.');
    return call;
  }

  interface LiveCall {
    call_id: string;
    mobile_no: string;
    timeline: Step[];
  }

  interface Step {
    step: string;
    whom?: string;
    by?: string;
    channel?: string;
    reason?: string;
    round?: number;
  }

  it('are rung one after the other: a voicemail is no answer, and who accepts speaks with the caller', async () => {
    const first = await phoneAt(ON_CALL, () => 'voicemail');
    const second = await phoneAt(NEXT, () => ({
      answer: scriptedCaller([{ keys: '1' }, { keys: '1' }, 'Get out through gate 3.'], {
        silent: true,
      }),
      answeredBy: 'human',
    }));
    const { call, from } = callsFor('there is a fire in the paint shop');
    expect((await first.nextMessage()).body).toMatch(/CRITICAL.*Reply 1( \d+)? to accept/);
    await first.nextCall();
    expect((await second.nextMessage()).body).toContain('CRITICAL');
    const rung = await second.nextCall();
    expect(await rung.hears('Press 1 again to speak with the caller')).not.toBe('');
    const steps = async () => (await liveCall(from)).timeline;
    await expect.poll(steps, PATIENT).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ step: 'page_raised', reason: 'critical' }),
        expect.objectContaining({ step: 'page_sent', whom: 'admin_other', channel: 'sms' }),
        expect.objectContaining({
          step: 'page_unanswered',
          whom: 'admin_other',
          reason: 'voicemail',
        }),
        expect.objectContaining({ step: 'page_escalated', round: 2 }),
        expect.objectContaining({ step: 'page_accepted', by: next, channel: 'voice' }),
        expect.objectContaining({ step: 'taken_over' }),
        expect.objectContaining({ step: 'joined' }),
      ]),
    );
    call.hangUp();
    const { faults } = await call.result;
    expect(faults).toEqual([]);
  });

  it('answer by text, too: passed on, and then accepted by the next', async () => {
    const first = await phoneAt(ON_CALL, () => 'no-answer');
    const second = await phoneAt(NEXT, () => 'no-answer');
    const { call, from } = callsFor('somebody fell into the tank');
    await first.nextMessage();
    const reply = (from: string, body: string) =>
      sendSms({ baseUrl: suite.baseUrl, from, to: LOCAL_OTHER_NUMBER, body });
    expect((await reply(ON_CALL, '5')).replies.join()).toContain('Somebody else is asked');
    await second.nextMessage();
    expect((await reply(NEXT, '1')).replies.join()).toContain('You have it');
    const { call_id } = await liveCall(from);
    await expect
      .poll(async () => (await liveCall(from)).timeline)
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ step: 'page_passed_on', by: 'admin_other', channel: 'sms' }),
          expect.objectContaining({ step: 'page_accepted', by: next, channel: 'sms' }),
        ]),
      );
    call.hangUp();
    expect(callIdOf(await call.result)).toBe(call_id);
  });

  it('who do not come leave the caller with the emergency number, dialled into the call', async () => {
    await phoneAt(ON_CALL, () => 'no-answer');
    const { call, from } = callsFor('there is a gas leak');
    expect(await call.hears('I could not reach 112')).not.toBe('');
    const steps = async () => (await liveCall(from)).timeline.map(({ step }) => step);
    await expect.poll(steps, PATIENT).toContain('emergency_dialled');
    await expect
      .poll(steps, PATIENT)
      .toEqual(expect.arrayContaining([expect.stringMatching(/^emergency_(answered|failed)$/)]));
    call.hangUp();
    const { faults, said } = await call.result;
    expect(faults).toEqual([]);
    expect(said.join(' ')).toContain('112');
  });
});
