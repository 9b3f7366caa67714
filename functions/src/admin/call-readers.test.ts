import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MalformedLiveData } from '../calls/live.ts';
import { AuroraError } from '../errors.ts';
import { dependencies, expectError, oneLiveCall, startApi, startWith } from './api.fixture.ts';
import { OneCall } from './calls/one-call.ts';
import {
  archivedCall,
  archivedConversationOf,
  asha,
  CALL,
  CONVERSATION,
  conversationOf,
  liveCall,
  message,
  omar,
} from './records.fixture.ts';
import { ConversationView } from './views.ts';

describe.each([
  ['GET /api/call/{call_id}', `/api/call/${CALL}`, '/api/call/'],
  [
    'GET /api/conversation/{conversation_id}',
    `/api/conversation/${CONVERSATION}`,
    '/api/conversation/',
  ],
])('%s', (_, path, prefix) => {
  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another scheme', 'Basic YTpi'],
    ['a bare token', 'abc'],
    ['garbage', 'Bearer garbage'],
    ['two tokens', 'Bearer a b'],
  ])('refuses %s with 401', async (_, authorization) => {
    const { ask } = await startWith();
    const answer = await ask(path, {
      headers: authorization === undefined ? {} : { authorization },
    });
    expectError(answer, 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('refuses the token of somebody who is no supervisor any more', async () => {
    const { askAs } = await startWith({ ...oneLiveCall, admins: [omar] });
    expectError(await askAs(asha, path), 401, 'unauthorized');
  });

  it('shows it to a supervisor of the company, and follows a change of company at once', async () => {
    const { askAs } = await startWith();
    expect((await askAs(asha, path)).status).toBe(200);
    const moved = await startWith({ ...oneLiveCall, admins: [{ ...asha, company_id: 'paper' }] });
    expectError(await moved.askAs(asha, path), 404, 'not_found');
  });

  it('answers a foreign id and an unknown one alike (I6)', async () => {
    const { askAs } = await startWith();
    const foreign = await askAs(omar, path);
    const unknown = await askAs(omar, path.replace('20251004', '20251005'));
    expectError(foreign, 404, 'not_found');
    expectError(unknown, 404, 'not_found');
    expect(foreign.body.error.message).toBe(unknown.body.error.message);
    expect([...foreign.headers.keys()]).toEqual([...unknown.headers.keys()]);
  });

  it('stays hidden when either copy is of another company (I6)', async () => {
    const { askAs } = await startWith({
      ...oneLiveCall,
      archived: { [CALL]: { ...archivedCall, company_id: 'paper' } },
    });
    expectError(await askAs(asha, path), 404, 'not_found');
    expectError(await askAs(omar, path), 404, 'not_found');
  });

  it.each([
    'call_',
    'conv_x',
    `${CALL}0`,
    CALL.toUpperCase(),
    `${CALL}%0a`,
    '%2e%2e%2fadmins',
    '..%2f..%2fadmin_state',
    '__proto__',
    'constructor',
    '%00',
    '%F0%9F%94%A5',
    'x'.repeat(4_000),
  ])('refuses the id %s with 400 and reads nothing', async (id) => {
    const { deps } = dependencies(oneLiveCall);
    const read = async () => {
      throw new Error('a database was read');
    };
    const calls = {
      live: read,
      archived: read,
      liveConversation: read,
      archivedConversation: read,
    };
    const { askAs } = await startApi({ ...deps, calls });
    expectError(await askAs(asha, `${prefix}${id}`), 400, 'invalid_request');
  });

  it('refuses an address that cannot be decoded with 400', async () => {
    const { askAs } = await startWith();
    expectError(await askAs(asha, `${prefix}%zz`), 400, 'bad_request');
  });

  it.each([
    [
      '503 when a database is away',
      new AuroraError(503, 'database_away', 'secret'),
      503,
      'unavailable',
    ],
    [
      '503 when a database refuses us',
      new AuroraError(401, 'x', 'secret', { retryable: true }),
      503,
      'unavailable',
    ],
    ['500 when a call is malformed', new MalformedLiveData('secret'), 500, 'internal'],
  ])('answers %s, in its own words', async (_, error, status, code) => {
    const { deps, lines } = dependencies(oneLiveCall);
    const live = async () => {
      throw error;
    };
    const { askAs } = await startApi({ ...deps, calls: { ...deps.calls, live } });
    const answer = await askAs(asha, path);
    expectError(answer, status, code);
    expect(answer.text).not.toContain('secret');
    expect(lines[0]).toMatchObject({
      severity: 'error',
      code,
      error,
      request_id: answer.body.error.details.request_id,
    });
  });

  it('leaves a phone number out of the log', async () => {
    const { askAs, lines } = await startWith();
    await askAs(asha, path);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('15550100001');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses %s with 405', async (method) => {
    const { ask } = await startWith();
    const answer = await ask(path, { method });
    expectError(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('is also there without /api, as under the address of the function itself', async () => {
    const { askAs } = await startWith();
    expect((await askAs(asha, path.replace('/api', ''))).status).toBe(200);
  });
});

describe('a call', () => {
  const path = `/api/call/${CALL}`;

  it('that is live is shown with its live fields', async () => {
    const { askAs } = await startWith();
    const { body } = await askAs(asha, path);
    expect(z.strictObject(OneCall.shape).parse(body)).toMatchObject({
      call_id: CALL,
      state: 'live',
      status: 'ACTIVE',
      urgency: 'CRITICAL',
      timestamp: '2025-10-04T14:30:00+05:30',
      ended_at: null,
      duration_seconds: null,
      resolved_at: null,
    });
  });

  it('that is archived is shown in the same shape, without its search index', async () => {
    const { askAs } = await startWith({ archived: { [CALL]: archivedCall } });
    const { body } = await askAs(asha, path);
    expect(z.strictObject(OneCall.shape).parse(body)).toMatchObject({
      call_id: CALL,
      state: 'archived',
      status: 'COMPLETE',
      urgency: 'URGENT',
      timestamp: '2025-10-04T14:30:00+05:30',
      ended_at: '2025-10-04T14:31:00+05:30',
      duration_seconds: 60,
      resolved_at: '2025-10-04T14:31:05+05:30',
    });
  });

  it('that moves into the archive between the two reads is found', async () => {
    const { deps } = dependencies();
    let archived = false;
    const calls = {
      ...deps.calls,
      live: async () => {
        archived = true;
        return undefined;
      },
      archived: async () => (archived ? archivedCall : undefined),
    };
    const { askAs } = await startApi({ ...deps, calls });
    expect((await askAs(asha, path)).body.state).toBe('archived');
  });
});

describe('a conversation', () => {
  const path = `/api/conversation/${CONVERSATION}`;

  it('merges live and archived messages by id, in the order in which they were said', async () => {
    const { askAs } = await startWith({
      live: { [CALL]: liveCall },
      archived: { [CALL]: archivedCall },
      liveConversations: {
        [CONVERSATION]: conversationOf(message(2, 'user'), message(1, 'user', 'another copy')),
      },
      archivedConversations: {
        [CONVERSATION]: archivedConversationOf(message(1, 'assistant'), message(1, 'user')),
      },
    });
    const { body } = await askAs(asha, path);
    expect(z.strictObject(ConversationView.shape).parse(body)).toEqual({
      conversation_id: CONVERSATION,
      call_id: CALL,
      messages: [message(1, 'user'), message(1, 'assistant'), message(2, 'user')],
      total_messages: 3,
      archived_at: '2025-10-04T14:31:05+05:30',
    });
  });

  it('of a call that has no words yet is empty', async () => {
    const { askAs } = await startWith({ live: { [CALL]: liveCall } });
    expect((await askAs(asha, path)).body).toEqual({
      conversation_id: CONVERSATION,
      call_id: CALL,
      messages: [],
      total_messages: 0,
      archived_at: null,
    });
  });

  it('without a call that says whose it is stays hidden (I6)', async () => {
    const { askAs } = await startWith({
      liveConversations: { [CONVERSATION]: conversationOf(message(1, 'user')) },
      archivedConversations: { [CONVERSATION]: archivedConversationOf(message(1, 'user')) },
    });
    expectError(await askAs(asha, path), 404, 'not_found');
  });
});
