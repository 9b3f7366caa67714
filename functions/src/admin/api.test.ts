import { describe, expect, it } from 'vitest';
import { expectError, startWith } from './api.fixture.ts';
import { CALL } from './records.fixture.ts';

describe('every answer', () => {
  it.each(['/api/health', '/login', '/nothing', `/api/call/${CALL}`])(
    'of %s may not be stored, framed, sniffed or run',
    async (path) => {
      const { ask } = await startWith();
      const { headers } = await ask(path);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('etag')).toBe(false);
    },
  );

  it.each(['/', '/api', '/api/', '/api/nothing', '/api/api/health', '/LOGIN', '/api/call', '//'])(
    'of %s, which is no route, is 404',
    async (path) => {
      const { ask } = await startWith();
      expectError(await ask(path), 404, 'unknown_route');
    },
  );

  it('of /login to another method is 405', async () => {
    const { ask } = await startWith();
    const answer = await ask('/login');
    expectError(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('to HEAD is the one to GET without its body', async () => {
    const { ask } = await startWith();
    const answer = await ask('/api/health', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it('has its own id in the log, whatever id the client sends', async () => {
    const { ask, lines } = await startWith();
    const first = await ask('/api/health', { headers: { 'x-request-id': 'mine' } });
    const second = await ask('/api/health');
    const ids = [first, second].map(({ headers }) => headers.get('x-request-id'));
    expect(new Set([...ids, 'mine']).size).toBe(3);
    expect(lines.map(({ request_id }) => request_id)).toEqual(ids);
    expect(lines[0]).toMatchObject({ path: 'GET /api/health', status: 200 });
  });
});
