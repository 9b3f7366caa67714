import { describe, expect, it } from 'vitest';
import { createHandset, type OnRing, scriptedCaller } from './telephone.ts';
import type { Answer } from './test-aurora.ts';
import { createTestExchange, heard } from './test-exchange.ts';

const exchange = createTestExchange();
const PATIENT = { timeout: 5_000 };
const SITE = '112';

const DIAL = `<Dial action="/dialled"><Number url="/whisper" statusCallback="/progress" statusCallbackEvent="initiated ringing answered completed">${SITE}</Number></Dial>`;
const ANSWERS: Record<string, Answer> = {
  '/incoming-call': DIAL,
  '/whisper': '<Say>A call from Aurora.</Say>',
  '/progress': 204,
  '/dialled': '<Say>Aurora is back.</Say><Hangup/>',
};

describe.each(['in this process', 'in another process'])(
  'a number with a telephone %s',
  (where) => {
    const lines = async () =>
      where === 'in this process' ? exchange.server().switchboard : exchange.connect();

    async function start(onRing: OnRing) {
      const aurora = await exchange.startAurora(ANSWERS);
      const phone = await exchange.plugIn({ number: SITE, line: await lines(), onRing });
      const worker = exchange.dial({ switchboard: await lines() });
      return { aurora, phone, worker, call: await phone.nextCall() };
    }

    it('is rung by a Dial, hears what its URL says, and talks to the caller', async () => {
      const handset = createHandset();
      const { aurora, worker, call } = await start(() => ({ answer: handset.caller }));
      await call.hears('A call from Aurora.');
      worker.say('There is a fire.');
      await call.hears('There is a fire.');
      handset.say('We are on our way.');
      await expect
        .poll(() => heard(worker.events).map((line) => line.split(': ')[1]), PATIENT)
        .toEqual(['We are on our way.']);
      call.hangUp();
      const { callSid, said, faults } = await worker.result;
      expect({ said, faults }).toEqual({ said: ['Aurora is back.'], faults: [] });
      const dialled = aurora.seen.find(({ path }) => path === '/dialled');
      expect(dialled).toMatchObject({
        signed: true,
        parameters: {
          CallSid: callSid,
          DialCallSid: call.callSid,
          DialCallStatus: 'completed',
          DialBridged: 'true',
          DialCallDuration: '1',
        },
      });
      const whisper = aurora.seen.find(({ path }) => path === '/whisper');
      expect(whisper?.parameters).toMatchObject({
        CallSid: call.callSid,
        ParentCallSid: callSid,
        Direction: 'outbound-dial',
        To: SITE,
        From: '+15550100001',
      });
      const progress = aurora.seen.filter(({ path }) => path === '/progress');
      expect(progress.map(({ parameters }) => parameters.CallStatus).sort()).toEqual(
        ['initiated', 'ringing', 'in-progress', 'completed'].sort(),
      );
      const child = await exchange.client().calls(call.callSid).fetch();
      expect(child).toMatchObject({ parentCallSid: callSid, direction: 'outbound-dial' });
      // The two legs are no conference that anybody is told of.
      expect(await exchange.client().conferences.list()).toEqual([]);
    });

    it.each(['busy', 'no-answer'] as const)('is %s, and the Dial goes on', async (status) => {
      const { aurora, worker } = await start(() => status);
      expect((await worker.result).said).toEqual(['Aurora is back.']);
      const dialled = aurora.seen.find(({ path }) => path === '/dialled');
      expect(dialled?.parameters).toMatchObject({ DialCallStatus: status, DialBridged: 'false' });
    });

    it('stops ringing when the caller hangs up', async () => {
      const { worker, call } = await start(() => new Promise(() => {}));
      worker.hangUp();
      expect(await call.result).toMatchObject({ status: 'canceled' });
    });

    it('is hung up when the caller hangs up while they talk', async () => {
      const { worker, call } = await start(() => ({
        answer: scriptedCaller([], { silent: true }),
      }));
      worker.say('Bye.');
      await call.hears('Bye.');
      worker.hangUp();
      expect(await call.result).toMatchObject({ status: 'completed', endedBy: 'aurora' });
    });

    it('is left when the caller is redirected', async () => {
      const { worker, call } = await start(() => ({
        answer: scriptedCaller([], { silent: true }),
      }));
      await call.hears('A call from Aurora.');
      const [parent] = await exchange.client().calls.list({ to: '+15550100002' });
      await exchange
        .client()
        .calls(parent?.sid ?? '')
        .update({ twiml: '<Response><Say>Anna is here.</Say></Response>' });
      expect((await worker.result).said).toEqual(['Anna is here.']);
      expect(await call.result).toMatchObject({ status: 'completed' });
    });
  },
);

describe('a Dial', () => {
  it('comes to what it was told, though a telephone is plugged in', async () => {
    const aurora = await exchange.startAurora(ANSWERS);
    const phone = await exchange.plugIn({ number: SITE });
    const dialOutcome = () => ({ status: 'completed', durationInSeconds: 7 }) as const;
    await exchange.dial({ dialOutcome }).result;
    const dialled = aurora.seen.find(({ path }) => path === '/dialled');
    expect(dialled?.parameters).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '7',
    });
    expect(phone.calls).toEqual([]);
  });

  it('to a number without a telephone is not answered', async () => {
    const aurora = await exchange.startAurora(ANSWERS);
    await exchange.dial().result;
    const dialled = aurora.seen.find(({ path }) => path === '/dialled');
    expect(dialled?.parameters).toMatchObject({ DialCallStatus: 'no-answer' });
  });
});

describe('a telephone that goes away in a call', () => {
  it('has hung up, and the status callback is told', async () => {
    const aurora = await exchange.startAurora({
      '/page-call': '<Gather input="dtmf" action="/page-answer"><Say>Press 1.</Say></Gather>',
      '/progress': 204,
    });
    const line = await exchange.connect();
    const onRing = () => ({ answer: createHandset().caller });
    const phone = await exchange.plugIn({ number: '+15550100010', line, onRing });
    const { sid } = await exchange.client().calls.create({
      to: phone.number,
      from: '+15550100002',
      url: `${aurora.baseUrl}/page-call`,
      statusCallback: `${aurora.baseUrl}/progress`,
    });
    await (await phone.nextCall()).hears('Press 1.');
    line.close();
    const over = { CallSid: sid, CallStatus: 'completed', CallDuration: '1' };
    await expect
      .poll(() => aurora.seen.find(({ path }) => path === '/progress')?.parameters, PATIENT)
      .toMatchObject(over);
    expect(await exchange.client().calls(sid).fetch()).toMatchObject({ status: 'completed' });
  });
});
