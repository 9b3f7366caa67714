import { describe, expect, it } from 'vitest';
import { close } from './answered.ts';
import { asked, chainOf, defaults, open, runDue, START } from './chain.fixture.ts';
import { raise } from './raised.ts';

describe('a chain of pages', () => {
  it('is raised anew by words that are CRITICAL after it was closed, and by no repetition of earlier ones (I3)', () => {
    const over = chainOf(close(open(), 'person', START + 1_000, 'ravi'));
    const again = (why: 'critical' | 'silent', at: number) =>
      raise(over, { ...asked, why, at }, defaults, START + 5_000);
    expect(again('critical', START + 1_000).outcome).toBe('known');
    expect(again('silent', START + 4_000).outcome).toBe('known');
    expect(again('critical', START + 4_000)).toMatchObject({
      outcome: 'opened',
      chain: { round: 2, next: 0, due_at: START + 5_000 },
    });
  });

  it('of a call that is over is never raised again (I4)', () => {
    const over = chainOf(close(open(), 'call_over', START));
    expect(raise(over, { ...asked, at: START + 9_000 }, defaults, START + 9_000).outcome).toBe(
      'known',
    );
  });

  it('does not wait for its next step when the call becomes CRITICAL', () => {
    const quiet = raise(undefined, { ...asked, why: 'ungrounded' }, defaults, START).chain;
    const paged = runDue(quiet, START, 'asha');
    const sharpened = raise(paged, asked, defaults, START + 4_000);
    expect(sharpened).toMatchObject({ outcome: 'sharpened', chain: { due_at: START + 4_000 } });
    expect(raise(sharpened.chain, asked, defaults, START + 5_000).outcome).toBe('known');
  });

  it('goes on for a caller who is lost, and does not wait for its next step', () => {
    const paged = runDue(open(), START, 'asha');
    const lost = { ...asked, why: 'caller_lost' as const, at: START + 4_000 };
    const sharpened = raise(paged, lost, defaults, START + 4_000);
    expect(sharpened).toMatchObject({
      outcome: 'sharpened',
      chain: { why: 'caller_lost', due_at: START + 4_000 },
    });
    expect(raise(sharpened.chain, lost, defaults, START + 5_000).outcome).toBe('known');
    expect(raise(sharpened.chain, asked, defaults, START + 5_000).outcome).toBe('known');
  });
});
