import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept, passOn, settleAttempt } from './answered.ts';
import { asked, chainOf, open, pauses, people, policies, runDue, START } from './chain.fixture.ts';
import { raise } from './raised.ts';
import { claim, dueOf } from './stages.ts';

const acts = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('run' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('accept' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('pass' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('raise' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('die' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('unanswered' as const), who: people }) },
);

describe('a chain of pages', () => {
  it('has the default waits of 30, 60 and 120 s, then the emergency number, then quiet repeats', () => {
    let chain = open();
    let now = START;
    const seen: [string, number][] = [];
    while (!chain.closed) {
      now = chain.due_at;
      const due = dueOf(chain, now);
      if (due.do === 'run') seen.push([due.stage.kind, (now - START) / 1_000]);
      chain = runDue(chain, now, 'asha');
    }
    expect(seen).toEqual([
      ['people', 0],
      ['people', 30],
      ['people', 90],
      ['emergency', 210],
      ['people', 330],
      ['people', 450],
      ['people', 570],
    ]);
    expect(chain.closed.reason).toBe('nobody');
  });

  it('comes, whatever people do, to the emergency number or to somebody who closes it (I8)', () => {
    fc.assert(
      fc.property(policies, fc.array(fc.tuple(acts, pauses), { maxLength: 60 }), (policy, all) => {
        let chain = open(policy);
        let now = START;
        let emergencies = 0;
        const run = (who: string) => {
          const due = dueOf(chain, now);
          if (due.do === 'run' && due.stage.kind === 'emergency') emergencies++;
          chain = runDue(chain, now, who);
        };
        for (const [{ act, who }, pause] of all) {
          now += pause;
          if (act === 'run') run(who);
          if (act === 'accept') chain = chainOf(accept(chain, who, now)) ?? chain;
          if (act === 'pass') chain = chainOf(passOn(chain, who, now)) ?? chain;
          if (act === 'raise') chain = raise(chain, { ...asked, at: START }, policy, now).chain;
          if (act === 'die') chain = claim(chain, `dead ${now}`, now) ?? chain;
          if (act === 'unanswered') {
            const key = `${chain.next - 1}-${who}-sms`;
            chain = settleAttempt(chain, key, 'unanswered', 'no-answer', now);
          }
        }
        for (let left = 0; left < 100 && !chain.closed; left++) {
          now = Math.max(now, chain.due_at, chain.claim?.until ?? 0);
          run('asha');
        }
        expect(chain.closed?.reason).toBe('nobody');
        expect(emergencies).toBe(1);
      }),
    );
  });
});
