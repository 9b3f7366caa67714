import { describe, expect, it } from 'vitest';
import { stateOf } from '../../access/admin-state.ts';
import { AuroraError } from '../../errors.ts';
import { createCounterFlush } from '../../metrics/counter-store.ts';
import { createCounters } from '../../metrics/counters.ts';
import { createDeadLetters } from '../../mirror/dead-letters.ts';
import { adminOf, useOffice } from '../office.fixture.ts';
import { operationsRoute } from './operations-route.ts';

const away = () => Promise.reject(new AuroraError(503, 'away', 'Away.'));
/** What is out of reach; set by each test for itself. */
const outage = { realtime: false, firestore: false };

const openOffice = useOffice(({ database, firestore, now }) => [
  operationsRoute({
    database: { read: (path) => (outage.realtime ? away() : database.read(path)) },
    firestore: () => (outage.firestore ? away() : Promise.resolve(firestore as never)),
    databases: {
      realtime_database: () => (outage.realtime ? away() : Promise.resolve()),
      firestore: () => (outage.firestore ? away() : Promise.resolve()),
    },
    queueDepth: async () => 7,
    now,
  }),
]);

async function open() {
  Object.assign(outage, { realtime: false, firestore: false });
  const office = await openOffice();
  const { database, now, log, states } = office;
  const operator = adminOf('steel', 'supervisor');
  await states.change(operator.id, () => ({ ...stateOf(operator), operator: true }));
  const counters = createCounters({ now });
  const { flush } = createCounterFlush({ database, counters, instance: 'ia', every: 0, now, log });
  counters.count({ metric: 'schedule_ran', outcome: 'ok', milliseconds: 40 });
  counters.count({ metric: 'probe_arrived', milliseconds: 300 });
  await flush();
  return { ...office, operator: office.steel.supervisor, counters, flush };
}

type Signals = { id: string; state: string; value: number | null; advice: string | null }[];
function signalsOf(body: { areas: { signals: Signals }[] }, id: string) {
  return body.areas.flatMap(({ signals }) => signals).find((signal) => signal.id === id);
}

describe('GET /api/operations', () => {
  it('is for operators, whatever their role, and for nobody else', async () => {
    const { operator, steel, paper, ask, states } = await open();
    expect((await operator.get('/api/operations')).status).toBe(200);
    for (const somebody of [steel.company_admin, steel.viewer, paper.company_admin]) {
      expect(await somebody.get('/api/operations')).toMatchObject({ status: 403 });
    }
    expect((await ask('GET', '/api/operations')).status).toBe(401);
    const admin = adminOf('steel', 'supervisor');
    await states.change(admin.id, () => stateOf(admin));
  });

  it('is closed within ten seconds to whoever is no operator any more', async () => {
    const { operator, states, passTime } = await open();
    expect((await operator.get('/api/operations')).status).toBe(200);
    await states.change('steel_supervisor', (state) => state && { ...state, operator: false });
    passTime(10_000);
    expect((await operator.get('/api/operations')).status).toBe(403);
  });

  it('is well, with the queue’s depth, while nothing happens', async () => {
    const { operator } = await open();
    const { body } = await operator.get('/api/operations?minutes=30');
    expect(body).toMatchObject({
      state: 'ok',
      unread: [],
      step_minutes: 1,
      dead_letters: { total: 0 },
    });
    expect(signalsOf(body, 'queue_depth')).toMatchObject({ value: 7, state: 'ok' });
    expect(signalsOf(body, 'databases_away')).toMatchObject({ value: 0, state: 'ok' });
  });

  it('tells what has happened, and what to do', async () => {
    const { operator, counters, flush } = await open();
    counters.count({ metric: 'events_held' });
    await flush();
    const { body } = await operator.get('/api/operations');
    expect(body.state).toBe('critical');
    expect(signalsOf(body, 'events_held')).toMatchObject({
      state: 'critical',
      value: 1,
      advice: expect.stringContaining('Do not deploy'),
    });
  });

  it('counts dead letters by their reason, and shows nothing of what they hold', async () => {
    const { operator, firestore } = await open();
    const letters = createDeadLetters(firestore as never);
    await letters.record({ events: ['the words of a caller'] }, 'call_unknown');
    await letters.record({ events: ['other words'] }, 'call_unknown');
    await letters.record('nonsense', 'The task does not have its schema.');
    const { body, text } = await operator.get('/api/operations');
    expect(body.dead_letters).toMatchObject({
      total: 3,
      kinds: [
        { reason: 'call_unknown', count: 2, oldest_at: expect.any(String) },
        { reason: 'The task does not have its schema.', count: 1 },
      ],
    });
    expect(text).not.toContain('words of');
    expect(signalsOf(body, 'dead_letters')).toMatchObject({ value: 3, state: 'critical' });
  });

  it('answers what it can while a database is away, and says which', async () => {
    const { operator } = await open();
    outage.firestore = true;
    const { body } = await operator.get('/api/operations');
    expect(body).toMatchObject({ state: 'critical', unread: ['firestore'], dead_letters: null });
    expect(signalsOf(body, 'schedule_silent')).toMatchObject({ state: 'ok', value: 0 });
    Object.assign(outage, { firestore: false, realtime: true });
    const other = await operator.get('/api/operations');
    expect(other.body).toMatchObject({ unread: ['realtime_database'], dead_letters: { total: 0 } });
    expect(signalsOf(other.body, 'schedule_silent')).toMatchObject({ state: 'ok', value: null });
    expect(signalsOf(other.body, 'databases_away')).toMatchObject({ state: 'critical', value: 1 });
    outage.realtime = false;
    expect((await operator.get('/api/operations')).body.state).toBe('ok');
  });

  it.each(['9', '2881', '1.5', 'all', ''])('takes no range of %j minutes', async (minutes) => {
    const { operator } = await open();
    expect((await operator.get(`/api/operations?minutes=${minutes}`)).status).toBe(400);
  });
});
