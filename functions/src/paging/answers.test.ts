import { describe, expect, it } from 'vitest';
import { at } from '../calls/events.fixture.ts';
import { readLink, writeLink } from '../webhooks/link.ts';
import { formRecord } from '../webhooks/parameters.ts';
import { actionOf, saidIn } from '../webhooks/webhooks.fixture.ts';
import type { Key } from './answers.ts';
import {
  ASHA,
  BASE,
  CALL_ID,
  CALL_SID,
  COMPANY_NUMBER,
  OTHER_ID,
  OTHER_STARTED,
  RAVI,
  type Rung,
  usePaging,
} from './paging.fixture.ts';
import { createPageWebhooks } from './webhooks.ts';

const setUpPaging = usePaging();

async function setUp(options: Parameters<typeof setUpPaging>[0] = {}) {
  const paging = setUpPaging(options);
  await paging.start();
  await paging.pager.raise({ callId: CALL_ID, why: 'critical' });
  const webhooks = createPageWebhooks({ ...paging, publicBaseUrl: BASE });
  const joining = createPageWebhooks({
    ...paging,
    publicBaseUrl: BASE,
    join: async ({ callId, adminId, legSid }) =>
      `<Response><Say>${callId === CALL_ID} ${adminId} ${legSid === LEG}</Say></Response>`,
  });
  const answer = (adminId: string, key: Key) =>
    paging.answers.answer({ callId: CALL_ID, adminId, key, channel: 'voice' });
  const sms = (from: string, body: string) =>
    paging.answerBySms({ from, to: COMPANY_NUMBER, body });
  const callTo = (phone: string) =>
    paging.rung.find(({ kind, to }) => kind === 'call' && to === phone) as Rung;
  return { ...paging, webhooks, joining, answer, sms, callTo };
}

const LEG = `CA${'7'.repeat(32)}`;

function accepted(address: string, form: Record<string, string> = {}) {
  const query = new URL(address).searchParams;
  return {
    query,
    form: { ...formRecord(new URLSearchParams()), CallSid: LEG, ...form },
    link: readLink(query),
  };
}

const twimlOf = (answer: object) => (answer as { twiml: string }).twiml;

describe('somebody who accepts', () => {
  it('has it alone; the others are told who, and are rung off', async () => {
    const { answer, rung, hungUp, steps, store } = await setUp();
    expect(await answer('asha', '1')).toEqual({ outcome: 'accepted', seconds: 60 });
    expect(await answer('ravi', '1')).toEqual({ outcome: 'taken', name: 'Asha Verma' });
    expect(rung.slice(4)).toMatchObject([
      { kind: 'text', to: RAVI.phone, body: expect.stringContaining('Asha Verma has accepted') },
    ]);
    const attempts = (await store.read(CALL_ID))?.attempts ?? {};
    expect(hungUp).toEqual([attempts['0-ravi-voice']?.sid]);
    expect(await steps()).toContainEqual(
      expect.objectContaining({ step: 'page_accepted', by: 'asha', channel: 'voice', round: 1 }),
    );
  });

  it('by text is not rung any longer', async () => {
    const { sms, hungUp, store } = await setUp();
    await sms(ASHA.phone, '1');
    const attempts = (await store.read(CALL_ID))?.attempts ?? {};
    const rung = [attempts['0-asha-voice']?.sid, attempts['0-ravi-voice']?.sid];
    expect([...hungUp].sort()).toEqual([...rung].sort());
  });

  it('is one of several who do so at once', async () => {
    const { answer, steps } = await setUp();
    const all = await Promise.all(['asha', 'ravi', 'asha', 'ravi'].map((id) => answer(id, '1')));
    expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(['accepted', 'taken']));
    expect((await steps()).filter(({ step }) => step === 'page_accepted')).toHaveLength(1);
  });

  it('and does not follow it up in 60 s has others asked', async () => {
    const { answer, pager, pass, queued, now, rung, steps } = await setUp();
    const until = now() + 60_000;
    await answer('asha', '1');
    expect(queued.at(-1)).toEqual({ task: { call_id: CALL_ID, due: until }, at: until });
    pass(59);
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 0, until });
    pass(1);
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 1 });
    expect(rung.filter(({ kind }) => kind === 'call')).toHaveLength(4);
    expect(await steps()).toContainEqual(
      expect.objectContaining({ step: 'page_unanswered', whom: 'asha', reason: 'not_followed' }),
    );
  });

  it('and joins by telephone, if only to listen, has followed it up', async () => {
    const { answer, apply, pager, pass, steps } = await setUp();
    await answer('asha', '1');
    const entry = { at: at(30), step: 'joined', by: 'asha', channel: 'listen' } as const;
    await apply([{ type: 'timeline_added', call_id: CALL_ID, id: 't0123456789abcdef', entry }]);
    pass(60);
    await pager.runDue(CALL_ID);
    expect(await steps()).toContainEqual(
      expect.objectContaining({ step: 'page_closed', reason: 'held', by: 'asha' }),
    );
  });

  it('may not, once they act on calls no more (I6)', async () => {
    const { answer, store } = await setUp();
    expect(await answer('somebody_else', '1')).toEqual({ outcome: 'over' });
    expect((await store.read(CALL_ID))?.accepted).toBeUndefined();
  });
});

describe('somebody who passes on', () => {
  it('and after them everybody, has the next step begun at once', async () => {
    const { answer, rung, steps } = await setUp({
      reaching: {
        steps: [
          { who: ['asha'], wait_seconds: 30 },
          { who: ['everyone'], wait_seconds: 60 },
        ],
      },
    });
    expect(rung).toHaveLength(2);
    expect(await answer('asha', '5')).toEqual({ outcome: 'passed_on' });
    await expect.poll(() => rung.slice(2).map(({ to }) => to)).toEqual([RAVI.phone, RAVI.phone]);
    expect(await steps()).toContainEqual(
      expect.objectContaining({ step: 'page_passed_on', by: 'asha' }),
    );
  });

  it('alone is not asked again, and the others have their time', async () => {
    const { answer, pager, pass, rung } = await setUp();
    await answer('asha', '5');
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 0 });
    pass(30);
    await pager.runDue(CALL_ID);
    expect(rung.slice(4).map(({ to }) => to)).toEqual([RAVI.phone, RAVI.phone]);
  });
});

describe('somebody who says that it is over', () => {
  it('closes the chain for all, and CRITICAL words after it fetch people anew', async () => {
    const { answer, pager, pass, rung, steps, now } = await setUp();
    expect(await answer('ravi', '6')).toEqual({ outcome: 'closed' });
    expect(await answer('asha', '1')).toEqual({ outcome: 'over', name: 'Ravi Kumar' });
    expect(rung.slice(4)).toMatchObject([
      { to: ASHA.phone, body: 'Aurora: Ravi Kumar says that it is over.' },
    ]);
    const late = { callId: CALL_ID, why: 'critical', at: now() } as const;
    expect(await pager.raise(late)).toBe('known');
    pass(10);
    expect(await pager.raise({ ...late, at: now() })).toBe('opened');
    expect((await steps()).filter(({ step }) => step === 'page_raised')).toHaveLength(2);
  });
});

describe('an answer by SMS', () => {
  it.each([
    ['1', 'You have it. Take the call over within 60 s: https://aurora.example'],
    [' 5.', 'Somebody else is asked.'],
    ['6', 'It is noted as over.'],
  ])('"%s" counts as the key does', async (body, reply) => {
    const { sms } = await setUp();
    expect(await sms(ASHA.phone, body)).toBe(reply);
  });

  it.each(['fire in hall 2', 'yes', '11', '1 fire', '9', ''])(
    'is not seen in "%s": it may be a cry for help',
    async (body) => {
      const { sms, store } = await setUp();
      expect(await sms(ASHA.phone, body)).toBeUndefined();
      expect((await store.read(CALL_ID))?.accepted).toBeUndefined();
    },
  );

  it('is not seen from a stranger, nor to another company’s number (I6)', async () => {
    const { sms, answerBySms } = await setUp();
    expect(await sms('+15550100099', '1')).toBeUndefined();
    const elsewhere = { from: ASHA.phone, to: '+15550100003', body: '1' };
    expect(await answerBySms(elsewhere)).toBeUndefined();
  });

  it('names its call where several are asked about', async () => {
    const { sms, start, pager, store } = await setUp();
    await start({ ...OTHER_STARTED, at: at(-7_200), site_id: 'elsewhere' });
    await pager.raise({ callId: OTHER_ID, why: 'silent' });
    const list = await sms(ASHA.phone, '1');
    expect(list).toContain('1) CRITICAL');
    expect(list).toContain('2) NORMAL: the caller says nothing');
    expect(await sms(ASHA.phone, '1 3')).toBe(list);
    expect(await sms(ASHA.phone, '1 2')).toContain('You have it');
    expect((await store.read(OTHER_ID))?.accepted?.by).toBe('asha');
    expect((await store.read(CALL_ID))?.accepted).toBeUndefined();
  });

  it('that comes late is told that it is over, and means danger again after that', async () => {
    const { sms, answer, pass } = await setUp();
    await answer('ravi', '6');
    expect(await sms(ASHA.phone, '1')).toBe('That is over already.');
    pass(16 * 60);
    expect(await sms(ASHA.phone, '1')).toBeUndefined();
  });
});

describe('a call to somebody on call', () => {
  it('says it twice and takes a key, which counts without the instance that rang', async () => {
    const { webhooks, callTo, store } = await setUp();
    const document = twimlOf(await webhooks.pageCall(accepted(callTo(ASHA.phone).url ?? '')));
    expect(document.match(/<Gather/g)).toHaveLength(2);
    expect(saidIn(document)).toContain('Critical call');
    expect(saidIn(document)).toContain('Press 1 to take it');
    const done = await webhooks.pageAnswer(accepted(actionOf(document), { Digits: '1' }));
    expect(saidIn(twimlOf(done))).toContain('Open the dashboard');
    expect((await store.read(CALL_ID))?.accepted?.by).toBe('asha');
  });

  it('offers to speak with the caller at once, where that can be', async () => {
    const { joining, callTo } = await setUp();
    const address = callTo(ASHA.phone).url?.replace('/page-call', '/page-answer') ?? '';
    const offer = twimlOf(await joining.pageAnswer(accepted(address, { Digits: '1' })));
    expect(saidIn(offer)).toContain('Press 1 again to speak with the caller');
    const join = (Digits: string) => joining.pageAnswer(accepted(actionOf(offer), { Digits }));
    expect(saidIn(twimlOf(await join('1')))).toBe('true asha true');
    expect(saidIn(twimlOf(await join('')))).toContain('Open the dashboard');
  });

  it.each(['machine_start', 'machine_end_beep', 'fax'])(
    'that %s has answered is hung up and is no answer',
    async (AnsweredBy) => {
      const { webhooks, callTo, store, steps } = await setUp();
      const address = callTo(ASHA.phone).url ?? '';
      const document = twimlOf(await webhooks.pageCall(accepted(address, { AnsweredBy })));
      expect(document).toContain('<Hangup/>');
      expect(document).not.toContain('<Say');
      expect((await store.read(CALL_ID))?.accepted).toBeUndefined();
      expect(await steps()).toContainEqual(
        expect.objectContaining({ step: 'page_unanswered', whom: 'asha', reason: 'voicemail' }),
      );
    },
  );

  it.each([
    ['no-answer', 'page_unanswered'],
    ['busy', 'page_unanswered'],
    ['failed', 'page_failed'],
    ['completed', 'page_unanswered'],
  ])('that ends with %s is told so on the timeline, once', async (CallStatus, step) => {
    const { webhooks, callTo, steps } = await setUp();
    const address = callTo(ASHA.phone).statusCallback ?? '';
    for (let time = 0; time < 2; time++) {
      expect(await webhooks.pageStatus(accepted(address, { CallStatus }))).toEqual({ status: 204 });
    }
    const told = (await steps()).filter((entry) => entry.step === step && entry.whom === 'asha');
    expect(told).toHaveLength(1);
  });

  it('is no missed call where its person has answered, or somebody else had', async () => {
    const { webhooks, answer, callTo, steps } = await setUp();
    await answer('asha', '1');
    for (const { phone } of [ASHA, RAVI]) {
      const address = callTo(phone).statusCallback ?? '';
      await webhooks.pageStatus(accepted(address, { CallStatus: 'completed' }));
    }
    expect((await steps()).map(({ step }) => step)).not.toContain('page_unanswered');
  });

  it('asks for nothing any more when somebody else has accepted', async () => {
    const { webhooks, answer, callTo } = await setUp();
    await answer('ravi', '1');
    const document = twimlOf(await webhooks.pageCall(accepted(callTo(ASHA.phone).url ?? '')));
    expect(document).not.toContain('<Gather');
    expect(saidIn(document)).toContain('over already');
  });

  it('brings the next step at once when every call and message of this one has failed', async () => {
    const { webhooks, rung, store } = await setUp();
    for (const { statusCallback = '', kind } of [...rung]) {
      const form: [string, string] =
        kind === 'call' ? ['CallStatus', 'failed'] : ['MessageStatus', 'undelivered'];
      await webhooks.pageStatus(accepted(statusCallback, Object.fromEntries([form])));
    }
    await expect.poll(async () => (await store.read(CALL_ID))?.next).toBe(2);
  });
});

describe('the emergency number on the line', () => {
  const link = {
    call: CALL_ID,
    company: 'demo',
    startedAt: at(0),
    emergencyNumber: '108',
    turn: { n: 3, random: 'abcdef0123' },
    urgency: 'CRITICAL',
    confirmed: false,
    badlyHeard: 0,
    slow: false,
    silences: 0,
    epoch: 0,
    language: 'en-IN',
    languages: ['en-IN'],
  } as const;
  const address = `${BASE}/emergency-ended?${writeLink(link)}&round=1`;

  it.each([
    ['completed', 'emergency_answered', 'Aurora again'],
    ['busy', 'emergency_failed', 'I could not reach 108'],
  ])(
    'that ends with %s leaves the caller with Aurora, and an open line (I8)',
    async (DialCallStatus, step, words) => {
      const { webhooks, steps } = await setUp();
      const document = twimlOf(
        await webhooks.emergencyEnded(accepted(address, { DialCallStatus })),
      );
      expect(saidIn(document)).toContain(words);
      expect(actionOf(document)).toContain('/process-speech');
      expect((await steps()).map((entry) => entry.step)).toContain(step);
    },
  );

  it('that is answered is told while it speaks', async () => {
    const { webhooks, steps } = await setUp();
    const status = accepted(address, { CallSid: CALL_SID, CallStatus: 'in-progress' });
    expect(await webhooks.emergencyStatus(status)).toEqual({ status: 204 });
    expect((await steps()).map(({ step }) => step)).toContain('emergency_answered');
  });
});
