import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PROMPT_VERSION } from '../llm/prompt.ts';
import {
  CALM,
  HEDGE,
  ladder,
  lines,
  PATIENT,
  PRIMARY,
  rulesAlone,
  says,
  server,
} from './ladder.fixture.ts';

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.always(says({}));
  server.script([], PRIMARY);
  server.script([], HEDGE);
  server.takeRequests();
  lines.length = 0;
});

const STAMP = { turn: 2, at: '2026-01-05T10:00:00+05:30' };
/** The first call is slow at once; the second has all the time it needs. */
const HURRIED = { ...PATIENT, hedgeAfter: 5 };
/** Nobody is waited for. */
const SHORT = { hedgeAfter: 5, giveUpAfter: 60 };
const STRANGE = 'the thing at the place is doing it again';

/** Words with which the rules end on each of their own rungs. */
const UNKNOWN = 'where do I park my bicycle';
const ASKED = 'how long must I rinse my eyes';
const TWISTED = 'his ankle is twisted';

const ask = (words: string, on = ladder()) => on.reply([], { text: words }, CALM, { stamp: STAMP });

describe('each rung of the ladder is reached', () => {
  test('floor: what the rules have settled is said without asking anybody', async () => {
    const reply = await ask('there is a fire in the paint shop');
    expect(reply).toMatchObject({ urgency: 'CRITICAL', grounding: { rung: 'floor' } });
    expect(server.takeRequests()).toEqual([]);
  });

  test('model: the reviewed text of its choice is said, and who chose it is kept', async () => {
    server.always(
      says({ urgency: 'CRITICAL', card: 'unconscious', acknowledgement: 'I hear you.' }),
    );
    const reply = await ask(STRANGE);
    expect(reply.urgency).toBe('CRITICAL');
    expect(reply.reply).toContain('I hear you.');
    expect(reply.reply).toContain('112');
    expect(reply.hazard).toBe('unconscious');
    expect(reply.grounding).toMatchObject({
      rung: 'model',
      model: PRIMARY,
      prompt: PROMPT_VERSION,
    });
    expect(reply.grounding?.passages?.[0]?.id).toBe('unconscious#step-1');
    expect(reply.facts).toMatchObject({ hazard: { value: 'unconscious', by: 'model', turn: 2 } });
  });

  test('hedge: a second call answers when the first does not begin', async () => {
    server.script([{ kind: 'hang' }], PRIMARY);
    server.script([says({ card: 'unconscious' })], HEDGE);
    const cancelled = server.cancelled(1);
    const reply = await ask(STRANGE, ladder(HURRIED));
    expect(reply.grounding).toMatchObject({ rung: 'hedge', model: HEDGE });
    await cancelled;
  });

  test('hedge: a second call answers when the first stalls', async () => {
    server.script([{ kind: 'stall', text: '{"urgency":"CRIT' }], PRIMARY);
    server.script([says({ card: 'unconscious' })], HEDGE);
    const reply = await ask(STRANGE, ladder(HURRIED));
    expect(reply.grounding).toMatchObject({ rung: 'hedge', model: HEDGE });
  });

  test.each([
    ['says half a JSON', { kind: 'answer', text: '{"urgency":"CRITICAL","card":"unc' }],
    ['says prose', { kind: 'answer', text: 'Stay calm and go back inside.' }],
    ['refuses', { kind: 'refuse', why: 'I can not help with that.' }],
    ['is cut off', { kind: 'cut', text: '{"urgency":"CRITICAL"}' }],
    ['is busy', { kind: 'fail', status: 429, retryAfter: 20 }],
    ['is broken', { kind: 'fail', status: 500 }],
    ['does not know the key', { kind: 'fail', status: 401 }],
  ] as const)('hedge: a second call answers when the first %s', async (_, behaviour) => {
    server.script([behaviour], PRIMARY);
    server.script([says({ card: 'unconscious' })], HEDGE);
    const reply = await ask(STRANGE);
    expect(reply.grounding).toMatchObject({ rung: 'hedge', model: HEDGE });
    expect(lines).toEqual([
      ['A language model gave no choice.', expect.objectContaining({ model: PRIMARY })],
    ]);
  });

  test.each([
    ['passage', ASKED],
    ['card', TWISTED],
    ['person', UNKNOWN],
  ])('%s: said when neither model answers in time', async (rung, words) => {
    server.always({ kind: 'hang' });
    const reply = await ask(words, ladder(SHORT));
    expect(reply.grounding?.rung).toBe(rung);
    expect(reply).toEqual(await ask(words, rulesAlone()));
  });

  test.each([
    ['passage', ASKED],
    ['card', TWISTED],
    ['person', UNKNOWN],
  ])('%s: said when both models fail', async (rung, words) => {
    server.always({ kind: 'fail', status: 503 });
    const reply = await ask(words);
    expect(reply.grounding?.rung).toBe(rung);
    expect(server.takeRequests()).toHaveLength(2);
  });
});

describe('a provider', () => {
  test('that is dead is not asked any more after a few turns', async () => {
    server.always({ kind: 'fail', status: 503 });
    const dead = ladder();
    for (let turn = 0; turn < 4; turn += 1) await ask(UNKNOWN, dead);
    expect(server.takeRequests()).toHaveLength(4);
  });

  test('that asks for rest is left alone', async () => {
    server.always({ kind: 'fail', status: 429, retryAfter: 60 });
    const busy = ladder(PATIENT, { hedgeModel: PRIMARY });
    await ask(UNKNOWN, busy);
    server.takeRequests();
    await ask(UNKNOWN, busy);
    expect(server.takeRequests()).toEqual([]);
  });

  test('that can not be reached costs the caller nothing but the rules reply', async () => {
    const gone = ladder();
    await server.stop();
    try {
      expect((await ask(UNKNOWN, gone)).grounding?.rung).toBe('person');
    } finally {
      await server.start();
    }
  });

  test('is not asked for a caller who is gone', async () => {
    const on = ladder();
    const options = { signal: AbortSignal.abort() };
    const reply = await on.reply([], { text: UNKNOWN }, CALM, options);
    expect(reply.grounding?.rung).toBe('person');
    expect(server.takeRequests()).toEqual([]);
  });

  test('is given up when the caller goes in the middle', async () => {
    server.always({ kind: 'hang' });
    const caller = new AbortController();
    const options = { signal: caller.signal };
    const reply = ladder().reply([], { text: UNKNOWN }, CALM, options);
    const asked = async () => {
      while (server.takeRequests().length === 0) await new Promise((r) => setTimeout(r, 5));
    };
    await asked();
    caller.abort();
    expect((await reply).grounding?.rung).toBe('person');
    expect(lines).toEqual([]);
  });

  test('never shows in a log what was said', async () => {
    server.always({ kind: 'fail', status: 500 });
    await ask('the form of Asha Verma is on the desk', ladder());
    expect(lines).not.toEqual([]);
    expect(JSON.stringify(lines)).not.toMatch(/Asha|desk/);
  });
});

test('models that can not be loaded leave the rules to answer', async () => {
  const errors: string[] = [];
  const broken = () => Promise.reject(new Error('no such package'));
  const on = rulesAlone(broken, (text) => void errors.push(text));
  await on.warm();
  expect(await ask(UNKNOWN, on)).toEqual(await ask(UNKNOWN, rulesAlone()));
  expect(errors).toHaveLength(2);
});

test('models that are not loaded yet are not waited for longer than a breath', async () => {
  const never = () => new Promise<never>(() => {});
  const on = rulesAlone(never);
  expect((await ask(UNKNOWN, on)).grounding?.rung).toBe('person');
});
