import { describe, expect, it } from 'vitest';
import { at, ended, judged } from '../calls/events.fixture.ts';
import { ASHA, CALL_ID, OTHER_ID, OTHER_STARTED, usePaging } from './paging.fixture.ts';

const setUp = usePaging();
const critical = { callId: CALL_ID, why: 'critical' } as const;

describe('calls of one incident', () => {
  const incidentOf = async () => 'inc_20251004_143000_abcdef';

  it('have the same people, who are not paged again', async () => {
    const { pager, start, apply, rung, steps, store } = setUp({ incidentOf });
    await start();
    await apply([judged('CRITICAL', 1), { ...incident(CALL_ID) }]);
    await pager.raise(critical);
    await start(OTHER_STARTED);
    const merged = await pager.raise({ callId: OTHER_ID, why: 'silent' });
    expect(merged).toBe('merged');
    expect(rung).toHaveLength(4);
    expect(await steps(OTHER_ID)).toMatchObject([{ step: 'page_merged', other: CALL_ID }]);
    expect((await store.read(CALL_ID))?.merged).toHaveProperty(OTHER_ID);
  });

  it('that are CRITICAL are told once to who has accepted', async () => {
    const { pager, answers, start, rung } = setUp();
    await start();
    await pager.raise(critical);
    await answers.answer({ callId: CALL_ID, adminId: 'asha', key: '1', channel: 'sms' });
    await start(OTHER_STARTED);
    const before = rung.length;
    expect(await pager.raise({ callId: OTHER_ID, why: 'critical' })).toBe('merged');
    expect(await pager.raise({ callId: OTHER_ID, why: 'critical' })).toBe('merged');
    expect(rung.slice(before)).toMatchObject([
      { to: ASHA.phone, body: expect.stringContaining('CRITICAL') },
    ]);
  });

  it('get people of their own when the call whose people they had is over', async () => {
    const { pager, start, apply, rung, pass, store } = setUp();
    await start();
    await pager.raise(critical);
    await start(OTHER_STARTED);
    await pager.raise({ callId: OTHER_ID, why: 'critical' });
    await apply([ended(20)]);
    pass(60);
    const before = rung.length;
    await pager.runDue(CALL_ID);
    const chain = await store.read(OTHER_ID);
    expect(chain).toMatchObject({ call_id: OTHER_ID, next: 1 });
    expect(chain?.closed).toBeUndefined();
    expect(rung.slice(before).filter(({ kind }) => kind === 'call')).toHaveLength(2);
  });
});

function incident(call_id: string) {
  return {
    type: 'incident_joined',
    call_id,
    at: at(2),
    incident_id: 'inc_20251004_143000_abcdef',
  } as const;
}
