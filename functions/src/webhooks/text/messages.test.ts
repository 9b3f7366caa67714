import { describe, expect, it } from 'vitest';
import type { Assistant } from '../../assistant/assistant.ts';
import { sidTail } from '../../calls/ids.ts';
import type { Call, CallEvent } from '../../calls/model.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { CONNECTION_OVERRIDES } from '../twiml.ts';
import {
  BASE_URL,
  LINE,
  message,
  messageSid,
  OTHERS_LINE,
  SECOND_LINE,
  useMessages,
} from './messages.fixture.ts';
import { MINUTE, NUMBER, QUIET_AFTER, ZONE } from './text.fixture.ts';

const setUp = useMessages();

const away = () => Promise.reject(new AuroraError(503, 'database_away', 'Away.'));
const stuck = () => new Promise<never>(() => {});

const withoutDatabase =
  (answer: () => Promise<never>) =>
  (database: LiveDatabase): LiveDatabase => ({
    ...database,
    read: answer,
    create: answer,
    compareAndSet: answer,
  });

const words = (messages: readonly { role: string; content: string }[]) =>
  messages.map(({ role, content }) => `${role}: ${content}`);

const unnumbered = (replies: readonly string[]) =>
  replies.map((reply) => reply.replace(/^\d+\/\d+ /, ''));

describe('a message', () => {
  it('begins a text call of the dialled number’s company, and is answered', async () => {
    const { receiver, onlyCall } = await setUp();
    const sid = messageSid('first');
    const { replies, statusUrls } = await receiver().receive(
      message('there is a fire in the paint shop', { MessageSid: sid }),
    );
    const { id, call, messages } = await onlyCall();
    expect(id.endsWith(`_${sidTail(sid)}`)).toBe(true);
    expect(call).toMatchObject({
      worker_id: 'worker_1',
      mobile_no: NUMBER,
      dialled_no: LINE,
      channel: 'sms',
      medium: 'Text',
      company_id: 'demo',
      urgency: 'CRITICAL',
    });
    expect(replies.length).toBeGreaterThan(1);
    expect(replies[0]).toMatch(/^1\/\d /);
    const reply = messages.find(({ role }) => role === 'assistant')?.content ?? '';
    expect(unnumbered(replies).join('\n')).toBe(reply);
    expect(reply).toContain('108');
    expect(new Set(statusUrls)).toEqual(
      new Set([`${BASE_URL}/message-status?call=${id}&on=sms${CONNECTION_OVERRIDES}`]),
    );
  });

  it('goes on in the conversation of its number, channel and dialled number', async () => {
    const { receiver, calls, messages, clock } = await setUp();
    const [one, other] = [receiver(), receiver()];
    await one.receive(message('there is a fire'));
    const [first = ''] = await calls();
    clock.now += MINUTE;
    await other.receive(message('hall 3'));
    expect(await calls()).toEqual([first]);
    expect((await messages(first)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
    await one.receive(message('hello', { From: `whatsapp:${NUMBER}`, To: `whatsapp:${LINE}` }));
    expect(await calls()).toHaveLength(2);
    await one.receive(message('hello', { To: SECOND_LINE }));
    expect(await calls()).toHaveLength(3);
    await one.receive(message('hello', { From: '+15550100055' }));
    expect(await calls()).toHaveLength(4);
  });

  it('begins a new call after a quiet time, once that has ended the old one', async () => {
    const { receiver, calls, clock, mirror } = await setUp();
    const { receive } = receiver();
    await receive(message('hello'));
    const [first = ''] = await calls();
    clock.now += QUIET_AFTER;
    const at = isoInZone(clock.now, ZONE);
    await mirror.apply([{ type: 'call_ended', call_id: first, at, end_reason: 'quiet' }]);
    clock.now += MINUTE;
    await receive(message('hello again'));
    expect((await calls()).filter((id) => id !== first)).toHaveLength(1);
  });

  it('belongs to the company of the dialled number, whoever sends it (I6)', async () => {
    const { receiver, onlyCall } = await setUp();
    const { replies } = await receiver().receive(message('there is a fire', { To: OTHERS_LINE }));
    expect(replies.join(' ')).toContain('110');
    expect((await onlyCall()).call).toMatchObject({ company_id: 'other', worker_id: 'unknown' });
  });

  it('of a stranger is served too', async () => {
    const { receiver, onlyCall } = await setUp();
    const { replies } = await receiver().receive(message('gas leak', { From: '+15550100099' }));
    expect(replies.join(' ')).toContain('108');
    expect((await onlyCall()).call).toMatchObject({ worker_id: 'unknown', urgency: 'CRITICAL' });
  });

  it('without a number is recorded and judged, apart from all others, and not answered', async () => {
    const { receiver, calls, liveCall } = await setUp();
    const { receive } = receiver();
    for (const From of ['', '+266696687', '12345']) {
      expect(await receive(message('there is a fire', { From }))).toMatchObject({ replies: [] });
    }
    const ids = await calls();
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(await liveCall(id)).toMatchObject({ urgency: 'CRITICAL' });
  });

  it('without a MessageSid gets safe words, and changes nothing (I7, I8)', async () => {
    const { receiver, calls } = await setUp();
    const { replies } = await receiver().receive(message('आग लगी है', { MessageSid: 'none' }));
    expect(replies.join(' ')).toContain('112');
    expect(replies.join(' ')).toMatch(/\p{Script=Devanagari}/u);
    expect(await calls()).toEqual([]);
  });
});

describe('the same MessageSid', () => {
  it('gets the same reply and is recorded once, on any instance (I3)', async () => {
    const { receiver, onlyCall } = await setUp();
    const instances = [receiver(), receiver(), receiver()];
    const sms = message('there is a fire in the paint shop');
    const first = await instances[0]?.receive(sms);
    for (const { receive } of instances) expect(await receive(sms)).toEqual(first);
    expect((await onlyCall()).messages).toHaveLength(2);
  });

  it('at once on two instances that word it differently is one turn (I3)', async () => {
    const { receiver, onlyCall } = await setUp();
    const speaking = (name: string): Assistant => ({
      reply: async () => ({ reply: `${name} says so.`, urgency: 'NORMAL', sources: '' }),
      card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
    });
    const instances = ['A', 'B'].map((name) => receiver({ assistant: speaking(name) }));
    const sms = message('hello');
    const answers = await Promise.all(instances.map(({ receive }) => receive(sms)));
    expect(answers[0]).toEqual(answers[1]);
    const { messages } = await onlyCall();
    expect(words(messages)).toEqual(['user: hello', `assistant: ${answers[0]?.replies[0]}`]);
  });
});

describe('while the Realtime Database is away', () => {
  it.each([
    ['refuses', away],
    ['does not answer', stuck],
  ])('and %s, the sender is answered and the words go their way (I1, I2)', async (_, answer) => {
    const { receiver, onlyCall } = await setUp();
    const { receive } = receiver({ wrap: withoutDatabase(answer) });
    const { replies } = await receive(message('there is a fire'));
    expect(replies.join(' ')).toContain('108');
    const { call, messages } = await onlyCall();
    expect(call).toMatchObject({ urgency: 'CRITICAL', worker_id: 'worker_1', channel: 'sms' });
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });

  it('the conversation goes on in its call, and after it', async () => {
    const { receiver, onlyCall } = await setUp();
    let isAway = false;
    const { receive } = receiver({
      wrap: (database) => ({
        ...database,
        read: (path) => (isAway ? away() : database.read(path)),
      }),
    });
    await receive(message('there is a fire'));
    isAway = true;
    await receive(message('hall 3'));
    isAway = false;
    await receive(message('two people are hurt'));
    const { messages } = await onlyCall();
    expect(messages.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual([
      'there is a fire',
      'hall 3',
      'two people are hurt',
    ]);
    expect(new Set(messages.map(({ id }) => id.slice(0, 7))).size).toBe(3);
  });

  it('a call that began then is gone on with afterwards', async () => {
    const { receiver, onlyCall } = await setUp();
    let isAway = true;
    const { receive } = receiver({
      wrap: (database) => ({
        ...database,
        read: (path) => (isAway ? away() : database.read(path)),
      }),
    });
    await receive(message('there is a fire'));
    isAway = false;
    await receive(message('hall 3'));
    expect((await onlyCall()).messages).toHaveLength(4);
  });

  it('a message that comes again within the minute is the same one on another instance (I3)', async () => {
    const { receiver, onlyCall, clock } = await setUp();
    const sms = message('there is a fire');
    const wrap = withoutDatabase(away);
    const first = await receiver({ wrap }).receive(sms);
    clock.now += 15_000;
    expect(await receiver({ wrap }).receive(sms)).toEqual(first);
    expect((await onlyCall()).messages).toHaveLength(2);
  });
});

describe('whatever fails', () => {
  it.each([
    ['throws', (): Promise<never> => Promise.reject(new Error('broken'))],
    ['never ends', stuck],
  ])(
    'an assistant that %s, the sender gets the site’s number in their language (I8)',
    async (_, reply) => {
      const { receiver, onlyCall } = await setUp();
      const assistant: Assistant = {
        reply,
        card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
      };
      const { replies } = await receiver({ assistant, watchdog: 500 }).receive(
        message('hay un incendio en la nave'),
      );
      expect(replies).toEqual([
        'Aléjese del peligro si puede.\nLlame ahora al 108.\n¿Qué está pasando, y dónde está usted?',
      ]);
      expect(words((await onlyCall()).messages)).toEqual(['user: hay un incendio en la nave']);
    },
  );

  it('a reply that is ready too late is marked as one that nobody got', async () => {
    const { receiver, onlyCall } = await setUp();
    let finish = () => {};
    const assistant: Assistant = {
      reply: () =>
        new Promise((resolve) => {
          finish = () => resolve({ reply: 'Get out.', urgency: 'CRITICAL', sources: '' });
        }),
      card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
    };
    const { receive } = receiver({ assistant, watchdog: 500 });
    const sms = message('fire');
    await receive(sms);
    finish();
    await expect
      .poll(async () => Object.values((await onlyCall()).call?.timeline ?? {}))
      .toEqual([expect.objectContaining({ step: 'text_failed', reason: 'too_late' })]);
    expect((await receive(sms)).replies).toEqual(['Get out.']);
  });

  it('a message that failed is tried anew when it comes again', async () => {
    const { receiver, onlyCall } = await setUp();
    let isBroken = true;
    const assistant: Assistant = {
      reply: async () => {
        if (isBroken) throw new Error('broken');
        return { reply: 'Get out.', urgency: 'CRITICAL', sources: '' };
      },
      card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
    };
    const { receive } = receiver({ assistant });
    const sms = message('fire');
    await receive(sms);
    isBroken = false;
    expect((await receive(sms)).replies).toEqual(['Get out.']);
    expect(words((await onlyCall()).messages)).toEqual(['user: fire', 'assistant: Get out.']);
  });
});

describe('while a supervisor has the conversation', () => {
  const taken = (call_id: string, at: string, until: string): CallEvent => ({
    type: 'owner_changed',
    call_id,
    at,
    owner: { kind: 'supervisor', id: 'admin_1', epoch: 1, until },
  });

  it('words are recorded and judged and not answered, and the card stays where it is', async () => {
    const { receiver, onlyCall, mirror, clock } = await setUp();
    const { receive } = receiver();
    await receive(message('hello'));
    const { id } = await onlyCall();
    const at = isoInZone(clock.now, ZONE);
    await mirror.apply([taken(id, at, isoInZone(clock.now + MINUTE, ZONE))]);
    const sms = message('there is a fire');
    expect(await receive(sms)).toMatchObject({ replies: [] });
    expect(await receiver().receive(sms)).toMatchObject({ replies: [] });
    const { call, messages } = await onlyCall();
    expect(call).toMatchObject({ urgency: 'CRITICAL' } satisfies Partial<Call>);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    clock.now += 2 * MINUTE;
    const { replies } = await receive(message('there is a fire, I say'));
    expect(replies.join(' ')).toContain('Get out now');
  });
});

describe('somebody who was paged', () => {
  it('answers the page, which is no turn', async () => {
    const { receiver, calls } = await setUp();
    const asked: unknown[] = [];
    const { receive } = receiver({
      answerBySms: async (sms) => {
        asked.push(sms);
        return sms.body === '1' ? 'You have it.' : undefined;
      },
    });
    expect((await receive(message('1', { From: `whatsapp:${NUMBER}` }))).replies).toEqual([
      'You have it.',
    ]);
    expect(asked).toEqual([{ from: NUMBER, to: LINE, body: '1' }]);
    expect(await calls()).toEqual([]);
    await receive(message('there is a fire'));
    expect(await calls()).toHaveLength(1);
  });

  it('is served as anybody is where paging fails', async () => {
    const { receiver, onlyCall } = await setUp();
    const { replies } = await receiver({ answerBySms: away }).receive(message('fire'));
    expect(replies.join(' ')).toContain('108');
    expect((await onlyCall()).call).toMatchObject({ urgency: 'CRITICAL' });
  });
});
