import { afterEach, describe, expect, it } from 'vitest';
import { live, stored } from '../../paths.ts';
import { startWebhooks } from '../webhooks.fixture.ts';
import { KEY, NUMBER, OTHERS_NUMBER, useTexts } from './text.fixture.ts';

const setUpTexts = useTexts();
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const SPEECH = { speech: 'there is a fire', ph_no: NUMBER };

/** The route as it is deployed: behind the app of Twilio's webhooks. */
async function setUp() {
  const texts = await setUpTexts();
  const { app } = texts.instance();
  const server = await startWebhooks({ textTurns: async () => app });
  stops.push(server.stop);

  async function ask(
    token: string | undefined,
    {
      body = SPEECH as unknown,
      key = 'key-1' as string | null,
      headers = {},
      method = 'POST',
    } = {},
  ) {
    const response = await fetch(`${server.publicBaseUrl}/api/process-speech`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    const error = answer.error as { code: string; message: string } | undefined;
    return { status: response.status, answer, code: error?.code, headers: response.headers };
  }

  return { ...texts, server, ask };
}

describe('POST /api/process-speech', () => {
  it('answers a supervisor, whose name the audit log keeps', async () => {
    const { ask, tokenOf, firestore } = await setUp();
    const { status, answer } = await ask(await tokenOf('admin_1', 'supervisor'));
    expect(status).toBe(200);
    expect(Object.keys(answer).sort()).toEqual([
      'call_id',
      'conversation_id',
      'response',
      'sources',
      'urgency',
    ]);
    const { docs } = await firestore.collection(stored.auditLog).get();
    expect(docs.map((entry) => entry.data())).toMatchObject([
      {
        action: 'call.report',
        target: answer.call_id,
        company_id: 'demo',
        who: { kind: 'admin', id: 'admin_1' },
      },
    ]);
  });

  it('answers a program with a key of scope report, in the key’s company', async () => {
    const { ask, firestore, liveCall } = await setUp();
    const { status, answer } = await ask(KEY);
    expect(status).toBe(200);
    expect(await liveCall(answer.call_id as string)).toMatchObject({ company_id: 'demo' });
    const { docs } = await firestore.collection(stored.auditLog).get();
    expect(docs.map((entry) => entry.data().who)).toEqual([{ kind: 'api_key', id: 'key_1' }]);
  });

  it('answers a repetition the same, and writes it down once (I3)', async () => {
    const { ask, firestore } = await setUp();
    const first = await ask(KEY);
    expect((await ask(KEY)).answer).toEqual(first.answer);
    expect((await firestore.collection(stored.auditLog).get()).size).toBe(1);
  });

  it.each([
    ['no token', undefined, 401, 'unauthorized'],
    ['a token that is none', 'x.y.z', 401, 'unauthorized'],
    ['a key that is none', `${KEY}_of_nobody`, 401, 'unauthorized'],
    ['a key without the scope', `${KEY}_without_scope`, 403, 'forbidden'],
  ])('refuses %s', async (_, token, status, code) => {
    const { ask, calls } = await setUp();
    expect(await ask(token)).toMatchObject({ status, code });
    expect(await calls()).toEqual([]);
  });

  it('refuses a viewer, and another company’s worker (I6)', async () => {
    const { ask, tokenOf, calls } = await setUp();
    const viewer = await ask(await tokenOf('admin_2', 'viewer'));
    expect(viewer).toMatchObject({ status: 403, code: 'forbidden' });
    const supervisor = await tokenOf('admin_1', 'supervisor');
    const stranger = await ask(supervisor, { body: { ...SPEECH, ph_no: OTHERS_NUMBER } });
    expect(stranger).toMatchObject({ status: 404, code: 'unknown_worker' });
    expect(await calls()).toEqual([]);
  });

  it.each([
    ['no Idempotency-Key', { key: null }, 400, 'idempotency_key_required'],
    ['an empty one', { key: '  ' }, 400, 'idempotency_key_required'],
    ['one that is too long', { key: 'k'.repeat(201) }, 400, 'idempotency_key_required'],
    ['one that is not ASCII', { key: 'k\u00e9y' }, 400, 'idempotency_key_required'],
    ['no body', { body: '' }, 400, 'malformed_json'],
    ['no JSON', { body: '{"speech":' }, 400, 'malformed_json'],
    ['a form', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['a list', { body: [] }, 400, 'invalid_request'],
    ['null', { body: null }, 400, 'invalid_request'],
    ['no speech', { body: { ph_no: NUMBER } }, 400, 'invalid_request'],
    ['blank speech', { body: { ...SPEECH, speech: ' \u0000\n\t ' } }, 400, 'invalid_request'],
    ['endless speech', { body: { ...SPEECH, speech: 'a'.repeat(2_001) } }, 400, 'invalid_request'],
    ['a number as speech', { body: { ...SPEECH, speech: 7 } }, 400, 'invalid_request'],
    ['no number', { body: { speech: 'fire' } }, 400, 'invalid_request'],
    ['a path as number', { body: { ...SPEECH, ph_no: '../../x' } }, 404, 'unknown_worker'],
    ['an object as number', { body: { ...SPEECH, ph_no: { $ne: '' } } }, 400, 'invalid_request'],
    ['a huge body', { body: { ...SPEECH, speech: 'a'.repeat(200_000) } }, 413, 'body_too_large'],
    ['another method', { method: 'GET' }, 405, 'method_not_allowed'],
  ])('refuses %s and changes nothing (I7)', async (_, request, status, code) => {
    const { ask, calls, database } = await setUp();
    expect(await ask(KEY, request as never)).toMatchObject({ status, code });
    expect(await calls()).toEqual([]);
    expect(await database.keys(live.openTexts)).toEqual([]);
  });

  it('takes control characters and lone surrogates out of the words', async () => {
    const { ask, messages } = await setUp();
    const { status, answer } = await ask(KEY, {
      body: `{"speech":"  fire\\u0007 in \\ud800 hall\\n2 ","ph_no":"${NUMBER}"}`,
    });
    expect(status).toBe(200);
    const [first] = await messages(answer.call_id as string);
    expect(first?.content).toBe('fire  in \ufffd hall 2');
  });

  it('tells a client that asks too often when to come back', async () => {
    const { ask } = await setUp();
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask(KEY)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is not Twilio’s route of the same name', async () => {
    const { server } = await setUp();
    expect((await server.post('/process-speech')).text).toContain('<Gather');
  });
});

describe('an instance on which the JSON route is not set up', () => {
  it('answers 503 there, and callers all the same', async () => {
    const server = await startWebhooks();
    stops.push(server.stop);
    const response = await fetch(`${server.publicBaseUrl}/api/process-speech`, { method: 'POST' });
    expect(response.status).toBe(503);
    expect((await server.post('/incoming-call')).status).toBe(200);
  });
});
