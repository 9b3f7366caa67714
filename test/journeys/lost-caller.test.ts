import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ControlClient, connectToRestServer } from '../../emulators/twilio/control-client.ts';
import {
  createPhone,
  type OnRing,
  type Phone,
  scriptedCaller,
  silentCaller,
} from '../../emulators/twilio/telephone.ts';
import { anyNumber, archived, ask, callIdOf, closeClients, telephone } from './support.ts';

/** A caller whose line breaks off, and the telephone in their hand. */
describe('a caller who is lost', () => {
  const suite = inject('suite');
  let line: ControlClient;
  const phones: Phone[] = [];
  beforeAll(async () => {
    line = await connectToRestServer({ restUrl: `http://127.0.0.1:${suite.ports.twilio}` });
  });
  afterEach(() => Promise.all(phones.splice(0).map((phone) => phone.close())));
  afterAll(async () => {
    line.close();
    await closeClients();
  });

  async function phoneAt(number: string, onRing: OnRing): Promise<Phone> {
    const phone = await createPhone({ number, line, onRing, timeScale: 0 });
    phones.push(phone);
    return phone;
  }

  /** Reports a fire, and hangs up in the middle of it. */
  const breaksOff = (from: string) =>
    telephone(suite, { from, caller: scriptedCaller(['There is a fire in hall 3.']) });

  const stepsOf = async (callId: string) => {
    const { body } = await ask(suite, `/api/call/${callId}`);
    return (body.timeline as { step: string }[] | undefined)?.map(({ step }) => step);
  };

  it('gets a text and a call back, and goes on with the card in a call of the same incident', async () => {
    const number = anyNumber();
    const phone = await phoneAt(number, () => ({
      answer: scriptedCaller(['The fire is still burning.', { keys: '2' }]),
      answeredBy: 'human',
    }));
    const lost = callIdOf(await breaksOff(number));
    expect((await phone.nextMessage()).body).toMatch(/Reply 1 .* 2 if you are safe/);
    const back = await phone.nextCall();
    expect(await back.hears('so I am calling you back')).not.toBe('');
    const result = await back.result;
    const backId = callIdOf(result);
    expect(backId).not.toBe(lost);
    const { call } = await archived(suite, backId, 5);
    expect(call).toMatchObject({ follows: lost, mobile_no: number, urgency: 'CRITICAL' });
    // Calls of other journeys may join the incident, and rename it.
    const together = async () => {
      const { body } = await ask(suite, `/api/call/${backId}`);
      const incident = await ask(suite, `/api/incidents/${body.incident_id}`);
      return (incident.body.items as { call_id: string }[] | undefined)?.map(
        (each) => each.call_id,
      );
    };
    await expect.poll(together).toEqual(expect.arrayContaining([lost, backId]));
    await expect
      .poll(() => stepsOf(lost))
      .toEqual(expect.arrayContaining(['caller_lost', 'text_sent', 'called_back']));
  });

  it('whose phone is busy is rung again', async () => {
    const number = anyNumber();
    let rings = 0;
    const phone = await phoneAt(number, () => {
      rings++;
      return rings === 1
        ? 'busy'
        : { answer: scriptedCaller([{ keys: '2' }]), answeredBy: 'human' };
    });
    const lost = callIdOf(await breaksOff(number));
    await phone.nextCall();
    const again = await phone.nextCall();
    expect(await again.hears('so I am calling you back')).not.toBe('');
    await again.result;
    await expect.poll(() => stepsOf(lost)).toContain('called_back');
    expect(rings).toBe(2);
  });

  it('who said nothing is texted while the line is open, and rung when it is not', async () => {
    const number = anyNumber();
    const phone = await phoneAt(number, () => ({
      answer: scriptedCaller([{ keys: '2' }]),
      answeredBy: 'human',
    }));
    const silent = callIdOf(await telephone(suite, { from: number, caller: silentCaller(3) }));
    expect((await phone.nextMessage()).body).toContain('I cannot hear you');
    expect((await phone.nextMessage()).body).toContain('Our call broke off');
    await (await phone.nextCall()).result;
    expect(phone.messages).toHaveLength(2);
    await expect
      .poll(() => stepsOf(silent))
      .toEqual(expect.arrayContaining(['silence_asked', 'caller_lost', 'called_back']));
  });

  it('is left alone after a threat: nothing rings, nothing beeps, a human is asked', async () => {
    const number = anyNumber();
    const phone = await phoneAt(number, () => 'no-answer');
    const lost = callIdOf(
      await telephone(suite, {
        from: number,
        caller: scriptedCaller(['A man with a knife is threatening us in the office.']),
      }),
    );
    await expect.poll(() => stepsOf(lost)).toContain('human_asked');
    await expect.poll(() => stepsOf(lost)).toContain('page_raised');
    expect([phone.calls, phone.messages]).toEqual([[], []]);
  });
});
