import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scriptedCaller } from '../../emulators/twilio/telephone.ts';
import { startSuite } from '../suite.ts';
import { comparable, countArchive, dayAgo, unansweredIn } from './count-archive.ts';
import { archived, ask, callIdOf, closeClients, telephone } from './support.ts';

/** The API's numbers, and those of somebody who counts all documents of the archive by hand. */
let suite: Awaited<ReturnType<typeof startSuite>>;
let firestore: ReturnType<typeof clientOf>;

beforeAll(async () => {
  suite = await startSuite({ demo: true });
  firestore = clientOf(suite);
}, 300_000);

afterAll(async () => {
  await firestore?.terminate();
  await closeClients();
  await suite?.stop();
}, 60_000);

function clientOf({ project, ports }: Pick<typeof suite, 'project' | 'ports'>) {
  const requireThere = createRequire(join(import.meta.dirname, '../../emulators/package.json'));
  const { Firestore } = requireThere(
    '@google-cloud/firestore',
  ) as typeof import('@google-cloud/firestore');
  return new Firestore({
    projectId: project,
    host: `127.0.0.1:${ports.firestore}`,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
}

async function archiveOf(company: string) {
  const { docs } = await firestore.collection('calls').where('company_id', '==', company).get();
  return Promise.all(
    docs.map(async (document) => {
      const call = document.data();
      const words = await firestore.doc(`conversations/${call.conversation_id}`).get();
      return { call, messages: words.get('messages') ?? [] };
    }),
  );
}

async function byHand(from: string, to: string, siteId?: string) {
  const company = await firestore.doc('companies/demo').get();
  const targets = { answer_seconds: 3, acknowledge_seconds: 60, takeover_seconds: 180 };
  expect(company.get('targets')).toBeUndefined();
  const calls = await archiveOf('demo');
  return countArchive({ calls, from, to, targets, ...(siteId !== undefined && { siteId }) });
}

async function told(from: string, to: string, siteId?: string) {
  const site = siteId === undefined ? '' : `&site_id=${siteId}`;
  const { status, body } = await ask(suite, `/api/insights?from=${from}&to=${to}${site}`);
  expect(status).toBe(200);
  return comparable(body);
}

const WHOLE = [dayAgo(30), dayAgo(0)] as const;

describe('insights', { timeout: 240_000 }, () => {
  it('of the demo’s history are those of its documents', async () => {
    const whole = await byHand(...WHOLE);
    expect(whole.calls).toBeGreaterThan(50);
    expect(whole.unanswered.questions).toBeGreaterThan(0);
    expect(whole.takeover.count).toBeGreaterThan(0);
    expect(await told(...WHOLE)).toEqual(whole);
    const [from, to] = [dayAgo(12), dayAgo(5)];
    expect(await told(from, to)).toEqual(await byHand(from, to));
    const north = await byHand(...WHOLE, 'site_demo_north');
    expect(north.calls).toBeGreaterThan(5);
    expect(await told(...WHOLE, 'site_demo_north')).toEqual(north);
  });

  it('list each question that has no answer', async () => {
    const expected = (await archiveOf('demo')).flatMap(({ messages }) => unansweredIn(messages));
    const { body } = await ask(suite, '/api/insights/unanswered?limit=100');
    const items = body.items as { question: string }[];
    expect(items.map(({ question }) => question).sort()).toEqual(expected.sort());
  });

  it('move by one with a call, and back when it is purged', async () => {
    const before = await told(...WHOLE);
    const call = await telephone(suite, {
      caller: scriptedCaller(['there is a fire in the boiler room']),
    });
    const id = callIdOf(call);
    await archived(suite, id, 3);
    // What comes late, such as who was fetched, is counted after it.
    const poll = { timeout: 150_000, interval: 500 };
    await expect
      .poll(async () => [(await told(...WHOLE)).calls, await isCounted(id)], poll)
      .toEqual([before.calls + 1, true]);
    await vi.waitFor(
      async () => expect(await told(...WHOLE)).toEqual(await byHand(...WHOLE)),
      poll,
    );
    const after = await told(...WHOLE);
    expect(after.urgency).toEqual({
      ...before.urgency,
      CRITICAL: before.urgency.CRITICAL + 1,
    });
    expect(after.takeover.never).toBe(before.takeover.never + 1);

    const longAgo = new Date(Date.now() - 40 * 86_400_000);
    await firestore.doc(`calls/${id}`).update({ ended_at: longAgo });
    await firestore.doc('companies/demo').update({ retention_days: 30 });
    await suite.tick('purge');
    await expect.poll(() => told(...WHOLE)).toEqual(before);
    expect((await firestore.doc(`counted_calls/${id}`).get()).exists).toBe(false);
  });
});

async function isCounted(id: string): Promise<boolean> {
  return !(await firestore.doc(`uncounted_calls/${id}`).get()).exists;
}
