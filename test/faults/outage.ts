import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { StoppableServer } from '../../emulators/suite/outages.ts';
import type { CallResult } from '../../emulators/twilio/telephone.ts';
import { telephone } from '../journeys/support.ts';
import type { Suite } from '../suite.ts';
import { turnsOf } from './ledger.ts';
import { OUTAGE, talker } from './support.ts';

/** Milliseconds that a caller takes to speak. */
const SPEAKING = 400;
/** Turns before and after the outage. */
const SOME_TURNS = 3;

/**
 * Takes a server away while people call: one call begins before the outage and ends after it, one
 * begins before and ends in it, one begins in it and ends after it, one lies in it as a whole.
 * Resolves to the four calls when the server is back and all have hung up.
 * @param meanwhile what must hold while the server is away; it is given the call that lies in it
 */
export async function callThroughOutage(
  suite: Suite,
  server: StoppableServer,
  meanwhile: (callInIt: CallResult) => Promise<void>,
): Promise<CallResult[]> {
  const ending = { first: false, last: false };
  const answered = { first: 0, second: 0, last: 0 };
  function call(name: keyof typeof answered, isOver: () => boolean): Promise<CallResult> {
    return telephone(suite, {
      caller: talker(name, async (said) => {
        answered[name] = said;
        await sleep(SPEAKING);
        return isOver();
      }),
    });
  }
  const more = async (name: keyof typeof answered) => {
    const wanted = answered[name] + SOME_TURNS;
    await expect.poll(() => answered[name], { timeout: 60_000 }).toBeGreaterThanOrEqual(wanted);
  };

  const throughout = call('first', () => ending.last);
  const intoIt = call('second', () => ending.first);
  await Promise.all([more('first'), more('second')]);

  await suite.stopServer(server);
  const outage = sleep(OUTAGE);
  const outOfIt = call('last', () => ending.last);
  const inIt = await telephone(suite, {
    caller: talker('in it', (said) => said === SOME_TURNS),
  });
  await more('second');
  ending.first = true;
  await intoIt;
  await Promise.all([more('last'), meanwhile(inIt)]);
  await outage;
  await suite.startServer(server);

  await Promise.all([more('first'), more('last')]);
  ending.last = true;
  const calls = await Promise.all([throughout, intoIt, outOfIt, inIt]);
  for (const { endedBy, faults, exchanges } of calls) {
    expect(endedBy).toBe('caller');
    // A status callback may be refused while only this instance holds the end; no caller hears that.
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(exchanges.length).toBeGreaterThan(SOME_TURNS);
  }
  expect(calls.flatMap(turnsOf).every(({ unanswered }) => unanswered === 0)).toBe(true);
  return calls;
}
