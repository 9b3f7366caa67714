import { describe, expect, it } from 'vitest';
import { CALL_ID, ended, judged, message } from '../../calls/events.fixture.ts';
import { live } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { CALL_PATH, CALLED, type DeskOptions, useCalls } from './calls.fixture.ts';

const options: DeskOptions = {};
const open = useCalls(options);

describe('the ETag of a call', () => {
  const etag = async ({ steel }: Awaited<ReturnType<typeof open>>) =>
    (await steel.viewer.get(CALL_PATH)).headers.get('etag');

  it('stays while the caller talks and Aurora judges, and when the call is archived', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const before = await etag(office);
    await office.mirror.apply([CALLED, message(1, 'user', 'fire'), judged('CRITICAL', 1)]);
    expect(await etag(office)).toBe(before);
    await office.archiveCall([CALLED, ended(60)]);
    expect(await etag(office)).toBe(before);
  });

  it('changes with every word of a person, and survives archiving then', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const etags = new Set([await etag(office)]);
    const { supervisor, company_admin } = office.steel;
    for (const change of [{ urgency: 'URGENT' }, { final_action: 'drill' }, { admin_notes: 'x' }]) {
      const headers = { 'if-match': [...etags].at(-1) ?? '' };
      const answer = await supervisor.patch(CALL_PATH, change, headers);
      etags.add(answer.headers.get('etag'));
    }
    await office.put(company_admin, `${CALL_PATH}/hold`, { reason: 'an inquiry' });
    const last = await etag(office);
    etags.add(last);
    expect(etags.size).toBe(5);
    await office.archiveCall([CALLED, ended(60)]);
    expect(await etag(office)).toBe(last);
  });
});

describe('an edit', () => {
  it('needs to know what it changes', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const { supervisor } = office.steel;
    const change = { final_action: 'drill' };
    expectError(await supervisor.patch(CALL_PATH, change), 400, 'if_match_required');
    const stale = { 'if-match': '"stale"' };
    expectError(await supervisor.patch(CALL_PATH, change, stale), 412, 'changed_meanwhile');
    expect((await supervisor.get(CALL_PATH)).body.final_action).toBeNull();
    expect(await office.audited()).toEqual([]);
  });

  it('takes over a lease whose holder is gone, and no other', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const { supervisor } = office.steel;
    const headers = { 'if-match': '*' };
    const until = office.now() + 10_000;
    await office.database.create(live.callEdit(CALL_ID), { holder: 'gone', until });
    const busy = await supervisor.patch(CALL_PATH, { final_action: 'drill' }, headers);
    expectError(busy, 409, 'being_changed');
    office.passTime(10_001);
    const taken = await supervisor.patch(CALL_PATH, { final_action: 'drill' }, headers);
    expect(taken.body.final_action).toBe('drill');
  });

  it('that was held up until somebody took over undoes nothing', async () => {
    let isHeldUp = () => {};
    let goOn = () => {};
    const heldUp = new Promise<void>((resolve) => (isHeldUp = resolve));
    let reads = 0;
    options.database = (database) => ({
      ...database,
      read: async (path) => {
        // The second time, when the lease is taken.
        if (path === live.call(CALL_ID) && ++reads === 2) {
          isHeldUp();
          await new Promise<void>((resolve) => (goOn = resolve));
        }
        return database.read(path);
      },
    });
    const office = await open();
    options.database = undefined;
    await office.mirror.apply([CALLED]);
    const { supervisor, company_admin } = office.steel;
    const headers = { 'if-match': '*' };
    const slow = supervisor.patch(CALL_PATH, { admin_notes: 'slow' }, headers);
    await heldUp;
    office.passTime(10_001);
    const quick = await company_admin.patch(CALL_PATH, { admin_notes: 'quick' }, headers);
    goOn();
    expect(quick.status).toBe(200);
    expectError(await slow, 503, 'unavailable');
    expect((await supervisor.get(CALL_PATH)).body.admin_notes).toBe('quick');
  });

  it('says its word last although the clock is behind', async () => {
    const office = await open();
    const inAnHour = new Date(office.now() + 3_600_000).toISOString();
    const by = 'another';
    await office.mirror.apply([
      CALLED,
      { type: 'call_noted', call_id: CALL_ID, at: inAnHour, by, admin_notes: 'before' },
    ]);
    const { supervisor } = office.steel;
    const edited = await supervisor.patch(CALL_PATH, { admin_notes: 'after' }, { 'if-match': '*' });
    expect(edited.body.admin_notes).toBe('after');
  });

  it.each([
    {},
    { urgency: 'HIGH' },
    { final_action: 'nothing' },
    { final_action: null },
    { admin_notes: 'x'.repeat(10_001) },
    { admin_notes: '\ud800' },
    { admin_notes: 'x', status: 'ENDED' },
  ])('that is malformed changes nothing (I7): %j', async (change) => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const before = await office.liveCall();
    const answer = await office.steel.supervisor.patch(CALL_PATH, change, { 'if-match': '*' });
    expectError(answer, 400, 'invalid_request');
    expect(await office.liveCall()).toEqual(before);
  });
});
