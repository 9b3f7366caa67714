import { afterAll, describe, expect, inject, it } from 'vitest';
import { resend, type SmsOptions, sendSms } from '../../emulators/twilio/telephone.ts';
import { optOutKey } from '../../functions/src/calls/opt-outs.ts';
import { anyNumber, archived, ask, closeClients, liveValue, login, transcript } from './support.ts';

const suite = inject('suite');

afterAll(closeClients);

const text = (body: string, options: Partial<SmsOptions> = {}) =>
  sendSms({ baseUrl: suite.baseUrl, body, ...options });

/** The call that a reply belongs to, from where Twilio tells what became of it. */
function callIdOf({ exchanges }: Awaited<ReturnType<typeof text>>): string {
  const ids = exchanges.map(({ request }) => new URL(request.url).searchParams.get('call'));
  const id = ids.find((known) => known !== null);
  if (!id) throw new Error('No reply names its call.');
  return id;
}

async function act(path: string, body: object) {
  const response = await fetch(suite.baseUrl + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await login(suite)}`,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const live = (callId: string) => liveValue(suite, `active_calls/${callId}`);
const words = (reply: string) => reply.replace(/^\d+\/\d+ /, '');

describe('a conversation by SMS', () => {
  it('goes from the first words to the archive, each repeated message once (I3)', async () => {
    const from = anyNumber();
    const first = await text('there is a fire in the paint shop', { from });
    expect(first.faults).toEqual([]);
    expect(first.replies.join(' ')).toContain('112');
    const callId = callIdOf(first);
    expect(callId.endsWith(`_${first.messageSid.slice(-6)}`)).toBe(true);
    const second = await text('bay four', { from });
    const [incoming] = second.exchanges;
    const again = incoming && (await resend(incoming.request));
    expect(again?.body).toBe(
      incoming?.outcome.outcome === 'answered' ? incoming.outcome.body : undefined,
    );
    const third = await text('nobody is hurt', { from });
    expect([callIdOf(second), callIdOf(third)]).toEqual([callId, callId]);
    await expect
      .poll(() => live(callId))
      .toMatchObject({
        medium: 'Text',
        channel: 'sms',
        company_id: 'demo',
        mobile_no: from,
        urgency: 'CRITICAL',
      });
    expect((await act(`/api/call/${callId}/end`, { final_action: 'drill' })).status).toBe(200);
    const { conversation } = await archived(suite, callId, 6);
    const heard = transcript(conversation);
    expect(heard.filter((line) => line.startsWith('user: '))).toEqual([
      'user: there is a fire in the paint shop',
      'user: bay four',
      'user: nobody is hurt',
    ]);
    expect(heard[1]).toBe(`assistant: ${first.replies.map(words).join('\n')}`);
    expect(heard).toHaveLength(6);
    const next = await text('there is smoke again', { from });
    expect(callIdOf(next)).not.toBe(callId);
  });

  it('by WhatsApp is one of its own, of whoever writes', async () => {
    const from = anyNumber();
    const sms = await text('hello', { from });
    const picture = await text('look', {
      from: `whatsapp:${from}`,
      to: 'whatsapp:+15550100002',
      media: ['image/jpeg'],
    });
    expect(picture.replies.join(' ')).toContain('I cannot see pictures');
    const callId = callIdOf(picture);
    expect(callId).not.toBe(callIdOf(sms));
    await expect
      .poll(() => live(callId))
      .toMatchObject({ channel: 'whatsapp', mobile_no: from, worker_id: 'unknown' });
  });

  it('shows on the timeline that a reply did not arrive', async () => {
    const sent = await text('there is a gas leak', { from: anyNumber(), undelivered: '30003' });
    const timeline = async () => (await ask(suite, `/api/call/${callIdOf(sent)}`)).body.timeline;
    await expect
      .poll(timeline)
      .toContainEqual(expect.objectContaining({ step: 'text_failed', reason: '30003' }));
  });

  it('is left to the supervisor who takes it over, and gone on with when they give it back', async () => {
    const from = anyNumber();
    const callId = callIdOf(await text('there is a fire in hall 3', { from }));
    await expect.poll(() => live(callId)).toMatchObject({ status: 'ACTIVE' });
    expect((await act(`/api/call/${callId}/takeover`, {})).status).toBe(200);
    const held = await text('i am at the gate', { from });
    expect(held).toMatchObject({ replies: [], faults: [] });
    expect((await act(`/api/call/${callId}/release`, { reason: 'done' })).status).toBe(200);
    const back = await text('is it safe to go back?', { from });
    expect(back.replies).not.toEqual([]);
    expect(callIdOf(back)).toBe(callId);
  });

  it('is refused where it is not Twilio’s (I7)', async () => {
    const from = anyNumber();
    const forged = await text('there is a fire', { from, authToken: 'another-token' });
    expect(forged.replies).toEqual([]);
    expect(forged.exchanges[0]?.outcome).toMatchObject({ status: 403 });
  });
});

describe('a keyword', () => {
  it('STOP is kept, HELP is a cry for help', async () => {
    const from = anyNumber();
    const stop = await text('STOP', { from });
    expect(stop.replies).toEqual([expect.stringContaining('no more messages')]);
    const optOut = `opt_outs/${optOutKey('demo', from)}`;
    await expect.poll(() => liveValue(suite, optOut)).not.toBeNull();
    const help = await text('HELP', { from });
    expect(help.replies[0]).toContain('112');
    expect(help.replies.at(-1)).toContain('STOP');
    await expect
      .poll(() => live(callIdOf(help)))
      .toMatchObject({ urgency: 'CRITICAL', mobile_no: from });
  });
});
