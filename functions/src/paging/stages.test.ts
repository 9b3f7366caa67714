import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept } from './answered.ts';
import { chainOf, open, pauses, policies, runDue, START, sent } from './chain.fixture.ts';
import type { Chain } from './chain.ts';
import { CLAIM, claim, complete, dueOf, stageOf } from './stages.ts';

describe('a chain of pages', () => {
  it('moves on by due_at alone, and each stage is claimed by one', () => {
    fc.assert(
      fc.property(policies, fc.array(pauses, { maxLength: 40 }), (policy, all) => {
        let chain = open(policy);
        let now = START;
        for (const [at, pause] of all.entries()) {
          now += pause;
          const claimed = claim(chain, `first ${at}`, now);
          if (!claimed) {
            expect(now < chain.due_at || dueOf(chain, now).do !== 'run').toBe(true);
            continue;
          }
          expect(now).toBeGreaterThanOrEqual(chain.due_at);
          expect(claim(claimed, `second ${at}`, now)).toBeUndefined();
          expect(complete(claimed, `second ${at}`, now)).toBe(claimed);
          chain = complete(sent(claimed, chain.next, 'asha', now), `first ${at}`, now);
          expect(chain.next).toBe(claimed.next + 1);
        }
      }),
    );
  });

  it('is claimed again when the holder has died, and goes on with the same stage', () => {
    const dead = claim(open(), 'dead', START) as Chain;
    expect(claim(dead, 'alive', START + CLAIM - 1)).toBeUndefined();
    const alive = claim(dead, 'alive', START + CLAIM) as Chain;
    expect(alive.claim?.stage).toBe(0);
    expect(complete(alive, 'dead', START + CLAIM)).toBe(alive);
    expect(complete(sent(alive, 0, 'asha', START), 'alive', START + CLAIM)).toMatchObject({
      next: 1,
      due_at: START + CLAIM + 30_000,
    });
  });

  it('lets somebody accept while a stage is being run, and does not overrule them', () => {
    const claimed = claim(open(), 'holder', START) as Chain;
    const accepted = chainOf(accept(claimed, 'asha', START + 1_000));
    const done = complete(sent(accepted, 0, 'asha', START), 'holder', START + 2_000);
    expect(done).toMatchObject({ next: 1, due_at: START + 61_000, accepted: { by: 'asha' } });
  });

  it('lets the first reply be heard before the emergency number, though nobody is on call', () => {
    let chain = open();
    while (stageOf(chain.policy, chain.next)?.kind === 'people') {
      chain = runDue(chain, chain.due_at, undefined);
    }
    expect(chain).toMatchObject({ next: 3, due_at: START + 30_000 });
    chain = runDue(chain, chain.due_at, undefined);
    while (!chain.closed) chain = runDue(chain, chain.due_at, undefined);
    expect(chain.closed).toMatchObject({ reason: 'nobody', at: START + 30_000 });
  });
});
