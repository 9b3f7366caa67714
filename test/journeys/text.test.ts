import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { scriptedCaller } from '../../emulators/twilio/telephone.ts';
import {
  anyNumber,
  archived,
  ask,
  callIdOf,
  closeClients,
  liveValue,
  login,
  telephone,
  transcript,
} from './support.ts';

const suite = inject('suite');

afterAll(closeClients);

interface Answer {
  call_id: string;
  conversation_id: string;
  response: string;
  urgency: string;
  sources: string;
}

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(suite.baseUrl + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await login(suite)}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A worker of the demo company with a number of their own. */
async function employ(): Promise<{ id: string; number: string }> {
  const number = anyNumber();
  const { status, body } = await post('/api/workers', { name: 'Asha', mobile_no: number });
  expect(status).toBe(201);
  return { id: body.id as string, number };
}

async function report(
  ph_no: string,
  speech: string,
  { token, key }: { token?: string; key?: string } = {},
) {
  const { status, body } = await post(
    '/api/process-speech',
    { speech, ph_no },
    {
      'idempotency-key': key ?? randomUUID(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  );
  return { status, body: body as unknown as Answer & { error?: { code: string } } };
}

describe('a text conversation', () => {
  it('goes from the first words to the archive, each repeated turn once (I3)', async () => {
    const { id, number } = await employ();
    const first = await report(number, 'there is a fire in the paint shop');
    expect(first).toMatchObject({ status: 200, body: { urgency: 'CRITICAL' } });
    expect(first.body.response).toContain('112');
    const { call_id } = first.body;
    const key = randomUUID();
    const second = await report(number, 'bay four', { key });
    const [third, ...repeated] = await Promise.all([
      report(number, 'nobody is hurt'),
      report(number, 'bay four', { key }),
      report(number, 'bay four', { key }),
    ]);
    expect(repeated).toEqual([second, second]);
    expect([second.body.call_id, third.body.call_id]).toEqual([call_id, call_id]);
    await expect
      .poll(() => liveValue(suite, `active_calls/${call_id}`))
      .toMatchObject({ worker_id: id, medium: 'Text', company_id: 'demo', status: 'ACTIVE' });
    const end = await post(`/api/call/${call_id}/end`, { final_action: 'drill' });
    expect(end.status).toBe(200);
    const { call, conversation } = await archived(suite, call_id, 6);
    expect(call).toMatchObject({ worker_id: id, medium: 'Text', urgency: 'CRITICAL' });
    expect(transcript(conversation)).toEqual([
      'user: there is a fire in the paint shop',
      `assistant: ${first.body.response}`,
      'user: bay four',
      `assistant: ${second.body.response}`,
      'user: nobody is hurt',
      `assistant: ${third.body.response}`,
    ]);
    expect(await report(number, 'bay four', { key })).toEqual(second);
    const next = await report(number, 'there is smoke again');
    expect(next.body.call_id).not.toBe(call_id);
  });

  it('is taken from a program with the company’s key, until the key is revoked', async () => {
    const { number } = await employ();
    const made = await post('/api/api-keys', { name: 'gateway', scopes: ['report'] });
    expect(made.status).toBe(201);
    const token = made.body.secret as string;
    const { status, body } = await report(number, 'a chemical splashed into my eye', { token });
    expect(status).toBe(200);
    await expect.poll(() => ask(suite, `/api/call/${body.call_id}`)).toMatchObject({ status: 200 });
    const revoked = await fetch(`${suite.baseUrl}/api/api-keys/${made.body.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await login(suite)}` },
    });
    expect(revoked.ok).toBe(true);
    // A key is believed for ten seconds.
    const refused = async () => (await report(number, 'hello', { token })).status;
    await expect.poll(refused, { interval: 1_000 }).toBe(401);
  });

  it('is refused for another company’s worker, and seen by no one there (I6)', async () => {
    const { number } = await employ();
    const token = await login(suite, 'other@example.com');
    expect(await report(number, 'hello', { token })).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_worker' } },
    });
    const { body } = await report(number, 'the power is out');
    expect((await ask(suite, `/api/call/${body.call_id}`, 'other@example.com')).status).toBe(404);
  });
});

describe('the worker behind a voice call', () => {
  it('is known by the number when the call is archived', async () => {
    const { id, number } = await employ();
    const call = await telephone(suite, {
      from: number,
      caller: scriptedCaller(['my hand is cut']),
    });
    await archived(suite, callIdOf(call), 3);
    // The task that looks the number up may come after the call's end.
    const known = async () => (await ask(suite, `/api/call/${callIdOf(call)}`)).body.worker_id;
    await expect.poll(known).toBe(id);
  });
});
