import type { Firestore } from '@google-cloud/firestore';
import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { createAudit } from '../admin/audit.ts';
import { callNumber, importCalls } from '../admin/calls/calls.fixture.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createRemove } from '../archive/remove.ts';
import { conversationId } from '../calls/ids.ts';
import { stored } from '../paths.ts';
import { createPurge, type PurgeOptions } from './purge.ts';
import { recordingLog } from './upkeep.fixture.ts';

const emptyFirestore = useFirestore();

const NOW = Date.parse('2026-06-01T00:00:00Z');
const DAY = 24 * 60 * 60 * 1_000;
const endedDaysAgo = (days: number) => ({ ended_at: Timestamp.fromMillis(NOW - days * DAY) });

function setUp(options: Partial<PurgeOptions> = {}) {
  const firestore: Firestore = emptyFirestore();
  const { log, lines } = recordingLog();
  const audit = createAudit({ firestore, log });
  const remove = createRemove(firestore);
  const now = () => NOW;
  const purge = createPurge({ firestore, remove, audit, now, log, ...options });
  return {
    firestore,
    lines,
    purge,
    company: (id: string, settings: object) => firestore.doc(stored.company(id)).set(settings),
    async calls(): Promise<string[]> {
      return (await firestore.collection(stored.calls).get()).docs.map(({ id }) => id);
    },
    async audited() {
      const { docs } = await firestore.collection(stored.auditLog).get();
      return docs.map((document) => document.data());
    },
  };
}

describe('the purge', () => {
  it('removes calls past their time with all their words, and leaves the others', async () => {
    const { firestore, purge, company, calls } = setUp();
    await company('steel', { retention_days: 90 });
    await company('paper', {});
    await importCalls(
      { firestore },
      {
        [callNumber(1)]: endedDaysAgo(91),
        [callNumber(2)]: endedDaysAgo(89),
        [callNumber(3)]: { ...endedDaysAgo(900), company_id: 'paper' },
      },
    );
    const conversation = conversationId(callNumber(1));
    await firestore.doc(stored.conversationPage(conversation, 1)).set({ messages: [] });
    expect(await purge()).toBe(1);
    expect(await calls()).toEqual([callNumber(2), callNumber(3)]);
    expect((await firestore.doc(stored.conversation(conversation)).get()).exists).toBe(false);
    expect((await firestore.collectionGroup('pages').get()).empty).toBe(true);
    expect(await purge()).toBe(0);
  });

  it('leaves what is under legal hold', async () => {
    const { firestore, purge, company, calls } = setUp();
    await company('steel', { retention_days: 90 });
    await importCalls({ firestore }, { [callNumber(1)]: endedDaysAgo(91) });
    await firestore.doc(stored.legalHold(callNumber(1))).set({ company_id: 'steel' });
    expect(await purge()).toBe(0);
    expect(await calls()).toEqual([callNumber(1)]);
  });

  it('leaves what is held at the last moment', async () => {
    const { firestore, calls } = setUp();
    await importCalls({ firestore }, { [callNumber(1)]: endedDaysAgo(91) });
    await firestore.doc(stored.legalHold(callNumber(1))).set({ company_id: 'steel' });
    expect(await createRemove(firestore)(callNumber(1))).toBe('held');
    expect(await calls()).toEqual([callNumber(1)]);
    expect(await createRemove(firestore)(callNumber(2))).toBe('absent');
  });

  it('says once for each company and run what it is about to remove, and nothing without need', async () => {
    const { firestore, purge, company, audited } = setUp();
    await company('steel', { retention_days: 90 });
    await company('paper', { retention_days: 90 });
    await importCalls(
      { firestore },
      {
        [callNumber(1)]: endedDaysAgo(91),
        [callNumber(2)]: endedDaysAgo(92),
      },
    );
    await purge();
    await purge();
    expect(await audited()).toMatchObject([
      {
        action: 'calls.purge',
        company_id: 'steel',
        who: { kind: 'system' },
        after: { due: 2, held: 0, ended_before: new Date(NOW - 90 * DAY).toISOString() },
      },
    ]);
  });

  it('removes a portion in one run, the oldest first, and goes on in the next', async () => {
    const { firestore, purge, company, calls } = setUp({ portion: 2 });
    await company('steel', { retention_days: 90 });
    const days = [95, 99, 97, 93, 91];
    for (const [n, day] of days.entries()) {
      await importCalls({ firestore }, { [callNumber(n)]: endedDaysAgo(day) });
    }
    expect(await purge()).toBe(2);
    expect(await calls()).toEqual([0, 3, 4].map(callNumber));
    expect([await purge(), await purge(), await purge()]).toEqual([2, 1, 0]);
  });

  it('removes nothing that the audit log cannot hold', async () => {
    const record = async () => {
      throw new Error('away');
    };
    const { firestore, purge, company, calls } = setUp({ audit: { record } });
    await company('steel', { retention_days: 90 });
    await importCalls({ firestore }, { [callNumber(1)]: endedDaysAgo(91) });
    await expect(purge()).rejects.toThrow();
    expect(await calls()).toEqual([callNumber(1)]);
  });

  it('lets no call and no company keep others from being purged', async () => {
    const { firestore, purge, company, calls, lines } = setUp();
    await company('broken', { retention_days: 1 });
    await company('steel', { retention_days: 90 });
    await importCalls(
      { firestore },
      {
        [callNumber(1)]: endedDaysAgo(95),
        [callNumber(2)]: { ...endedDaysAgo(95), company_id: 'broken' },
      },
    );
    await firestore.doc('calls/by-hand').set({ company_id: 'steel', ...endedDaysAgo(99) });
    expect(await purge()).toBe(1);
    expect(await calls()).toEqual(['by-hand', callNumber(2)]);
    expect(lines.filter(({ severity }) => severity === 'error')).toHaveLength(2);
  });

  it('ends when its time is over', async () => {
    let time = NOW;
    const { firestore, purge, company } = setUp({ now: () => (time += 60_000) });
    await company('steel', { retention_days: 90 });
    for (let n = 0; n < 12; n++) {
      await importCalls({ firestore }, { [callNumber(n)]: endedDaysAgo(95) });
    }
    const removed = await purge();
    expect(removed).toBeGreaterThan(0);
    expect(removed).toBeLessThan(12);
  });
});
