import { describe, expect, it } from 'vitest';
import { scriptedCaller, silentCaller } from './telephone.ts';
import { createTestCalls } from './test-call.ts';

const call = createTestCalls();

describe('chaos', () => {
  const gather = '<Gather input="speech" action="/turn" actionOnEmptyResult="true"/>';
  const answers = { '/incoming-call': gather, '/turn': gather };
  const script = Array.from({ length: 8 }, (_, turn) => `turn ${turn}`);
  const trace = async (seed: number) => {
    const sent: unknown[] = [];
    const { exchanges } = await call(answers, () => ({
      caller: scriptedCaller(script),
      chaos: { seed, maximumDelay: 3 },
      // Copies leave in a fixed order; which answer comes first is the network's affair.
      onEvent: (event) => {
        if (event.type === 'request-sent') sent.push([event.purpose, event.attempt, event.chaos]);
      },
    }));
    return { sent, exchanges };
  };

  it('brings the same mishaps each time for one seed', async () => {
    const { sent } = await trace(5);
    expect((await trace(5)).sent).toEqual(sent);
    expect((await trace(6)).sent).not.toEqual(sent);
  });

  it('loses no words, and brings copies and earlier webhooks', async () => {
    const { exchanges } = await trace(5);
    const words = exchanges.map(({ parameters }) => parameters.SpeechResult);
    for (const spoken of script) expect(words).toContain(spoken);
    expect(new Set(exchanges.map(({ chaos }) => chaos))).toEqual(
      new Set([undefined, 'copy', 'earlier-webhook']),
    );
  });

  it('repeats byte for byte', async () => {
    const { seen } = await call(answers, () => ({
      caller: silentCaller(4),
      chaos: { seed: 5, probability: 1, maximumDelay: 1 },
    }));
    const tokens = seen.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(new Set(tokens).size).toBeLessThan(tokens.length);
    for (const { headers, body, signed } of seen) {
      expect(signed).toBe(true);
      const token = headers['i-twilio-idempotency-token'];
      const same = seen.filter((other) => other.headers['i-twilio-idempotency-token'] === token);
      expect(new Set(same.map((other) => other.body))).toEqual(new Set([body]));
    }
  });
});
