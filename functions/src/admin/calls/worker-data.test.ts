import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { at, CALL_ID, ended, message, reported } from '../../calls/events.fixture.ts';
import { conversationId } from '../../calls/ids.ts';
import { countsOver } from '../../insights/insights.fixture.ts';
import { live, stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { claimOf } from '../team/worker-records.ts';
import {
  CALL_PATH,
  CALLED,
  callNumber,
  type DeskOptions,
  importCalls,
  storedCall,
  useCalls,
} from './calls.fixture.ts';

const options: DeskOptions = {};
const open = useCalls(options);

type Office = Awaited<ReturnType<typeof open>>;

const WORKER = { name: 'Ravi Kumar', mobile_no: '+15550100001', company_id: 'steel' };
const EXPORT = '/api/workers/worker_1/export';
const ERASE = '/api/workers/worker_1/erase';

async function openWithWorker(): Promise<Office> {
  const office = await open();
  await office.firestore.doc(stored.worker('worker_1')).set(WORKER);
  await claimOf(office.firestore, 'steel', WORKER.mobile_no).set({
    company_id: 'steel',
    worker_id: 'worker_1',
  });
  return office;
}

/** Everything in Firestore that names the worker or their calls, but for the audit log. */
async function traces({ firestore }: Office): Promise<string[]> {
  const collections = await firestore.listCollections();
  const found = await Promise.all(
    collections
      .filter(({ id }) => !['audit_log', 'companies', 'admins'].includes(id))
      .map((collection) => firestore.collectionGroup(collection.id).get()),
  );
  const pages = await firestore.collectionGroup('pages').get();
  return [...found.flatMap(({ docs }) => docs), ...pages.docs].map(({ ref }) => ref.path).sort();
}

describe('the export of a worker', () => {
  it('is one JSON document with the record and every call, live and archived, with its words', async () => {
    const office = await openWithWorker();
    for (let n = 0; n < 130; n++) {
      const started_at = Timestamp.fromDate(new Date(at(n)));
      await office.firestore
        .doc(stored.call(callNumber(n)))
        .set(storedCall(callNumber(n), { started_at }));
    }
    await importCalls(office, {
      [callNumber(500)]: { worker_id: 'somebody else' },
      [callNumber(501)]: { company_id: 'paper' },
    });
    const facts = { callback: { value: '+15550100009' } };
    await office.mirror.apply([CALLED, message(1, 'user', 'आग'), reported(1, facts)]);
    const answer = await office.steel.company_admin.get(EXPORT);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="worker-worker_1.json"',
    );
    const { worker, calls, unreadable } = answer.body;
    expect(worker).toEqual({ id: 'worker_1', ...WORKER });
    expect(unreadable).toEqual([]);
    expect(calls).toHaveLength(131);
    expect(calls[0]).toMatchObject({ state: 'live', messages: [{ content: 'आग' }], facts });
    expect(calls[1]).toMatchObject({ call_id: callNumber(129), state: 'archived' });
    expect(await office.audited()).toMatchObject([
      { action: 'worker.export', target: 'worker_1', who: { id: 'steel_company_admin' } },
    ]);
  });

  it('names the calls that cannot be read, and has the others', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: { urgency: 'HIGH' }, [callNumber(2)]: {} });
    const { body } = await office.steel.company_admin.get(EXPORT);
    expect(body.calls).toHaveLength(1);
    expect(body.unreadable).toEqual([callNumber(1)]);
  });

  it('is for the company_admin of the company only, and for workers who are there (I6)', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: { worker_id: 'unknown' } });
    expectError(await office.steel.supervisor.get(EXPORT), 403, 'forbidden');
    expectError(await office.paper.company_admin.get(EXPORT), 404, 'not_found');
    for (const id of ['nobody', 'unknown']) {
      const answer = await office.steel.company_admin.get(`/api/workers/${id}/export`);
      expectError(answer, 404, 'not_found');
    }
    expect(await office.audited()).toEqual([]);
  });
});

describe('the erasure of a worker', () => {
  const confirm = { confirm: 'Ravi Kumar' };

  it('removes the worker, the claim of the number and all archived calls, and tells how many', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: {}, [callNumber(2)]: {} });
    await importCalls(office, { [callNumber(3)]: { worker_id: 'other' } });
    await importCalls(office, { [callNumber(4)]: { company_id: 'paper' } });
    await office.firestore.doc(stored.conversationPage(conversationId(callNumber(1)), 1)).set({
      messages: [],
    });
    const { status, body } = await office.steel.company_admin.post(ERASE, confirm);
    expect([status, body]).toEqual([200, { erased: 2, held: 0, complete: true }]);
    expect(await traces(office)).toEqual(
      [3, 4]
        .flatMap((n) => [
          stored.call(callNumber(n)),
          stored.conversation(conversationId(callNumber(n))),
        ])
        .sort(),
    );
  });

  it('takes the calls out of the counts, which name the worker no more', async () => {
    const office = await openWithWorker();
    await office.archiveCall([CALLED, message(1, 'user', 'fire'), ended(60)]);
    const { sweep } = countsOver(office.firestore);
    await sweep();
    const tally = office.firestore.doc(`${stored.tallies('steel')}/2025-10-04`);
    expect((await tally.get()).get('counts.workers.worker_1')).toEqual({ calls: 1 });
    await office.steel.company_admin.post(ERASE, confirm);
    expect((await tally.get()).get('counts')).toEqual({});
    for (const name of [stored.countedCalls, stored.uncountedCalls]) {
      expect((await office.firestore.collection(name).get()).size).toBe(0);
    }
  });

  it('leaves entries that hold the id and nothing else of the person', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: {} });
    await office.steel.company_admin.post(ERASE, confirm);
    const entries = await office.audited();
    expect(entries).toMatchObject([
      { action: 'worker.erase', target: 'worker_1', before: null, after: null },
      { action: 'worker.erased', target: 'worker_1', after: { erased: 1, held: 0 } },
    ]);
    const text = JSON.stringify(entries);
    for (const word of ['Ravi', '15550100001', callNumber(1)]) expect(text).not.toContain(word);
  });

  it('keeps what is under legal hold, until it is held no more', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: {} });
    await office.archiveCall([CALLED, message(1, 'user', 'fire'), ended(60)]);
    const admin = office.steel.company_admin;
    await office.put(admin, `${CALL_PATH}/hold`, { reason: 'an inquiry' });
    expect((await admin.post(ERASE, confirm)).body).toEqual({
      erased: 1,
      held: 1,
      complete: true,
    });
    const { body } = await admin.get(CALL_PATH);
    expect(body.legal_hold).toMatchObject({ reason: 'an inquiry', by: 'steel_company_admin' });
    // What comes late of a held call is kept.
    await office.mirror.apply([CALLED, message(2, 'user', 'late words', 20)]);
    expect((await office.archive.conversation(conversationId(CALL_ID)))?.total_messages).toBe(2);
    await admin.delete(`${CALL_PATH}/hold`);
    expectError(await admin.post(ERASE, confirm), 400, 'confirm_differs');
    const again = await admin.post(ERASE, { confirm: 'worker_1' });
    expect(again.body).toEqual({ erased: 1, held: 0, complete: true });
    expect(await traces(office)).toEqual([]);
  });

  it('is final: what comes late of an erased call is dropped (I4)', async () => {
    const office = await openWithWorker();
    await office.archiveCall([CALLED, message(1, 'user', 'fire'), ended(60)]);
    await office.steel.company_admin.post(ERASE, confirm);
    await office.mirror.apply([CALLED, message(2, 'user', 'late words', 20)]);
    await office.mirror.apply([ended(50)]);
    expect(await office.liveCall()).toBeNull();
    expect((await office.database.read(live.conversations)).value).toBeNull();
    expect(await traces(office)).toEqual([]);
  });

  it('that was cut short is gone on with when it is repeated', async () => {
    let isAway = true;
    options.database = (database) => ({
      ...database,
      read: async (path) => {
        if (isAway && path === live.tombstone(callNumber(1))) throw new Error('away');
        return database.read(path);
      },
    });
    const office = await openWithWorker();
    options.database = undefined;
    await importCalls(office, { [callNumber(1)]: {}, [callNumber(2)]: {} });
    expectError(await office.steel.company_admin.post(ERASE, confirm), 503, 'unavailable');
    isAway = false;
    const { body } = await office.steel.company_admin.post(ERASE, confirm);
    expect(body).toMatchObject({ held: 0, complete: true });
    expect(await traces(office)).toEqual([]);
  });

  it('waits for the end of a call that is live', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: {} });
    await office.mirror.apply([CALLED]);
    const before = await traces(office);
    expectError(await office.steel.company_admin.post(ERASE, confirm), 409, 'call_is_live');
    expect(await traces(office)).toEqual(before);
    expect(await office.audited()).toEqual([]);
  });

  it('needs the name, the role and a worker of the own company (I6, I7)', async () => {
    const office = await openWithWorker();
    await importCalls(office, { [callNumber(1)]: {}, [callNumber(2)]: { worker_id: 'unknown' } });
    const before = await traces(office);
    const { company_admin, supervisor } = office.steel;
    expectError(await company_admin.post(ERASE, { confirm: 'Ravi' }), 400, 'confirm_differs');
    expectError(await company_admin.post(ERASE, {}), 400, 'invalid_request');
    expectError(await supervisor.post(ERASE, confirm), 403, 'forbidden');
    expectError(await office.paper.company_admin.post(ERASE, confirm), 404, 'not_found');
    const unknown = '/api/workers/unknown/erase';
    expectError(await company_admin.post(unknown, { confirm: 'unknown' }), 404, 'not_found');
    expect(await traces(office)).toEqual(before);
  });
});

describe('a legal hold', () => {
  it('is set, shown, changed and lifted by a company_admin, each in the audit log', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const admin = office.steel.company_admin;
    const hold = (reason: string) => office.put(admin, `${CALL_PATH}/hold`, { reason });
    expect((await hold('an inquiry')).body.legal_hold.reason).toBe('an inquiry');
    await hold('an inquiry');
    await hold('a law suit');
    expect((await office.steel.viewer.get(CALL_PATH)).body.legal_hold.reason).toBe('a law suit');
    expect((await admin.delete(`${CALL_PATH}/hold`)).body.legal_hold).toBeNull();
    await admin.delete(`${CALL_PATH}/hold`);
    expect((await office.audited()).map(({ action }) => action)).toEqual([
      'call.hold',
      'call.hold',
      'call.unhold',
    ]);
  });

  it('is not for supervisors, others, nor calls that are not there (I6, I7)', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const path = `${CALL_PATH}/hold`;
    const hold = { reason: 'an inquiry' };
    expectError(await office.put(office.steel.supervisor, path, hold), 403, 'forbidden');
    expectError(await office.put(office.paper.company_admin, path, hold), 404, 'not_found');
    const unknown = `/api/call/${callNumber(9)}/hold`;
    expectError(await office.put(office.steel.company_admin, unknown, hold), 404, 'not_found');
    const empty = await office.put(office.steel.company_admin, path, { reason: ' ' });
    expectError(empty, 400, 'invalid_request');
    expect((await office.firestore.collection(stored.legalHolds).get()).empty).toBe(true);
  });
});
