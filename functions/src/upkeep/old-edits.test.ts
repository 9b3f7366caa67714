import { expect, it } from 'vitest';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { live } from '../paths.ts';
import { createOldEdits } from './old-edits.ts';

const { emptyDatabase } = useRealtimeDatabase();

it('removes the leases of edits that are over, and no other', async () => {
  const database = emptyDatabase();
  const removeOldEdits = createOldEdits({ database, now: () => 1_000 });
  expect(await removeOldEdits()).toBe(0);
  await database.create(live.callEdit('over'), { holder: 'a', until: 1_000 });
  await database.create(live.callEdit('held'), { holder: 'b', until: 1_001 });
  await database.create(live.callEdit('malformed'), 'c');
  expect(await removeOldEdits()).toBe(2);
  expect(await database.keys(live.callEdits)).toEqual(['held']);
});
