import { describe, expect, it } from 'vitest';
import { LOCAL_ACCOUNT_SID } from './local-account.ts';
import { scriptedCaller, silentCaller } from './telephone.ts';
import { createTestCalls } from './test-call.ts';

const call = createTestCalls();
const LISTEN = '<Gather input="dtmf speech" action="/turn"><Say>Tell me.</Say></Gather>';

describe('a call', () => {
  it('begins, turns and ends with signed webhooks in the form of Twilio', async () => {
    const { seen, said, endedBy, status, faults, durationSeconds, callSid } = await call(
      {
        '/incoming-call': '<Redirect>/start-call?call=c1</Redirect>',
        '/start-call': LISTEN,
        '/turn': `<Say>Leave.</Say>${LISTEN}`,
      },
      { caller: scriptedCaller(['there is a fire']) },
    );
    expect(said).toEqual(['Tell me.', 'Leave.', 'Tell me.']);
    expect({ endedBy, status, faults, durationSeconds }).toEqual({
      endedBy: 'caller',
      status: 'completed',
      faults: [],
      durationSeconds: 1,
    });
    expect(seen.map(({ method, target, signed }) => [method, target, signed])).toEqual([
      ['POST', '/incoming-call', true],
      ['POST', '/start-call?call=c1', true],
      ['POST', '/turn', true],
      ['POST', '/call-status', true],
    ]);
    expect(seen[0]?.parameters).toMatchObject({
      CallSid: callSid,
      AccountSid: LOCAL_ACCOUNT_SID,
      CallStatus: 'ringing',
      From: '+15550100001',
      To: '+15550100002',
    });
    expect(seen[2]?.parameters).toMatchObject({
      CallStatus: 'in-progress',
      SpeechResult: 'there is a fire',
      Confidence: '0.9',
      Language: 'en-US',
    });
    expect(seen[3]?.parameters).toMatchObject({
      CallStatus: 'completed',
      CallDuration: '1',
      SequenceNumber: '0',
      CallbackSource: 'call-progress-events',
    });
  });

  it('tells what happens, in order', async () => {
    const { events } = await call(
      { '/incoming-call': LISTEN, '/turn': '<Hangup/>' },
      { caller: scriptedCaller([{ keys: '1#' }]) },
    );
    const sent = ['request-sent', 'request-answered'];
    expect(events.map(({ type }) => type)).toEqual([
      'call-started',
      ...sent,
      'said',
      'gather-opened',
      'keys',
      ...sent,
      'hung-up',
      'status-callback',
      ...sent,
    ]);
  });

  it.each(['anonymous', 'client:anna', ''])('can come from "%s"', async (from) => {
    const { seen } = await call({ '/incoming-call': '<Hangup/>' }, { from });
    expect(seen[0]).toMatchObject({ signed: true, parameters: { From: from, Caller: from } });
  });

  it('sends the caller silence, words and keys as they come', async () => {
    const { seen } = await call(
      {
        '/incoming-call': `<Gather input="dtmf speech" action="/turn" numDigits="1" actionOnEmptyResult="true"/>`,
        '/turn': `<Gather input="dtmf speech" action="/turn" numDigits="1" actionOnEmptyResult="true"/>`,
      },
      { caller: scriptedCaller([{ silent: true }, { keys: '9' }, { say: 'x', confidence: null }]) },
    );
    const turns = seen.filter(({ path }) => path === '/turn').map(({ parameters }) => parameters);
    expect(turns[0]).not.toHaveProperty('SpeechResult');
    expect(turns[0]).not.toHaveProperty('Digits');
    expect(turns[1]).toMatchObject({ Digits: '9', FinishedOnKey: '' });
    expect(turns[2]).toMatchObject({ SpeechResult: 'x' });
    expect(turns[2]).not.toHaveProperty('Confidence');
  });

  it('can send silence as an empty result', async () => {
    const gather = '<Gather input="speech" action="/turn" actionOnEmptyResult="true"/>';
    const { seen } = await call(
      { '/incoming-call': gather, '/turn': '<Hangup/>' },
      { caller: silentCaller(), emptyResult: 'empty' },
    );
    expect(seen[1]?.parameters).toMatchObject({ SpeechResult: '' });
  });

  it('falls through a Gather without input to the next verb', async () => {
    const { said, paths, endedBy } = await call(
      { '/incoming-call': `${LISTEN}<Say>Nobody there?</Say>` },
      { caller: silentCaller() },
    );
    expect(said).toEqual(['Tell me.', 'Nobody there?']);
    expect(paths).toEqual(['/incoming-call', '/call-status']);
    expect(endedBy).toBe('aurora');
  });

  it('says what was not heard', async () => {
    const { events, paths } = await call(
      { '/incoming-call': '<Gather action="/turn"/>' },
      { caller: scriptedCaller(['hello']) },
    );
    expect(events).toContainEqual({
      type: 'unheard',
      action: { say: 'hello' },
      reason: 'this Gather takes keys only',
    });
    expect(paths).not.toContain('/turn');
  });

  it('asks a Gather without action at the URL of its document', async () => {
    const { seen } = await call(
      {
        '/incoming-call': '<Redirect method="GET">/menu?level=2</Redirect>',
        '/menu': ({ parameters }) => (parameters.Digits ? '<Hangup/>' : '<Gather numDigits="1"/>'),
      },
      { caller: scriptedCaller([{ keys: '5' }]) },
    );
    expect(seen[1]).toMatchObject({ method: 'GET', path: '/menu', signed: true, body: '' });
    expect(seen[1]?.parameters).toMatchObject({ level: '2', CallStatus: 'ringing' });
    expect(seen[2]).toMatchObject({ method: 'POST', path: '/menu', signed: true });
  });

  it('plays, pauses and ends with the document', async () => {
    const { events, endedBy } = await call({
      '/incoming-call': '<Play>/siren.mp3</Play><Pause length="2"/><Say>Bye.</Say>',
    });
    expect(events).toContainEqual({ type: 'played', url: '/siren.mp3' });
    expect(events).toContainEqual({ type: 'paused', seconds: 2 });
    expect(endedBy).toBe('aurora');
  });

  it('skips what stands after a Redirect or a Hangup', async () => {
    const { said } = await call({
      '/incoming-call': '<Redirect>/next</Redirect><Say>never</Say>',
      '/next': '<Say>once</Say><Hangup/><Say>never</Say>',
    });
    expect(said).toEqual(['once']);
  });

  it.each([
    ['<Reject/>', 'no-answer'],
    ['<Reject reason="busy"/>', 'busy'],
  ])('that is rejected was never answered: %s', async (twiml, status) => {
    const result = await call({ '/incoming-call': twiml });
    expect(result).toMatchObject({ status, durationSeconds: 0, endedBy: 'aurora' });
    expect(result.seen.at(-1)?.parameters).toMatchObject({
      CallStatus: status,
      CallDuration: '0',
    });
  });

  it('that was answered is hung up by a Reject', async () => {
    const { status } = await call({ '/incoming-call': '<Say>Hi</Say><Reject/>' });
    expect(status).toBe('completed');
  });

  it('rings nobody in a Dial and says so', async () => {
    const { seen, said, events } = await call({
      '/incoming-call': '<Dial action="/dial-status"><Number>+15550100009</Number></Dial>',
      '/dial-status': '<Say>Nobody answers.</Say>',
    });
    expect(seen[1]?.parameters).toMatchObject({
      DialCallStatus: 'no-answer',
      DialBridged: 'false',
    });
    expect(said).toEqual(['Nobody answers.']);
    expect(events).toContainEqual({
      type: 'dialled',
      numbers: ['+15550100009'],
      status: 'no-answer',
    });
  });

  it('takes the outcome of a Dial from the test', async () => {
    const { seen } = await call(
      {
        '/incoming-call': '<Dial action="/dial-status" timeout="20">+15550100009</Dial>',
        '/dial-status': '<Hangup/>',
      },
      {
        dialOutcome: ({ numbers, attributes }) => ({
          status: numbers[0] === '+15550100009' ? 'completed' : 'failed',
          durationInSeconds: Number(attributes.timeout),
        }),
      },
    );
    expect(seen[1]?.parameters).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '20',
    });
  });

  it('goes on after a Dial without action', async () => {
    const { said } = await call({ '/incoming-call': '<Dial>+15550100009</Dial><Say>Well.</Say>' });
    expect(said).toEqual(['Well.']);
  });

  it('needs no status callback and no fallback', async () => {
    const { paths } = await call(
      { '/incoming-call': 500 },
      { statusCallbackUrl: '', fallbackUrl: '' },
    );
    expect(paths).toEqual(['/incoming-call']);
  });

  it('fails with what the caller throws, and the call is over', async () => {
    const caller = {
      next: () => {
        throw new Error('the script has a mistake');
      },
    };
    const failing = call({ '/incoming-call': LISTEN }, { caller });
    await expect(failing).rejects.toThrow('the script has a mistake');
  });
});
