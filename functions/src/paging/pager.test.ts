import { describe, expect, it } from 'vitest';
import { at, ended, judged } from '../calls/events.fixture.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { writeLink } from '../webhooks/link.ts';
import { actionOf, saidIn } from '../webhooks/webhooks.fixture.ts';
import { ASHA, CALL_ID, CALL_SID, RAVI, usePaging, WITH_NUMBER } from './paging.fixture.ts';

const setUp = usePaging();
const critical = { callId: CALL_ID, why: 'critical' } as const;
const names = (steps: { step: string }[]) => steps.map(({ step }) => step);

const LINK = {
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
  language: 'es-MX',
  languages: ['es-MX'],
} as const;

const lineMoved = {
  type: 'line_moved',
  call_id: CALL_ID,
  at: at(9),
  line: { epoch: 0, turn: 3, link: writeLink(LINK) },
} as const;

const heldBy = (id: string, until: string) =>
  ({
    type: 'owner_changed',
    call_id: CALL_ID,
    at: at(12),
    owner: { kind: 'supervisor', id, epoch: 1, until },
  }) as const;

describe('people on call', () => {
  it('are texted and rung at once, and it stands on the timeline', async () => {
    const { pager, start, rung, steps } = setUp();
    await start();
    expect(await pager.raise(critical)).toBe('opened');
    expect(rung.map(({ kind, to }) => [kind, to])).toEqual([
      ['text', ASHA.phone],
      ['text', RAVI.phone],
      ['call', ASHA.phone],
      ['call', RAVI.phone],
    ]);
    expect(
      (await steps()).map(({ step, whom, channel, round }) => [step, whom, channel, round]),
    ).toEqual(
      expect.arrayContaining([
        ['page_raised', undefined, undefined, undefined],
        ['page_sent', 'asha', 'sms', 1],
        ['page_sent', 'ravi', 'sms', 1],
        ['page_sent', 'asha', 'voice', 1],
        ['page_sent', 'ravi', 'voice', 1],
      ]),
    );
  });

  it('are fetched for every question without an answer, unless the company says otherwise', async () => {
    const question = { callId: CALL_ID, why: 'ungrounded', calm: true } as const;
    const always = setUp();
    await always.start();
    expect(await always.pager.raise(question)).toBe('opened');
    const urgent = setUp({ reaching: { unanswered: 'urgent' } });
    await urgent.start();
    expect(await urgent.pager.raise(question)).toBe('unwanted');
    expect([urgent.rung, urgent.queued, await urgent.steps()]).toEqual([[], [], []]);
  });

  it.each([
    ['is urgent itself', { why: 'ungrounded' }, 'NORMAL'],
    ['comes in an urgent call', { why: 'ungrounded', calm: true }, 'URGENT'],
    ['is the wish for a person', { why: 'asked' }, 'NORMAL'],
    ['is silence', { why: 'silent' }, 'NORMAL'],
  ] as const)('are fetched in any case where it %s', async (_, wish, urgency) => {
    const { pager, start, apply, rung } = setUp({ reaching: { unanswered: 'urgent' } });
    await start();
    await apply([judged(urgency, 1)]);
    expect(await pager.raise({ callId: CALL_ID, ...wish })).toBe('opened');
    expect(rung).toHaveLength(4);
  });

  it('read what is known and how to answer, and never the number or the words of the caller', async () => {
    const { pager, start, apply, rung } = setUp();
    await start();
    const fact = { confidence: 0.9, turn: 1, at: at(1), by: 'words' } as const;
    const facts = {
      hazard: { value: 'gas-leak', ...fact },
      where: { value: 'hall 3', ...fact },
      injured: { value: '2', ...fact },
    };
    await apply([{ type: 'facts_reported', call_id: CALL_ID, at: at(1), facts }]);
    await pager.raise(critical);
    expect(rung[0]?.body).toBe(
      'Aurora CRITICAL: gas leak, hall 3. Caller: number ending in 001. Reply 1 to accept, 5 to pass on, 6 if it is over. https://aurora.example',
    );
  });

  it('are paged once, however often and wherever it is raised (I3)', async () => {
    const { pager, start, rung, steps } = setUp();
    await start();
    await Promise.all([pager.raise(critical), pager.raise(critical), pager.raise(critical)]);
    await pager.raise(critical);
    expect(rung).toHaveLength(4);
    expect(names(await steps()).filter((step) => step === 'page_raised')).toHaveLength(1);
  });

  it('are paged for a call that its own task has not made live yet', async () => {
    const { pager, rung, steps } = setUp();
    expect(await pager.raise({ ...critical, started: WITH_NUMBER })).toBe('opened');
    expect(rung).toHaveLength(4);
    expect(names(await steps())).toContain('page_raised');
  });

  it('are not paged for a call that is archived, however late a task comes (I4)', async () => {
    const { pager, database, rung } = setUp();
    await database.create(live.tombstone(CALL_ID), { archived_at: at(5) });
    expect(await pager.raise({ ...critical, started: WITH_NUMBER })).toBe('over');
    expect(rung).toEqual([]);
    expect((await database.read(live.call(CALL_ID))).value).toBeNull();
  });

  it('are asked step by step, by due_at alone, and then the emergency number is spoken (I8)', async () => {
    const { pager, start, apply, rung, redirected, steps, pass, queued, now } = setUp({
      reaching: { repeats: 1 },
    });
    await start();
    await apply([lineMoved]);
    const began = now();
    await pager.raise(critical);
    expect(queued.at(-1)).toEqual({
      task: { call_id: CALL_ID, due: began + 30_000 },
      at: began + 30_000,
    });
    pass(29);
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 0, until: began + 30_000 });
    pass(1);
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 1, until: began + 90_000 });
    pass(60);
    await pager.runDue(CALL_ID);
    expect(rung).toHaveLength(12);
    expect(redirected).toEqual([]);
    pass(120);
    await pager.runDue(CALL_ID);
    const [{ sid, twiml } = { sid: '', twiml: '' }] = redirected;
    expect(sid).toBe(CALL_SID);
    expect(saidIn(twiml)).toContain('llame ahora al 108');
    expect(actionOf(twiml)).toContain(`call=${CALL_ID}`);
    expect(new URL(actionOf(twiml)).searchParams.get('turn')).toMatch(/^23-(?!abcdef0123)/);
    pass(120);
    await pager.runDue(CALL_ID);
    expect(rung).toHaveLength(16);
    pass(120);
    expect(await pager.runDue(CALL_ID)).toEqual({ stages: 0 });
    expect(names(await steps())).toEqual(
      expect.arrayContaining(['page_escalated', 'emergency_spoken', 'page_closed']),
    );
    const closed = (await steps()).at(-1);
    expect(closed).toMatchObject({ step: 'page_closed', reason: 'nobody' });
  });

  it('who are none have the emergency number dialled into the call, where the company allows it', async () => {
    const { pager, start, apply, redirected, pass, steps } = setUp({
      people: [],
      reaching: { dial_emergency: true },
    });
    await start();
    await apply([lineMoved]);
    await pager.raise(critical);
    expect(redirected).toEqual([]);
    pass(30);
    await pager.runDue(CALL_ID);
    expect(redirected).toHaveLength(1);
    expect(redirected[0]?.twiml).toMatch(/<Dial [^>]*callerId="\+15550100002"[^>]*>/);
    expect(redirected[0]?.twiml).toMatch(/<Number [^>]*>108<\/Number>/);
    expect(redirected[0]?.twiml.length).toBeLessThan(4_000);
    expect(names(await steps())).toContain('emergency_dialled');
  });

  it('are not needed while a supervisor has the call, and the others are told who', async () => {
    const { pager, start, apply, rung, steps, pass } = setUp();
    await start();
    await pager.raise(critical);
    await apply([heldBy('asha', at(60))]);
    pass(5);
    expect(await pager.runDue(CALL_ID)).toEqual({ stages: 0 });
    expect((await steps()).at(-1)).toMatchObject({
      step: 'page_closed',
      reason: 'held',
      by: 'asha',
    });
    expect(rung.slice(4)).toMatchObject([
      { to: RAVI.phone, body: 'Aurora: Asha Verma has the call now.' },
    ]);
    expect(await pager.raise(critical)).toBe('held');
  });

  it('are fetched again when the lease of who had the call has lapsed', async () => {
    const { pager, start, apply, rung, pass } = setUp();
    await start();
    await apply([heldBy('asha', at(11))]);
    pass(5);
    expect(await pager.raise({ callId: CALL_ID, why: 'lease_lapsed' })).toBe('opened');
    expect(rung[0]?.body).toContain('nobody speaks with the caller');
  });

  it('are not needed when help was sent, or the caller is gone', async () => {
    for (const [event, reason] of [
      [
        {
          type: 'help_dispatched',
          call_id: CALL_ID,
          id: 'd0123456789abcdef',
          dispatch: { at: at(13), by: 'ravi', who: 'ambulance', what: 'hall 3' },
        },
        'dispatched',
      ],
      [ended(13), 'call_over'],
    ] as const) {
      const { pager, start, apply, steps, pass } = setUp();
      await start();
      await pager.raise(critical);
      await apply([event]);
      pass(60);
      await pager.runDue(CALL_ID);
      expect((await steps()).at(-1)).toMatchObject({ step: 'page_closed', reason });
    }
  });

  it('are fetched for a caller who is lost while the pages of the live call are still out', async () => {
    const { pager, start, apply, pass, rung, steps } = setUp();
    await start();
    await pager.raise(critical);
    await apply([ended(13)]);
    pass(10);
    const before = rung.length;
    const reason = 'do not ring them, they hide';
    const lost = { callId: CALL_ID, why: 'caller_lost', reason } as const;
    expect(await pager.raise(lost)).toBe('sharpened');
    expect(rung.slice(before).some(({ body }) => body?.includes('do not ring them'))).toBe(true);
    pass(40);
    await pager.runDue(CALL_ID);
    expect(names(await steps())).not.toContain('page_closed');
  });

  it('are paged by the next step at once when nobody of this one can be reached', async () => {
    const refused = { refused: 'failed', reason: 'twilio_away' };
    const { pager, start, steps, store } = setUp({
      reaching: {
        steps: [
          { who: ['asha'], wait_seconds: 30 },
          { who: ['ravi'], wait_seconds: 60 },
        ],
      },
      refuse: (to) => (to === ASHA.phone ? refused : undefined),
    });
    await start();
    await pager.raise(critical);
    expect((await store.read(CALL_ID))?.next).toBe(2);
    expect(await steps()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          step: 'page_failed',
          whom: 'asha',
          channel: 'sms',
          reason: 'failed: twilio_away',
        }),
        expect.objectContaining({ step: 'page_sent', whom: 'ravi', round: 2 }),
      ]),
    );
  });

  it('are paged by somebody else when who claimed the step has died, and nobody twice for what was sent', async () => {
    let isDead = false;
    const dying = (database: LiveDatabase): LiveDatabase => ({
      ...database,
      compareAndSet: async (path, etag, value) => {
        const attempts = (value as { attempts?: object } | null)?.attempts;
        const keys = Object.keys(attempts ?? {});
        if (!isDead && keys.some((key) => key.endsWith('-voice'))) {
          isDead = true;
          throw new Error('frozen');
        }
        return database.compareAndSet(path, etag, value);
      },
    });
    const { pager, start, rung, pass, store } = setUp({ wrap: dying });
    await start();
    await expect(pager.raise({ ...critical, lease: 5_000 })).rejects.toThrow('frozen');
    const texts = () => rung.filter(({ kind }) => kind === 'text').length;
    expect(texts()).toBe(2);
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 0, claimed: true });
    pass(5);
    expect(await pager.runDue(CALL_ID)).toMatchObject({ stages: 1 });
    expect(texts()).toBe(2);
    expect((await store.read(CALL_ID))?.next).toBe(1);
  });

  it('are paged although nothing can be put on the timeline', async () => {
    const away = () => Promise.reject(new AuroraError(503, 'database_away', 'Away.'));
    const { pager, rung, lines } = setUp({ record: away });
    expect(await pager.raise({ ...critical, started: WITH_NUMBER })).toBe('opened');
    expect(rung).toHaveLength(4);
    expect(lines.length).toBeGreaterThan(0);
  });
});
