import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_DEMO_NUMBER,
  LOCAL_OTHER_NUMBER,
} from '../../emulators/twilio/local-account.ts';
import { statusCallbackParameters } from '../../emulators/twilio/parameters.ts';
import { resend, scriptedCaller, sendWebhook } from '../../emulators/twilio/telephone.ts';
import {
  archived,
  ask,
  callIdOf,
  closeClients,
  liveValue,
  storedDocument,
  telephone,
} from './support.ts';
import { moreVoiceJourneys, voiceJourneys } from './voice.ts';

const suite = inject('suite');

afterAll(closeClients);

describe('a voice call on one shared worker', () => {
  voiceJourneys(() => suite);
  moreVoiceJourneys(() => suite);
});

describe('a call, looked at closely', () => {
  it('is archived in two documents that match the schema field by field', async () => {
    const call = await telephone(suite, { caller: scriptedCaller(['there is a fire']) });
    const id = callIdOf(call);
    await archived(suite, id, 3);
    const read = async () => (await storedDocument(suite, `calls/${id}`)) ?? {};
    // What is done about a caller whose call broke off comes after its end.
    const names = expect.poll(async () => Object.keys(await read()).sort());
    await names.toEqual(
      [
        'worker_id',
        'mobile_no',
        'conversation_id',
        'urgency',
        'status',
        'medium',
        'duration_seconds',
        'timestamp',
        'resolved_at',
        'final_action',
        'admin_id',
        'admin_notes',
        'company_id',
        'site_id',
        'dialled_no',
        'incident_id',
        'timeline',
        'call_sid',
        'started_at',
        'ended_at',
        'end_reason',
        'facts',
        'continues',
        'urgency_by',
        'urgent_since',
        'last_message_at',
        'search',
      ].sort(),
    );
    const stored = await read();
    for (const name of ['timestamp', 'resolved_at', 'started_at', 'ended_at']) {
      expect(stored[name], name).toHaveProperty('seconds');
    }
    expect(stored.search).toContain('fire');
    const conversation =
      (await storedDocument(suite, `conversations/${stored.conversation_id}`)) ?? {};
    expect(Object.keys(conversation).sort()).toEqual([
      'archived_at',
      'call_id',
      'messages',
      'total_messages',
    ]);
    expect(conversation.total_messages).toBe(3);
  });

  it('stands in the total.json of the twilio worker, with its words', async () => {
    const words = 'the guard of machine seven is broken';
    const call = await telephone(suite, { caller: scriptedCaller([words]) });
    const id = callIdOf(call);
    await expect
      .poll(() => totalJson())
      .toMatchObject({
        active_calls: { [id]: { call_sid: call.callSid } },
        active_conversations: { [id.replace('call_', 'conv_')]: { call_id: id } },
      });
    expect(JSON.stringify(await totalJson())).toContain(words);
  });

  it('is found through the API while it is live and when it is archived, in one shape', async () => {
    let whileLive: Awaited<ReturnType<typeof ask>> | undefined;
    let turn = 0;
    const call = await telephone(suite, {
      caller: {
        next: async (gather) => {
          turn += 1;
          if (turn === 1) return { say: 'a chemical splashed into my eye' };
          const id = new URL(gather.action).searchParams.get('call');
          await expect.poll(async () => (await ask(suite, `/api/call/${id}`)).status).toBe(200);
          whileLive = await ask(suite, `/api/call/${id}`);
          return { hangUp: true };
        },
      },
    });
    const id = callIdOf(call);
    expect(whileLive?.body).toMatchObject({ state: 'live', status: 'ACTIVE', company_id: 'demo' });
    await archived(suite, id, 3);
    const after = await ask(suite, `/api/call/${id}`);
    expect(after.body).toMatchObject({ state: 'archived', status: 'COMPLETE' });
    const conversation = await ask(suite, `/api/conversation/${id.replace('call_', 'conv_')}`);
    expect(conversation.body).toMatchObject({ call_id: id, total_messages: 3 });
  });

  it('is invisible to a supervisor of another company (I6)', async () => {
    const call = await telephone(suite, { caller: scriptedCaller(['power is out']) });
    const id = callIdOf(call);
    await archived(suite, id);
    expect((await ask(suite, `/api/call/${id}`, 'other@example.com')).status).toBe(404);
    const conversation = `/api/conversation/${id.replace('call_', 'conv_')}`;
    expect((await ask(suite, conversation, 'other@example.com')).status).toBe(404);
  });

  it('belongs to the company of the dialled number, whoever calls (I6)', async () => {
    const call = await telephone(suite, {
      to: LOCAL_OTHER_NUMBER,
      caller: scriptedCaller(['hello']),
    });
    const { call: stored } = await archived(suite, callIdOf(call));
    expect(stored.company_id).toBe('other');
  });

  it.each(['anonymous', 'client:crane', ''])('is served for the number %j', async (from) => {
    const call = await telephone(suite, { from, caller: scriptedCaller(['there is a spill']) });
    expect(call.faults).toEqual([]);
    expect(callIdOf(call)).toMatch(/^call_anonymous_/);
    const { conversation } = await archived(suite, callIdOf(call), 3);
    expect(conversation.messages).toHaveLength(3);
  });
});

describe('after the end', () => {
  it('a second completed and a repeated old turn change nothing (I3, I4)', async () => {
    const call = await telephone(suite, { caller: scriptedCaller(['gas leak', 'in the cellar']) });
    const id = callIdOf(call);
    const before = await archived(suite, id, 5);
    for (const { request } of call.exchanges) await resend(request);
    const again = call.exchanges.find(({ purpose }) => purpose === 'status-callback');
    expect(again).toBeDefined();
    await expect.poll(() => liveValue(suite, `active_calls/${id}`)).toBeNull();
    const after = await archived(suite, id);
    expect(after.conversation).toEqual(before.conversation);
    expect(after.call.end_reason).toBe('completed');
  });

  it('a status callback for a call that was never seen is accepted and kept for a retry', async () => {
    const answer = await sendWebhook({
      url: `${suite.baseUrl}/call-status`,
      parameters: statusCallbackParameters(
        {
          accountSid: LOCAL_ACCOUNT_SID,
          callSid: `CA${'e'.repeat(32)}`,
          from: '+15550100001',
          to: LOCAL_DEMO_NUMBER,
          callStatus: 'completed',
        },
        3,
        new Date(),
      ),
    });
    expect(answer.status).toBe(204);
  });
});

/** All journal directories' snapshots, merged: one worker has one. */
async function totalJson(): Promise<{ active_calls: object; active_conversations: object }> {
  const base = join(suite.stateDir, 'journal');
  const merged = { active_calls: {}, active_conversations: {} };
  for (const entry of await readdir(base).catch(() => [])) {
    const text = await readFile(join(base, entry, 'total.json'), 'utf8').catch(() => '{}');
    const { active_calls, active_conversations } = JSON.parse(text);
    Object.assign(merged.active_calls, active_calls);
    Object.assign(merged.active_conversations, active_conversations);
  }
  return merged;
}
