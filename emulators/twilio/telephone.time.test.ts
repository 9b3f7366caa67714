import { describe, expect, it } from 'vitest';
import { scriptedCaller } from './telephone.ts';
import { createTestCalls } from './test-call.ts';

const call = createTestCalls();
const LISTEN = '<Gather input="dtmf speech" action="/turn"><Say>Tell me.</Say></Gather>';

describe('time', () => {
  it('is given to the caller only until the Gather ends', async () => {
    let aborted = false;
    const { events } = await call(
      { '/incoming-call': '<Gather input="speech" timeout="1"/>' },
      {
        timeScale: 0.02,
        caller: {
          next: (_gather, signal) =>
            new Promise((resolve) => {
              signal.addEventListener('abort', () => {
                aborted = true;
                resolve({ say: 'too late' });
              });
            }),
        },
      },
    );
    expect(aborted).toBe(true);
    expect(events).toContainEqual({ type: 'silence', seconds: 1 });
    expect(events.map(({ type }) => type)).not.toContain('speech');
  });

  it('does not press a caller who types', async () => {
    const { seen } = await call(
      { '/incoming-call': '<Gather input="speech" timeout="1" action="/turn"/>', '/turn': '' },
      {
        timeScale: 0.001,
        caller: {
          patient: true,
          next: async () => {
            await new Promise((resolve) => setTimeout(resolve, 30));
            return { say: 'slowly' };
          },
        },
      },
    );
    expect(seen[1]?.parameters).toMatchObject({ SpeechResult: 'slowly' });
  });
});

describe('a caller who hangs up', () => {
  it('in a Pause ends the call at once', async () => {
    const hangUp = new AbortController();
    const { endedBy, said, paths } = await call(
      { '/incoming-call': '<Say>Wait.</Say><Pause length="600"/><Say>Still there?</Say>' },
      {
        timeScale: 1,
        signal: hangUp.signal,
        onEvent: (event) => event.type === 'paused' && hangUp.abort(),
      },
    );
    expect(endedBy).toBe('caller');
    expect(said).toEqual(['Wait.']);
    expect(paths).toEqual(['/incoming-call', '/call-status']);
  });

  it('while a webhook is under way does not hear its answer', async () => {
    const hangUp = new AbortController();
    const { endedBy, said, exchanges } = await call(
      {
        '/incoming-call': LISTEN,
        '/turn': (_seen, response) => {
          hangUp.abort();
          setTimeout(() => {
            response.setHeader('content-type', 'text/xml');
            response.end('<Response><Say>too late</Say></Response>');
          }, 20);
          return undefined;
        },
      },
      { caller: scriptedCaller(['fire']), signal: hangUp.signal },
    );
    expect(endedBy).toBe('caller');
    expect(said).toEqual(['Tell me.']);
    // Both were brought, and nothing is under way any more.
    expect(exchanges.map(({ purpose }) => purpose).sort()).toEqual([
      'gather',
      'incoming-call',
      'status-callback',
    ]);
  });

  it('does not wait for a script that does not care', async () => {
    const hangUp = new AbortController();
    const { endedBy } = await call(
      { '/incoming-call': LISTEN },
      {
        signal: hangUp.signal,
        caller: {
          next: () => {
            hangUp.abort();
            return new Promise(() => {});
          },
        },
      },
    );
    expect(endedBy).toBe('caller');
  });

  it('does not wait for somebody who is being dialled', async () => {
    const hangUp = new AbortController();
    const { endedBy, paths } = await call(
      { '/incoming-call': '<Dial action="/dial-status">+15550100009</Dial>' },
      {
        signal: hangUp.signal,
        dialOutcome: () => {
          hangUp.abort();
          return new Promise(() => {});
        },
      },
    );
    expect(endedBy).toBe('caller');
    expect(paths).toEqual(['/incoming-call', '/call-status']);
  });

  it('before anybody answers was never answered', async () => {
    const { status, paths } = await call(
      { '/incoming-call': LISTEN },
      { signal: AbortSignal.abort() },
    );
    expect(status).toBe('no-answer');
    expect(paths).toEqual(['/call-status']);
  });
});
