import { describe, expect, it } from 'vitest';
import { messageStatusUrl } from './message-status-url.ts';
import { message, messageSid, useMessages } from './messages.fixture.ts';

const setUp = useMessages();

async function world() {
  const { receiver, onlyCall, clock } = await setUp();
  const { receive, tell } = receiver();
  const { statusUrls } = await receive(message('there is a fire'));
  const [url = ''] = statusUrls;
  const timeline = async () =>
    Object.values((await onlyCall()).call?.timeline ?? {}).map(({ step, reason, channel }) => ({
      step,
      reason,
      channel,
    }));
  return { url, tell, timeline, clock, onlyCall };
}

const status = (MessageStatus: string, fields: Record<string, string> = {}) => ({
  MessageSid: messageSid('reply'),
  MessageStatus,
  ...fields,
});

describe('what became of a message of ours', () => {
  it('is on the timeline of its call where it failed, with Twilio’s code', async () => {
    const { url, tell, timeline } = await world();
    expect(await tell(url, status('undelivered', { ErrorCode: '30003' }))).toEqual({ status: 204 });
    expect(await timeline()).toEqual([{ step: 'text_failed', reason: '30003', channel: 'sms' }]);
  });

  it('is there once, however often and in whatever order it is told (I3)', async () => {
    const { url, tell, timeline, clock } = await world();
    for (const state of ['failed', 'sent', 'failed', 'queued', 'failed']) {
      clock.now += 1_000;
      await tell(url, status(state, { ErrorCode: '21610' }));
    }
    expect(await timeline()).toEqual([{ step: 'text_failed', reason: '21610', channel: 'sms' }]);
  });

  it('is nothing where a reply was delivered, unless that was asked for', async () => {
    const { url, tell, timeline, onlyCall } = await world();
    for (const state of ['queued', 'sent', 'delivered', 'read']) await tell(url, status(state));
    expect(await timeline()).toEqual([]);
    const { id } = await onlyCall();
    const asks = messageStatusUrl('https://aurora.example', id, { tellsDelivery: true });
    await tell(asks, status('delivered'));
    await tell(asks, status('delivered'));
    expect(await timeline()).toEqual([
      { step: 'text_sent', reason: 'delivered', channel: undefined },
    ]);
  });

  it.each([
    ['of no call', 'https://aurora.example/message-status', status('failed')],
    ['of a malformed call', 'https://aurora.example/message-status?call=../x', status('failed')],
    ['without a MessageSid', undefined, { MessageStatus: 'failed' }],
  ])('%s changes nothing (I7)', async (_, address, form) => {
    const { url, tell, timeline } = await world();
    expect(await tell(address ?? url, form as Record<string, string>)).toEqual({ status: 204 });
    expect(await timeline()).toEqual([]);
  });
});
