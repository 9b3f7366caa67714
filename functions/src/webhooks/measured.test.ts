import { afterEach, describe, expect, it } from 'vitest';
import { note } from '../metrics/notes.ts';
import { failureIn } from './measured.ts';
import { startWebhooks, VOICE_FORM } from './webhooks.fixture.ts';

let running: Awaited<ReturnType<typeof startWebhooks>> | undefined;
afterEach(async () => {
  await running?.stop();
});

async function linesAfter(
  path: string,
  further: Parameters<typeof startWebhooks>[0],
  form = VOICE_FORM,
) {
  running = await startWebhooks(further);
  await running.post(path, form);
  const { lines } = running;
  const measured = () => lines.filter(({ fields }) => fields?.metric !== undefined);
  await expect
    .poll(() => measured().map(({ fields }) => fields?.metric))
    .toContain('webhook_answered');
  return measured().map(({ fields }) => fields);
}

describe('a webhook', () => {
  it('has one line, with its route, status, time and the rung of its turn', async () => {
    const further = {
      '/turn': {
        load: async () => async () => {
          await Promise.resolve();
          note({ rung: 'card', rung_milliseconds: 3 });
          return { status: 204 } as const;
        },
      },
    };
    expect(await linesAfter('/turn?call=secret', { further })).toEqual([
      {
        metric: 'webhook_answered',
        path: '/turn',
        status: 204,
        outcome: 'ok',
        milliseconds: expect.any(Number),
        rung: 'card',
        rung_milliseconds: 3,
      },
    ]);
  });

  it('tells nothing of another’s turn', async () => {
    note({ rung: 'model' });
    const lines = await linesAfter('/hangup', {});
    expect(lines).toEqual([
      {
        metric: 'webhook_answered',
        path: '/hangup',
        status: 200,
        outcome: 'ok',
        milliseconds: expect.any(Number),
      },
    ]);
  });

  it('that fails is told as failed, and one whose caller hears safe words as that, too', async () => {
    const fails = { load: async () => () => Promise.reject(new Error('what')) };
    expect(await linesAfter('/fails', { further: { '/fails': fails } })).toMatchObject([
      { metric: 'webhook_answered', outcome: 'failed', status: 503 },
    ]);
    await running?.stop();
    const helped = { ...fails, instead: () => '<Response/>' };
    expect(await linesAfter('/helped', { further: { '/helped': helped } })).toMatchObject([
      { metric: 'safe_words' },
      { metric: 'webhook_answered', outcome: 'ok', status: 200 },
    ]);
  });

  it('that Twilio gave up is gone', async () => {
    const started = Promise.withResolvers<void>();
    const waits = {
      load: async () => () => {
        started.resolve();
        return new Promise<never>(() => {});
      },
    };
    running = await startWebhooks({ further: { '/waits': waits } });
    const { lines, post } = running;
    const gone = new AbortController();
    const asked = post('/waits', VOICE_FORM, {}, gone.signal).catch(() => {});
    await started.promise;
    gone.abort();
    await asked;
    await expect
      .poll(() => lines.map(({ fields }) => fields))
      .toMatchObject([{ metric: 'webhook_answered', outcome: 'gone' }]);
  });

  it('with a failure in it has Twilio’s code and no number', async () => {
    const further = { '/told': { load: async () => async () => ({ status: 204 }) as const } };
    const form = { ...VOICE_FORM, MessageStatus: 'failed', ErrorCode: '30003' };
    expect(await linesAfter('/told', { further }, form)).toMatchObject([
      { metric: 'delivery_failed', path: '/told', outcome: 'message', code: '30003' },
      { metric: 'webhook_answered' },
    ]);
  });
});

describe('what Twilio tells', () => {
  it.each<[Record<string, string>, ReturnType<typeof failureIn>]>([
    [{ MessageStatus: 'delivered' }, undefined],
    [{ MessageStatus: 'undelivered' }, { outcome: 'message', code: 'undelivered' }],
    [
      { MessageStatus: 'failed', ErrorCode: '21610' },
      { outcome: 'message', code: '21610' },
    ],
    [
      { CallStatus: 'failed', Direction: 'outbound-api' },
      { outcome: 'call', code: 'failed' },
    ],
    [{ CallStatus: 'failed', Direction: 'inbound' }, undefined],
    [{ CallStatus: 'busy', Direction: 'outbound-api' }, undefined],
    [{ CallStatus: 'completed', ErrorCode: '0' }, undefined],
    [
      { CallStatus: 'in-progress', ErrorCode: '11200' },
      { outcome: 'error', code: '11200' },
    ],
    [{ ErrorCode: '+15550100001' }, undefined],
    [{}, undefined],
  ])('%j is %j', (form, failure) => {
    expect(failureIn(form)).toEqual(failure);
  });
});
