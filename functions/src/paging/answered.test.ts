import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept, close, passOn } from './answered.ts';
import { chainOf, open, pauses, people, runDue, START, sent } from './chain.fixture.ts';
import type { Chain } from './chain.ts';
import { claim, complete, dueOf } from './stages.ts';

describe('a chain of pages', () => {
  it('has one person at a time who has accepted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(people, fc.boolean(), pauses), { minLength: 2, maxLength: 30 }),
        (all) => {
          let chain = open();
          let now = START;
          for (const [who, passes, pause] of all) {
            now += pause;
            const before = chain.accepted;
            const answer = passes ? passOn(chain, who, now) : accept(chain, who, now);
            chain = chainOf(answer) ?? chain;
            const held = before && now < before.until && before.by !== who;
            if (held) expect(chain.accepted).toEqual(before);
            if (held && !passes) expect(answer).toEqual({ outcome: 'taken', by: before.by });
          }
        },
      ),
    );
  });

  it('goes on when who has accepted does not follow it up, and not before', () => {
    const paged = runDue(open(), START, 'asha');
    const accepted = chainOf(accept(paged, 'asha', START + 5_000));
    expect(dueOf(accepted, START + 64_999)).toEqual({ do: 'wait', until: START + 65_000 });
    expect(dueOf(accepted, START + 65_000)).toMatchObject({ do: 'run', index: 1 });
    expect(claim(accepted, 'x', START + 65_000)?.accepted).toBeUndefined();
  });

  it('gives nobody more time who accepts again and again', () => {
    const first = chainOf(accept(runDue(open(), START, 'asha'), 'asha', START + 1_000));
    expect(accept(first, 'asha', START + 50_000)).toEqual({
      outcome: 'accepted',
      chain: first,
      isNew: false,
    });
  });

  it('goes on at once when everybody has passed on, or nobody could be reached', () => {
    const claimed = claim(open(), 'holder', START) as Chain;
    const both = sent(sent(claimed, 0, 'asha', START), 0, 'ravi', START);
    const paged = complete(both, 'holder', START);
    const one = chainOf(passOn(paged, 'asha', START + 2_000));
    expect(one.due_at).toBe(START + 30_000);
    expect(chainOf(passOn(one, 'ravi', START + 3_000)).due_at).toBe(START + 3_000);
    expect(runDue(open(), START, undefined)).toMatchObject({ next: 1, due_at: START });
  });

  it('is given back by who had accepted', () => {
    const accepted = chainOf(accept(runDue(open(), START, 'asha'), 'asha', START + 1_000));
    const given = chainOf(passOn(accepted, 'asha', START + 2_000));
    expect(given.accepted).toBeUndefined();
    expect(given.due_at).toBe(START + 2_000);
  });

  it('that is over takes no answer, and tells who closed it', () => {
    const over = chainOf(close(open(), 'person', START + 1_000, 'ravi'));
    const closed = { reason: 'person', at: START + 1_000, by: 'ravi' };
    for (const answer of [accept(over, 'asha', START + 2_000), passOn(over, 'asha', START + 2_000)])
      expect(answer).toEqual({ outcome: 'over', closed });
    expect(dueOf(over, START + 9_000_000)).toEqual({ do: 'nothing' });
  });
});
