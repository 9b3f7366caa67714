import { describe, expect, it } from 'vitest';
import { createWorkerLookup } from '../access/worker-lookup.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { optOutKey } from '../calls/opt-outs.ts';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { live, stored } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createCounts } from './counts.ts';
import { recordingTwilio } from './outbound.fixture.ts';
import { createOutbound, type OutboundCall, type OutboundOptions } from './outbound.ts';
import { createPeople } from './people.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();

const [CALLER, DIALLED, ADMIN, WORKER] = [
  '+15550100001',
  '+15550100002',
  '+919812345678',
  '+919812345679',
];
const CALL_ID = 'call_15550100001_20251004_143000_0000f1';
const HOUR = 60 * 60 * 1_000;

const caps = {
  callsPerCaller: 2,
  textsPerCaller: 3,
  toCallers: 4,
  perPerson: 3,
  toPeople: 100,
};

async function setUp(options: Partial<OutboundOptions> = {}) {
  const database = realtimeDatabase.emptyDatabase();
  const firestore = emptyFirestore();
  const admin = { email: 'a@x.example', name: 'A', company_id: 'steel', role: 'supervisor' };
  await firestore.doc(stored.admin('asha')).set({ ...admin, phone: ADMIN });
  await firestore
    .doc(stored.admin('gone'))
    .set({ ...admin, phone: '+919812345000', disabled: true });
  await firestore
    .doc(stored.worker('wei'))
    .set({ company_id: 'steel', mobile_no: WORKER, name: 'W' });
  const twilio = recordingTwilio();
  const { log, lines } = recordingLog();
  const clock = { ms: Date.parse('2025-10-04T09:00:00Z') };
  const now = () => clock.ms;
  const outbound = createOutbound({
    calls: twilio.calls,
    messages: twilio.messages,
    people: createPeople({
      firestore: async () => firestore,
      findWorker: createWorkerLookup({ firestore: async () => firestore, log }),
      now,
    }),
    counts: createCounts({ database, now }),
    caps,
    numbersOf: async (callId) =>
      callId === CALL_ID ? { companyId: 'steel', mobileNo: CALLER, dialledNo: DIALLED } : undefined,
    countriesOf: async () => [],
    emergencyNumbersOf: async () => ['112', '+4989112'],
    database,
    log,
    ...options,
  });
  const ring = (to: string, change: Partial<OutboundCall> = {}) =>
    outbound.call({
      companyId: 'steel',
      callId: CALL_ID,
      to,
      from: DIALLED,
      purpose: 'page',
      url: 'https://aurora.example.com/page-call',
      statusCallback: 'https://aurora.example.com/page-status',
      ...change,
    });
  const write = (to: string, purpose: OutboundCall['purpose'] = 'caller') =>
    outbound.text({ companyId: 'steel', callId: CALL_ID, to, from: DIALLED, purpose, body: 'x' });
  return { database, firestore, twilio, lines, clock, ring, write };
}

describe('a person of the company', () => {
  it.each([ADMIN, WORKER])('is rung and texted: %s', async (number) => {
    const { ring, write, twilio } = await setUp();
    expect(await ring(number)).toEqual({ sid: expect.stringMatching(/^CA/) });
    expect(await write(number, 'page')).toEqual({ sid: expect.stringMatching(/^SM/) });
    expect([twilio.placed[0]?.to, twilio.sent[0]?.to]).toEqual([number, number]);
  });

  it.each([
    ['of another company', ADMIN, { companyId: 'paper' }],
    ['who is disabled', '+919812345000', {}],
    ['whom nobody knows', '+919800000000', {}],
  ])('is not one %s', async (_name, to, change) => {
    const { ring, twilio } = await setUp();
    expect(await ring(to, change)).toEqual({
      refused: 'not_allowed',
      reason: 'nobody_of_the_company',
    });
    expect(twilio.placed).toEqual([]);
  });

  it('is told by WhatsApp too', async () => {
    const { write, twilio } = await setUp();
    await write(`whatsapp:${ADMIN}`, 'page');
    expect(twilio.sent[0]?.to).toBe(`whatsapp:${ADMIN}`);
  });
});

describe('a caller', () => {
  it('is reached at the number that the call came from, and at no other', async () => {
    const { ring } = await setUp();
    expect(await ring(CALLER, { purpose: 'caller' })).toHaveProperty('sid');
    expect(await ring('+15550100009', { purpose: 'caller' })).toEqual({
      refused: 'not_allowed',
      reason: 'not_the_caller',
    });
  });

  it('is not reached for the sake of a call of another company (I6)', async () => {
    const { ring } = await setUp();
    const refused = await ring(CALLER, { purpose: 'caller', companyId: 'paper' });
    expect(refused).toEqual({ refused: 'not_allowed', reason: 'not_the_caller' });
  });

  it('is reached in the countries that the company names, a worker in every one', async () => {
    const numbers = { companyId: 'steel', mobileNo: '+447400123456', dialledNo: DIALLED };
    const own = { numbersOf: async () => numbers };
    const abroad = await setUp(own);
    expect(await abroad.ring(numbers.mobileNo, { purpose: 'caller' })).toEqual({
      refused: 'not_allowed',
      reason: 'country_not_allowed',
    });
    const allowed = await setUp({ ...own, countriesOf: async () => ['IN', 'GB'] });
    expect(await allowed.ring(numbers.mobileNo, { purpose: 'caller' })).toHaveProperty('sid');
    expect(await abroad.ring(WORKER, { purpose: 'caller' })).toHaveProperty('sid');
  });

  it.each(['anonymous', '+266696687', '+112', '112', '', 'client:alice', '+1555'])(
    'who has no telephone number is not: %j',
    async (to) => {
      const { ring, twilio } = await setUp({
        numbersOf: async () => ({ companyId: 'steel', mobileNo: to, dialledNo: DIALLED }),
      });
      expect(await ring(to, { purpose: 'caller' })).toMatchObject({ refused: 'no_number' });
      expect(twilio.placed).toEqual([]);
    },
  );

  it.each(['+19005551234', '+447090123456', '+979123456789'])(
    'is not rung where somebody earns by it: %s',
    async (to) => {
      const { ring } = await setUp({
        numbersOf: async () => ({ companyId: 'steel', mobileNo: to, dialledNo: to }),
        countriesOf: async () => ['US', 'GB'],
      });
      expect(await ring(to, { purpose: 'caller' })).toEqual({
        refused: 'not_allowed',
        reason: 'costly',
      });
    },
  );

  it('who wrote STOP is texted no more, and rung all the same', async () => {
    const { database, ring, write, twilio } = await setUp();
    await database.create(live.optOut(optOutKey('steel', CALLER)), {
      at: '2025-10-04T14:00:00+05:30',
    });
    expect(await write(CALLER)).toEqual({ refused: 'opted_out' });
    expect(await ring(CALLER, { purpose: 'caller' })).toHaveProperty('sid');
    expect(twilio.sent).toEqual([]);
  });
});

describe('what is sent within an hour', () => {
  it('is capped for one number, calls apart from texts, and begins anew with the next hour', async () => {
    const { ring, write, clock } = await setUp({ caps: { ...caps, toCallers: 100 } });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await ring(CALLER, { purpose: 'caller' }));
    expect(answers.map((sent) => 'sid' in sent)).toEqual([true, true, false]);
    expect(answers[2]).toEqual({ refused: 'capped' });
    expect(await write(CALLER)).toHaveProperty('sid');
    clock.ms += HOUR;
    expect(await ring(CALLER, { purpose: 'caller' })).toHaveProperty('sid');
  });

  it('is capped for one company, callers apart from its people', async () => {
    const { ring, write } = await setUp();
    await ring(CALLER, { purpose: 'caller' });
    for (let i = 0; i < 3; i++) await write(CALLER);
    expect(await ring(WORKER, { purpose: 'caller' })).toEqual({ refused: 'capped' });
    expect(await ring(WORKER)).toHaveProperty('sid');
  });

  it('never exceeds its cap, however many are sent at once', async () => {
    const { ring, twilio } = await setUp({ caps: { ...caps, callsPerCaller: 5, toCallers: 100 } });
    await Promise.all(Array.from({ length: 12 }, () => ring(CALLER, { purpose: 'caller' })));
    expect(twilio.placed).toHaveLength(5);
  });

  it('leaves no number in the paths of its counters', async () => {
    const { database, ring } = await setUp();
    await ring(CALLER, { purpose: 'caller' });
    const { value } = await database.read(live.sendCounts);
    expect(JSON.stringify(value)).not.toContain('5550100001');
  });
});

describe('the emergency number', () => {
  it('is dialled as it was set, however short and often, and no other one', async () => {
    const { ring, twilio } = await setUp();
    for (let i = 0; i < 8; i++) await ring('112', { purpose: 'emergency' });
    expect(twilio.placed).toHaveLength(8);
    expect(await ring('911', { purpose: 'emergency' })).toMatchObject({ refused: 'not_allowed' });
    expect(await ring('112', { purpose: 'page' })).toMatchObject({ refused: 'no_number' });
  });
});

describe('where it can not be looked up whether somebody may be reached', () => {
  const away = () => Promise.reject(new AuroraError(503, 'database_away', 'Away.'));

  it.each([
    ['who has the number', { people: { isPerson: away } }],
    ['how much was sent', { counts: { take: away } }],
  ])('(%s) people on call are reached all the same, and a caller is not', async (_name, broken) => {
    const { ring, lines, twilio } = await setUp(broken);
    expect(await ring(ADMIN)).toHaveProperty('sid');
    expect(await ring('112', { purpose: 'emergency' })).toHaveProperty('sid');
    expect(await ring(CALLER, { purpose: 'caller' })).toEqual({
      refused: 'failed',
      reason: 'look_up_failed',
    });
    expect(twilio.placed).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/[0-9]{9}/);
  });

  it('no costly number is reached even then', async () => {
    const { ring } = await setUp({ people: { isPerson: away } });
    expect(await ring('+19005551234')).toMatchObject({ refused: 'not_allowed' });
    expect(await ring('anonymous')).toMatchObject({ refused: 'not_allowed' });
  });
});

describe('what Twilio does not take', () => {
  it('is told with its status, and with whether it may have been done', async () => {
    const { ring, twilio, lines } = await setUp();
    twilio.refuses(400);
    expect(await ring(ADMIN)).toEqual({ refused: 'failed', reason: 'twilio_400' });
    twilio.isAway();
    expect(await ring(ADMIN)).toEqual({ refused: 'failed', reason: 'twilio_away' });
    expect(JSON.stringify(lines)).not.toContain(ADMIN.slice(1));
  });
});

describe('without a number to reach somebody from', () => {
  it('nobody is reached', async () => {
    const { ring, twilio } = await setUp();
    expect(await ring(ADMIN, { from: 'client:alice' })).toMatchObject({ refused: 'no_number' });
    expect(twilio.placed).toEqual([]);
  });
});
