import { describe, expect, it } from 'vitest';
import { askHealth } from './health.ts';

const report = {
  status: 'ok',
  version: '0.1.0',
  manuals: { procedures: 41, reviewed: 0 },
  databases: { realtime_database: 'ok', firestore: 'ok' },
  time: '2026-11-20T14:30:05.000Z',
};

function answering(body: unknown, status = 200): typeof fetch {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return async () => new Response(text, { status });
}

describe('asking for health', () => {
  it('gives the report', async () => {
    expect(await askHealth(answering(report))).toEqual({ kind: 'answered', health: report });
  });

  it('gives the report of a degraded API too, which has status 503', async () => {
    const degraded = { ...report, status: 'degraded' };
    expect(await askHealth(answering(degraded, 503))).toMatchObject({ kind: 'answered' });
  });

  it.each([
    ['a page', '<!doctype html>', 200],
    ['nothing', '', 502],
    ['an error', { error: { code: 'internal', message: 'x' } }, 500],
    ['a report with a part missing', { ...report, databases: undefined }, 200],
    ['a report with a part of another type', { ...report, version: 1 }, 200],
    ['a time that is none', { ...report, time: 'now' }, 200],
    ['null', null, 200],
  ])('tells %s from a report', async (_, body, status) => {
    expect(await askHealth(answering(body, status))).toEqual({ kind: 'unexpected', status });
  });

  it('takes a failed connection for silence', async () => {
    const failing: typeof fetch = async () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await askHealth(failing)).toEqual({ kind: 'silent' });
  });

  it('takes an answer that breaks off for silence', async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) });
    expect(await askHealth(async () => new Response(body))).toEqual({ kind: 'silent' });
  });
});
