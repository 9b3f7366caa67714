import { describe, expect, it } from 'vitest';
import { at, ended, judged } from '../../calls/events.fixture.ts';
import type { CallEvent, CallStarted } from '../../calls/model.ts';
import { live, stored } from '../../paths.ts';
import { CALLED, callNumber, useCalls } from './calls.fixture.ts';

const open = useCalls();

/** A call of its own: id and time by its number. */
function calling(n: number, fields: Partial<CallStarted> = {}, ...events: CallEvent[]) {
  const call_id = callNumber(n);
  const started = { ...CALLED, call_sid: undefined, at: at(n), ...fields };
  return [started, ...events].map((event) => ({
    ...event,
    call_id,
    ...('conversation_id' in event ? { conversation_id: call_id.replace('call', 'conv') } : {}),
    ...('call_sid' in event ? { call_sid: undefined } : {}),
  })) as CallEvent[];
}

const idsIn = (body: { items: { call_id: string }[] }) => body.items.map(({ call_id }) => call_id);

describe('the live calls', () => {
  it('come most urgent first, then longest waiting, with those that are over at the end', async () => {
    const { mirror, steel } = await open();
    await mirror.apply(calling(1));
    await mirror.apply(calling(2, {}, judged('CRITICAL', 1)));
    await mirror.apply(calling(3, {}, judged('URGENT', 1)));
    await mirror.apply(calling(4, {}, judged('CRITICAL', 1), ended(60)));
    await mirror.apply(calling(5, {}, judged('CRITICAL', 1)));
    await mirror.apply(calling(0));
    const { body } = await steel.viewer.get('/api/calls/active');
    expect(idsIn(body)).toEqual([2, 5, 3, 0, 1, 4].map(callNumber));
    expect(body.next_cursor).toBeNull();
  });

  it('are those of the own company, under the policy own those that are assigned (I6)', async () => {
    const { mirror, steel, paper, firestore } = await open();
    await firestore.doc(stored.company('steel')).update({ visibility: 'own' });
    await firestore
      .doc(stored.worker('mine'))
      .set({ company_id: 'steel', admin_id: steel.supervisor.id });
    await mirror.apply(calling(1, { worker_id: 'mine' }));
    await mirror.apply(calling(2, { worker_id: 'theirs' }));
    await mirror.apply(calling(3, { worker_id: 'theirs' }, judged('CRITICAL', 1)));
    await mirror.apply(calling(4, { worker_id: 'unknown' }));
    await mirror.apply(calling(5, { company_id: 'paper' }, judged('CRITICAL', 1)));
    const seen = async (who: typeof steel.viewer) =>
      idsIn((await who.get('/api/calls/active')).body);
    expect(await seen(steel.supervisor)).toEqual([3, 1, 4].map(callNumber));
    expect(await seen(steel.viewer)).toEqual([3, 4].map(callNumber));
    expect(await seen(steel.company_admin)).toEqual([3, 1, 2, 4].map(callNumber));
    expect(await seen(paper.viewer)).toEqual([callNumber(5)]);
  });

  it('are answered without those that are malformed, and the log tells (I7)', async () => {
    const { mirror, steel, database, lines } = await open();
    await mirror.apply(calling(1));
    await database.create(live.call(callNumber(2)), { company_id: 'steel', urgency: 'HIGH' });
    await database.create(live.call('by_hand'), 'something');
    const { body } = await steel.viewer.get('/api/calls/active');
    expect(idsIn(body)).toEqual([callNumber(1)]);
    expect(lines.find(({ severity }) => severity === 'error')?.count).toBe(2);
  });

  it('are none where there are none', async () => {
    const { steel } = await open();
    const { body } = await steel.viewer.get('/api/calls/active');
    expect(body).toEqual({ items: [], next_cursor: null });
  });
});
