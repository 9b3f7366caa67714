import { beforeEach, describe, expect, it } from 'vitest';
import { CALL_ID, ended, message } from '../../calls/events.fixture.ts';
import { AuroraError } from '../../errors.ts';
import type { Outcome, Wish } from '../../paging/wish.ts';
import { expectError } from '../api.fixture.ts';
import { CALL_PATH, CALLED, type DeskOptions, useCalls } from './calls.fixture.ts';

const options: DeskOptions = {};
const open = useCalls(options);

let asked: Wish[];
let outcome: () => Promise<Outcome>;

beforeEach(() => {
  asked = [];
  outcome = async () => 'opened';
  options.pager = {
    raise: async (wish: Wish) => {
      asked.push(wish);
      return outcome();
    },
  };
});

describe('POST /api/call/{call_id}/page', () => {
  it('has people fetched, in the name of who asks, and it stands in the audit log', async () => {
    const office = await open();
    await office.mirror.apply([CALLED, message(1, 'user', 'fire')]);
    const reason = 'I need somebody at gate 3';
    const answer = await office.steel.supervisor.post(`${CALL_PATH}/page`, { reason });
    expect(answer.status).toBe(200);
    expect(asked).toEqual([{ callId: CALL_ID, why: 'requested', by: 'steel_supervisor', reason }]);
    expect(await office.audited()).toMatchObject([
      { action: 'call.page', target: CALL_ID, after: { reason } },
    ]);
  });

  it('takes no body as well as an empty one', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    expect((await office.steel.supervisor.post(`${CALL_PATH}/page`)).status).toBe(200);
    expect((await office.steel.supervisor.post(`${CALL_PATH}/page`, {})).status).toBe(200);
  });

  it('fetches nobody for a viewer, another company, or a body that is none (I6, I7)', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const { viewer, supervisor } = office.steel;
    expect((await viewer.post(`${CALL_PATH}/page`, {})).status).toBe(403);
    expect((await office.paper.supervisor.post(`${CALL_PATH}/page`, {})).status).toBe(404);
    expect((await supervisor.post(`${CALL_PATH}/page`, { reason: '' })).status).toBe(400);
    expect((await supervisor.post(`${CALL_PATH}/page`, { who: 'all' })).status).toBe(400);
    expect(asked).toEqual([]);
    expect(await office.audited()).toEqual([]);
  });

  it('says of a call that is over that nobody is fetched for it', async () => {
    const office = await open();
    await office.mirror.apply([CALLED, ended(50)]);
    expectError(await office.steel.supervisor.post(`${CALL_PATH}/page`, {}), 409, 'call_over');
    expect(asked).toEqual([]);
  });

  it('says so as well where it ends meanwhile, and where it is not known', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    outcome = async () => 'over';
    expectError(await office.steel.supervisor.post(`${CALL_PATH}/page`, {}), 409, 'call_over');
    outcome = () => Promise.reject(new AuroraError(503, 'database_away', 'Away.'));
    expect((await office.steel.supervisor.post(`${CALL_PATH}/page`, {})).status).toBe(503);
  });
});
