import { describe, expect, it } from 'vitest';
import { optOutKey } from '../../calls/opt-outs.ts';
import { AuroraError } from '../../errors.ts';
import { live } from '../../paths.ts';
import { message, OTHERS_LINE, useMessages } from './messages.fixture.ts';
import { NUMBER } from './text.fixture.ts';

const setUp = useMessages();

async function world() {
  const of = await setUp();
  const isOut = async (company = 'demo') =>
    (await of.database.read(live.optOut(optOutKey(company, NUMBER)))).value !== null;
  return { ...of, isOut };
}

describe('STOP', () => {
  it('is noted for the company, answered once, and opens no call', async () => {
    const { receiver, isOut, calls } = await world();
    const { replies } = await receiver().receive(message(' Stop. '));
    expect(replies).toEqual([expect.stringMatching(/no more messages.*START.*108/s)]);
    expect([await isOut(), await isOut('other')]).toEqual([true, false]);
    expect(await calls()).toEqual([]);
  });

  it('is not answered where Twilio has answered it', async () => {
    const { receiver, isOut } = await world();
    const { replies } = await receiver().receive(message('STOP', { OptOutType: 'STOP' }));
    expect(replies).toEqual([]);
    expect(await isOut()).toBe(true);
  });

  it('in a conversation stands in it, and on the timeline, for no reply gets through', async () => {
    const { receiver, isOut, onlyCall } = await world();
    const { receive } = receiver();
    await receive(message('there is a fire'));
    await receive(message('STOP'));
    const { call, messages } = await onlyCall();
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(Object.values(call?.timeline ?? {})).toEqual([
      expect.objectContaining({ step: 'text_failed', reason: 'opted_out', channel: 'sms' }),
    ]);
    expect(await isOut()).toBe(true);
  });

  it('does not keep whoever is in danger from an answer (I8)', async () => {
    const { receiver } = await world();
    const { receive } = receiver();
    await receive(message('STOP'));
    const { replies } = await receive(message('there is a fire'));
    expect(replies.join(' ')).toContain('108');
  });

  it.each(['stop the machine', 'STOP!', 'the bleeding will not stop'])(
    'is not meant by %j',
    async (body) => {
      const { receiver, isOut, calls } = await world();
      await receiver().receive(message(body));
      expect(await isOut()).toBe(false);
      expect(await calls()).toHaveLength(1);
    },
  );

  it('in everyday words counts only where no conversation is open', async () => {
    const { receiver, isOut, onlyCall } = await world();
    const { receive } = receiver();
    await receive(message('hay un incendio'));
    await receive(message('alto'));
    expect(await isOut()).toBe(false);
    expect((await onlyCall()).messages).toHaveLength(4);
    await receive(message('alto', { To: OTHERS_LINE }));
    expect(await isOut('other')).toBe(true);
  });

  it('that can’t be noted is said to be so', async () => {
    const { receiver } = await world();
    const create = () => Promise.reject(new AuroraError(503, 'database_away', 'Away.'));
    const { receive } = receiver({ wrap: (database) => ({ ...database, create }) });
    expect((await receive(message('STOP'))).replies).toEqual([
      expect.stringContaining('send STOP again'),
    ]);
  });
});

describe('START', () => {
  it('takes STOP back', async () => {
    const { receiver, isOut, calls } = await world();
    const { receive } = receiver();
    await receive(message('STOP'));
    const { replies } = await receive(message('START'));
    expect(replies).toEqual([expect.stringContaining('again')]);
    expect(await isOut()).toBe(false);
    expect(await calls()).toEqual([]);
  });

  it('is words like any other from whoever has not written STOP', async () => {
    const { receiver, calls } = await world();
    await receiver().receive(message('yes'));
    expect(await calls()).toHaveLength(1);
  });

  it('as "yes" in a conversation is an answer, too', async () => {
    const { receiver, isOut, onlyCall } = await world();
    const { receive } = receiver();
    await receive(message('there is a fire'));
    await receive(message('STOP'));
    const { replies } = await receive(message('YES'));
    expect(replies).not.toEqual([]);
    expect(await isOut()).toBe(false);
    expect((await onlyCall()).messages.filter(({ role }) => role === 'user')).toHaveLength(3);
  });
});

describe('HELP', () => {
  it.each([
    ['HELP', 'CRITICAL', '108', 'Message and data rates may apply'],
    ['ayuda', 'CRITICAL', '108', 'tarifas'],
    ['मदद', 'CRITICAL', '108', 'शुल्क'],
  ])('as %s is a cry for help, and is told what this is', async (body, urgency, number, about) => {
    const { receiver, onlyCall } = await world();
    const { replies } = await receiver().receive(message(body));
    expect(replies[0]).toContain(number);
    expect(replies.at(-1)).toContain(about);
    const { call, messages } = await onlyCall();
    expect(call).toMatchObject({ urgency });
    expect(messages.at(-1)?.content).not.toContain(about);
  });

  it('that Twilio has answered is a cry for help all the same', async () => {
    const { receiver, onlyCall } = await world();
    const { replies } = await receiver().receive(message('HELP', { OptOutType: 'HELP' }));
    expect(replies.join(' ')).not.toContain('rates');
    expect((await onlyCall()).call).toMatchObject({ urgency: 'CRITICAL' });
  });
});
