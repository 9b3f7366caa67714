import { afterEach, describe, expect, it } from 'vitest';
import type { CallEvent } from '../calls/model.ts';
import { hashOfReply } from '../calls/spoken.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import {
  ACCOUNT,
  actionOf,
  CALL_SID,
  type Surroundings,
  saidIn,
  startWebhooks,
  VOICE_FORM,
} from './webhooks.fixture.ts';

let running: Awaited<ReturnType<typeof startWebhooks>>[] = [];

afterEach(async () => {
  await Promise.all(running.map((webhooks) => webhooks.stop()));
  running = [];
});

async function start(surroundings?: Surroundings) {
  const webhooks = await startWebhooks(surroundings);
  running.push(webhooks);
  return webhooks;
}

/** Rings, is greeted, and returns the address of the first turn. */
async function ring(webhooks: Awaited<ReturnType<typeof startWebhooks>>): Promise<string> {
  const redirect = await webhooks.post('/incoming-call', { ...VOICE_FORM, CallStatus: 'ringing' });
  const greeted = await webhooks.post(actionOf(redirect.text));
  return actionOf(greeted.text);
}

const speech = (SpeechResult: string, more: Record<string, string> = {}) => ({
  ...VOICE_FORM,
  SpeechResult,
  ...more,
});

const messages = (events: CallEvent[]) =>
  events.flatMap((event) => (event.type === 'message_added' ? [event.message] : []));

describe('a voice call', () => {
  it('is picked up by /incoming-call without any state, and sent to /start-call', async () => {
    const webhooks = await start();
    const { status, type, text } = await webhooks.post('/incoming-call');
    expect([status, type]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(actionOf(text)).toContain(
      '/start-call?call=call_15550100001_20251004_143000_abcdef&co=demo&',
    );
    expect(webhooks.tasks).toEqual([]);
  });

  it('is greeted inside a Gather that takes speech and keys and can be cut short', async () => {
    const webhooks = await start();
    const redirect = await webhooks.post('/incoming-call');
    const { text } = await webhooks.post(actionOf(redirect.text));
    expect(text).toMatch(/<Gather[^>]*input="dtmf speech"[^>]*>\s*<Say/);
    expect(text).toMatch(/<Gather[^>]*actionOnEmptyResult="true"[^>]*bargeIn="true"/);
    expect(saidIn(text)).toContain('press 1');
    expect(webhooks.events().map(({ type }) => type)).toEqual([
      'call_started',
      'message_added',
      'line_moved',
    ]);
  });

  it('starts once, however often /incoming-call and /start-call are repeated (I3)', async () => {
    const webhooks = await start();
    const redirects = [
      await webhooks.post('/incoming-call'),
      await webhooks.post('/incoming-call'),
    ];
    const greeted = await Promise.all(
      redirects.flatMap(({ text }) => [
        webhooks.post(actionOf(text)),
        webhooks.post(actionOf(text)),
      ]),
    );
    expect(new Set(greeted.map(({ text }) => text)).size).toBe(1);
    expect(webhooks.tasks).toHaveLength(1);
  });

  it('queues the words and the reply as two tasks that each carry the call (I2)', async () => {
    const webhooks = await start();
    const { text } = await webhooks.post(await ring(webhooks), speech('there is a fire'));
    expect(saidIn(text)).toBe('Get out now. Call 112.');
    const [, words, reply] = webhooks.tasks;
    expect(words?.events.map(({ type }) => type)).toEqual(['call_started', 'message_added']);
    expect(messages(words?.events ?? [])[0]).toMatchObject({
      role: 'user',
      content: 'there is a fire',
      sources: '',
    });
    expect(reply?.events.map(({ type }) => type)).toEqual([
      'call_started',
      'message_added',
      'urgency_changed',
      'line_moved',
    ]);
    expect(messages(reply?.events ?? [])[0]).toMatchObject({ role: 'assistant', sources: 'Fire' });
  });

  it('lets urgency, hazard and turn travel with the call', async () => {
    const webhooks = await start();
    const { text } = await webhooks.post(await ring(webhooks), speech('fire'));
    const link = new URL(actionOf(text)).searchParams;
    expect(Object.fromEntries(link)).toMatchObject({ u: 'CRITICAL', hz: 'fire', st: '0', s: '0' });
    expect(link.get('turn')).toMatch(/^2-/);
  });

  it('tells with the next words which reply the caller heard (I3)', async () => {
    const webhooks = await start();
    const first = await webhooks.post(await ring(webhooks), speech('fire'));
    await webhooks.post(actionOf(first.text), speech('what now'));
    const added = webhooks.events().filter((event) => event.type === 'message_added');
    const heard = added.find(({ message }) => message.content === 'what now')?.heard;
    const kept = added.find(({ message }) => message.id === heard?.id);
    expect(kept).toMatchObject({
      message: { role: 'assistant', content: 'Get out now. Call 112.' },
    });
    expect(heard?.hash).toBe(hashOfReply('Get out now. Call 112.'));
  });

  it('gives a repeated turn the first reply and no second message (I3)', async () => {
    const webhooks = await start();
    const turn = await ring(webhooks);
    const answers = await Promise.all([1, 2, 3].map(() => webhooks.post(turn, speech('fire'))));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(webhooks.tasks).toHaveLength(3);
  });

  it('goes on after the known turns when the fallback sends it to the beginning (I2)', async () => {
    const webhooks = await start();
    await webhooks.post(await ring(webhooks), speech('fire'));
    const turn = await ring(webhooks);
    expect(new URL(turn).searchParams.get('turn')).toMatch(/^2-/);
    await webhooks.post(turn, speech('still here'));
    const said = messages(webhooks.events()).filter(({ role }) => role === 'user');
    expect(said.map(({ content }) => content)).toEqual(['fire', 'still here']);
  });

  it('goes on after all its turns where the fallback sends it to an instance that knows none (I2)', async () => {
    const other = await start();
    const again = await other.post('/incoming-call', { ...VOICE_FORM, CallStatus: 'in-progress' });
    const greeted = await other.post(actionOf(again.text));
    const place = Number(new URL(actionOf(greeted.text)).searchParams.get('turn')?.split('-')[0]);
    expect(place).toBeGreaterThan(100_000);
    await other.post(actionOf(greeted.text), speech('still here'));
    expect(messages(other.events()).map(({ content }) => content)).toContain('still here');
  });

  it('keeps its id where the fallback sends it to an instance that never saw it (I3)', async () => {
    const claimed = 'call_15550100001_20251004_142900_abcdef';
    const other = await start({ claimedCallId: async () => claimed });
    const underWay = { ...VOICE_FORM, CallStatus: 'in-progress' };
    const again = await other.post('/incoming-call', underWay);
    expect(new URL(actionOf(again.text)).searchParams.get('call')).toBe(claimed);
  });

  it.each([
    ['is away', () => Promise.reject(new Error('away'))],
    ['does not answer', () => new Promise<undefined>(() => {})],
  ])('begins anew where the database %s (I1)', async (_, claimedCallId) => {
    const other = await start({ claimedCallId });
    const underWay = { ...VOICE_FORM, CallStatus: 'in-progress' };
    const again = await other.post('/incoming-call', underWay);
    expect(new URL(actionOf(again.text)).searchParams.get('call')).toBe(
      'call_15550100001_20251004_143000_abcdef',
    );
  });

  it('goes on from the link on an instance that never saw the call', async () => {
    const turn = await ring(await start());
    const other = await start();
    const { text } = await other.post(
      new URL(turn).pathname + new URL(turn).search,
      speech('there is a fire'),
    );
    expect(saidIn(text)).toContain('Get out now');
    expect(other.events()[0]).toMatchObject({
      type: 'call_started',
      call_id: 'call_15550100001_20251004_143000_abcdef',
      at: '2025-10-04T14:30:00+05:30',
      company_id: 'demo',
    });
  });

  it('keeps words that came without a usable link', async () => {
    const webhooks = await start();
    for (const query of ['', '?call=call_x', `?call=call_1_20251004_143000_ffffff&turn=1-abcdef`]) {
      const { status, text } = await webhooks.post(`/process-speech${query}`, speech('fire here'));
      expect(status).toBe(200);
      expect(saidIn(text)).toContain('Get out now');
    }
    expect(messages(webhooks.events())[0]?.content).toBe('fire here');
  });

  it('takes a key for an utterance', async () => {
    const webhooks = await start();
    await webhooks.post(await ring(webhooks), { ...VOICE_FORM, Digits: '1' });
    expect(messages(webhooks.events()).at(-2)?.content).toBe('Pressed 1: danger');
  });
});

describe('silence', () => {
  it('is answered twice in different words, then raised to URGENT on an open line (I8)', async () => {
    const webhooks = await start();
    let turn = await ring(webhooks);
    const said: string[] = [];
    for (let times = 0; times < 4; times++) {
      const { text } = await webhooks.post(turn, { ...VOICE_FORM, SpeechResult: '' });
      said.push(saidIn(text));
      turn = actionOf(text);
    }
    expect(new Set(said.slice(0, 3)).size).toBe(3);
    expect(new URL(turn).searchParams.get('u')).toBe('URGENT');
    const raises = webhooks.events().filter(({ type }) => type === 'urgency_changed');
    expect(raises[0]).toMatchObject({ urgency: 'URGENT', by: { kind: 'silence', turn: 3 } });
    expect(turn).toContain('/process-speech');
  });

  it('is over with the first word', async () => {
    const webhooks = await start();
    const quiet = await webhooks.post(await ring(webhooks), VOICE_FORM);
    const { text } = await webhooks.post(actionOf(quiet.text), speech('hello'));
    expect(new URL(actionOf(text)).searchParams.get('s')).toBe('0');
  });
});

describe('our own fault never hangs up on the caller (I8)', () => {
  const broken = (name: string, surroundings: Surroundings) => [name, surroundings] as const;
  const fullDisk = () => {
    const journal = createMemoryJournal();
    const append = () => {
      throw new Error('ENOSPC');
    };
    return { ...journal, append };
  };

  it.each([
    broken('the assistant throws', {
      assistant: {
        reply: () => Promise.reject(new Error('no')),
        card: (hazard) => ({ reply: `Card ${hazard}`, urgency: 'URGENT', sources: '' }),
      },
    }),
    broken('the assistant never answers', {
      watchdog: 100,
      assistant: {
        reply: () => new Promise(() => {}),
        card: (hazard) => ({ reply: `Card ${hazard}`, urgency: 'URGENT', sources: '' }),
      },
    }),
    broken('the card fails as well', {
      assistant: {
        reply: () => Promise.reject(new Error('no')),
        card: () => {
          throw new Error('no card');
        },
      },
    }),
    broken('the journal cannot be written', { journal: fullDisk() }),
    broken('queue and database are away', {
      enqueue: () => Promise.reject(new Error('away')),
      apply: () => Promise.reject(new Error('away')),
    }),
  ])('%s: the caller hears words and the line stays open', async (_, surroundings) => {
    const webhooks = await start(surroundings);
    const turn = (await ring(webhooks)).replace('&u=NORMAL', '&u=CRITICAL&hz=fire');
    const { status, text } = await webhooks.post(turn, speech('there is a fire'));
    expect(status).toBe(200);
    expect(saidIn(text).length).toBeGreaterThan(8);
    expect(text).toMatch(/<Gather|<Redirect/);
    expect(text).not.toContain('<Hangup');
  });

  it('speaks the card of the hazard that the link knows', async () => {
    const webhooks = await start({
      assistant: {
        reply: () => Promise.reject(new Error('no')),
        card: (hazard) => ({ reply: `Card ${hazard}`, urgency: 'URGENT', sources: '' }),
      },
    });
    const turn = (await ring(webhooks)).replace('&u=NORMAL', '&u=CRITICAL&hz=fire');
    const { text } = await webhooks.post(turn, speech('what now'));
    expect(saidIn(text)).toBe('Card fire');
    expect(new URL(actionOf(text)).searchParams.get('hz')).toBe('fire');
  });

  it('holds the words although the assistant failed (I2)', async () => {
    const webhooks = await start({
      assistant: {
        reply: () => Promise.reject(new Error('no')),
        card: () => ({ reply: 'Safe words', urgency: 'URGENT', sources: '' }),
      },
    });
    await webhooks.post(await ring(webhooks), speech('there is a fire'));
    expect(messages(webhooks.events()).map(({ content }) => content)).toContain('there is a fire');
  });

  it('keeps what nothing else holds as pending, and sends it with the next request (I2)', async () => {
    let away = true;
    const webhooks = await start({
      enqueue: async () => {
        if (away) throw new Error('away');
      },
      apply: () => Promise.reject(new Error('away')),
    });
    const turn = await ring(webhooks);
    expect(webhooks.journal.pending()).toHaveLength(1);
    away = false;
    await webhooks.post(turn, speech('fire'));
    await expect.poll(() => webhooks.journal.pending()).toEqual([]);
    expect(messages(webhooks.events())).toHaveLength(3);
  });
});

describe('/flush', () => {
  it('sends what is pending, for whoever asks, and answers when it was tried (I2)', async () => {
    let away = true;
    const webhooks = await start({
      enqueue: async () => {
        if (away) throw new Error('away');
      },
      apply: () => Promise.reject(new Error('away')),
    });
    await ring(webhooks);
    expect(webhooks.journal.pending()).toHaveLength(1);
    away = false;
    const answer = await fetch(`${webhooks.publicBaseUrl}/flush`, { method: 'POST' });
    expect(answer.status).toBe(204);
    expect(webhooks.journal.pending()).toEqual([]);
  });
});

describe('/call-status', () => {
  const status = (CallStatus: string, more: Record<string, string> = {}) => ({
    AccountSid: ACCOUNT,
    CallSid: CALL_SID,
    CallStatus,
    Timestamp: 'Sat, 04 Oct 2025 09:02:00 +0000',
    ...more,
  });

  it.each(['completed', 'failed', 'busy', 'no-answer', 'canceled'])(
    '%s ends the call by its CallSid, known here or not',
    async (state) => {
      const webhooks = await start();
      const answer = await webhooks.post('/call-status', status(state));
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(webhooks.events()).toEqual([
        {
          type: 'call_ended',
          call_sid: CALL_SID,
          at: '2025-10-04T09:02:00.000Z',
          end_reason: state,
        },
      ]);
    },
  );

  it.each([
    ['a state that is not the end', status('ringing')],
    [
      "the end of a supervisor's leg",
      status('completed', { ParentCallSid: `CA${'1'.repeat(32)}` }),
    ],
  ])('takes no notice of %s', async (_, form) => {
    const webhooks = await start();
    expect((await webhooks.post('/call-status', form)).status).toBe(204);
    expect(webhooks.tasks).toEqual([]);
  });

  it('asks for another try when nothing could hold the end', async () => {
    const webhooks = await start({
      enqueue: () => Promise.reject(new Error('away')),
      apply: () => Promise.reject(new Error('away')),
    });
    expect((await webhooks.post('/call-status', status('completed'))).status).toBe(503);
  });

  it('answers 400 without a CallSid', async () => {
    const webhooks = await start();
    const { CallSid: _, ...form } = status('completed');
    expect((await webhooks.post('/call-status', form)).status).toBe(400);
  });
});

describe('bad input changes nothing (I7)', () => {
  const routes = ['/incoming-call', '/start-call', '/process-speech', '/call-status', '/hangup'];

  it.each(routes)(
    '%s refuses a wrong and a missing signature, and any other account',
    async (path) => {
      const webhooks = await start();
      const refused = [
        await webhooks.post(path, VOICE_FORM, { 'x-twilio-signature': 'wrong' }),
        await webhooks.post(path, VOICE_FORM, { 'x-twilio-signature': '' }),
        await webhooks.post(path, { ...VOICE_FORM, AccountSid: `AC${'9'.repeat(32)}` }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect(webhooks.tasks).toEqual([]);
      expect(webhooks.lines[0]?.fields?.path).toBe(webhooks.publicBaseUrl + path);
    },
  );

  it('refuses a signed JSON body with 415 and keeps nothing', async () => {
    const webhooks = await start();
    const answer = await webhooks.post(
      '/process-speech',
      {},
      { 'content-type': 'application/json' },
    );
    expect(answer.status).toBe(415);
    expect(webhooks.tasks).toEqual([]);
  });

  it('serves a caller whose webhook has no CallSid, without state', async () => {
    const webhooks = await start();
    const { CallSid: _, ...form } = VOICE_FORM;
    const { status, text } = await webhooks.post('/process-speech', form);
    expect(status).toBe(200);
    expect(saidIn(text)).toContain('Safe words');
    expect(actionOf(text)).toContain('/incoming-call');
    expect(webhooks.tasks).toEqual([]);
  });

  it.each(['anonymous', '', 'client:x', '+266696687', 'sip:x@y'])(
    'serves a caller with the number %j',
    async (From) => {
      const webhooks = await start();
      const { text } = await webhooks.post('/incoming-call', { ...VOICE_FORM, From });
      expect(actionOf(text)).toContain('call=call_anonymous_20251004_143000_abcdef');
    },
  );

  it('cuts 100 kB of speech, and takes control characters and lone surrogates', async () => {
    const webhooks = await start();
    const turn = await ring(webhooks);
    const { status } = await webhooks.post(turn, speech('fire '.repeat(20_000)));
    expect(status).toBe(200);
    const second = await webhooks.post(
      turn.replace('turn=1-', 'turn=2-'),
      speech('a\u0000b\u0007c'),
    );
    expect(second.status).toBe(200);
    const [, long, , odd] = messages(webhooks.events());
    expect(long?.content.length).toBeLessThan(8_100);
    expect(odd?.content).toBe('a b c');
  });

  it('answers GET with 405 and an unknown path with 404', async () => {
    const webhooks = await start();
    const got = await fetch(`${webhooks.publicBaseUrl}/incoming-call`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await webhooks.post('/nothing')).status).toBe(404);
  });

  it('writes no word of a caller and no number into a log line', async () => {
    const webhooks = await start({
      enqueue: () => Promise.reject(new Error('task for +15550100001 failed')),
      apply: () => Promise.reject(new Error('away')),
    });
    await webhooks.post(await ring(webhooks), speech('my secret words'));
    const text = JSON.stringify(webhooks.lines, (_, value) =>
      value instanceof Error ? undefined : value,
    );
    expect(text).not.toMatch(/secret|15550100001/);
  });
});

describe('/hangup', () => {
  it('says goodbye and ends the call', async () => {
    const webhooks = await start();
    const { text } = await webhooks.post('/hangup');
    expect(saidIn(text)).toContain('Goodbye');
    expect(text).toContain('<Hangup/>');
  });
});
