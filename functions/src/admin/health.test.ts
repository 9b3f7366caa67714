import { describe, expect, it } from 'vitest';
import { dependencies, expectError, startApi, startWith } from './api.fixture.ts';
import type { HealthOptions } from './health.ts';

async function startHealth(health: Partial<HealthOptions>, now?: () => number) {
  const { deps, lines } = dependencies();
  const clock = now ? { now } : deps.clock;
  return { ...(await startApi({ ...deps, clock, health: { ...deps.health, ...health } })), lines };
}

const refuses = async () => {
  throw new Error('password of the database');
};
const hangs = () => new Promise<void>(() => {});

describe('GET /api/health', () => {
  it('tells anybody that it runs, its version, and how much of the manual is reviewed', async () => {
    const { ask } = await startWith();
    const { status, body } = await ask('/api/health');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ok',
      version: '0.1.0',
      manuals: { procedures: 41, reviewed: 0 },
      databases: { realtime_database: 'ok', firestore: 'ok' },
      time: '2025-10-04T09:30:00.000Z',
    });
  });

  it('is also there under the address of the function itself', async () => {
    const { ask } = await startWith();
    expect((await ask('/health')).status).toBe(200);
  });

  it.each<[string, Partial<HealthOptions>, object]>([
    ['the Realtime Database refuses', { database: refuses }, { realtime_database: 'away' }],
    ['Firestore refuses', { firestore: refuses }, { firestore: 'away' }],
    ['Firestore never answers', { firestore: hangs }, { firestore: 'away' }],
    ['a database throws at once', { database: throwsAtOnce }, { realtime_database: 'away' }],
  ])('is degraded when %s, and keeps the reason to the log', async (_, health, databases) => {
    const { ask, lines } = await startHealth(health);
    const { status, body, text } = await ask('/api/health');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'degraded',
      version: '0.1.0',
      databases: { realtime_database: 'ok', firestore: 'ok', ...databases },
    });
    expect(text).not.toContain('password');
    expect(lines.map(({ severity }) => severity)).toEqual(['error', 'info']);
  });

  it('asks the databases once for all who ask within a second', async () => {
    let now = 1_000_000;
    let asked = 0;
    const firestore = async () => void asked++;
    const { ask } = await startHealth({ firestore }, () => now);
    await Promise.all([ask('/api/health'), ask('/api/health')]);
    now += 999;
    await ask('/api/health');
    expect(asked).toBe(1);
    now += 1;
    await ask('/api/health');
    expect(asked).toBe(2);
  });

  it('says 500 and no more when the manual cannot be read', async () => {
    const manuals = () => {
      throw new Error('/srv/manuals/fire.md');
    };
    const { ask } = await startHealth({ manuals });
    const answer = await ask('/api/health');
    expectError(answer, 500, 'internal');
    expect(answer.text).not.toContain('fire.md');
  });

  it('takes nothing but GET and HEAD', async () => {
    const { ask } = await startWith();
    const answer = await ask('/api/health', { method: 'POST', body: 'x'.repeat(200_000) });
    expectError(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

function throwsAtOnce(): Promise<void> {
  throw new Error('password of the database');
}
