import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TelephoneEvent } from '../../emulators/twilio/telephone.ts';
import { telephone } from '../journeys/support.ts';
import { turnsOf } from './ledger.ts';
import { expectArchivedOnce, PATIENCE, RETRIES, talker, useSuite } from './support.ts';

const CALLERS = ['Asha', 'Bala', 'Chitra', 'Deepak', 'Esha', 'Farhan', 'Gita', 'Hari'];
const TURNS = 25;
/** Turns that are answered before each kill. */
const KILLS = [20, 60, 100, 140];

describe('a twilio worker that is killed in the middle of a turn', PATIENCE, () => {
  // There can't be such a directory: the journal is in memory and dies with its instance, as it
  // does on Cloud Functions.
  const suite = useSuite({ env: { JOURNAL_DIR: '/dev/null/journal' } });

  /** Kills the worker, or the one that comes after this one; resolves to its process id. */
  async function killWorker(notThisOne?: number): Promise<number> {
    for (;;) {
      const pid = await suite().workerPid('twilio');
      if (pid !== undefined && pid !== notThisOne && process.kill(pid, 'SIGKILL')) return pid;
      await sleep(5);
    }
  }

  it('loses, doubles and misplaces nothing of 200 turns of eight callers (I2, I3)', async () => {
    const turns = watchTurns();
    const killing = (async () => {
      for (const answers of KILLS) {
        await turns.answered(answers);
        await turns.nextSent();
        await killWorker();
      }
    })();
    const calls = await Promise.all(
      CALLERS.map((name) =>
        telephone(suite(), {
          voiceUrl: `${suite().baseUrl}/incoming-call${RETRIES}`,
          caller: talker(name, (said) => said === TURNS),
          onEvent: turns.onEvent,
        }),
      ),
    );
    await killing;
    expect(calls.map(({ endedBy }) => endedBy)).toEqual(CALLERS.map(() => 'caller'));
    const interrupted = calls.flatMap(turnsOf).filter(({ unanswered }) => unanswered > 0);
    expect(interrupted.length).toBeGreaterThanOrEqual(KILLS.length);
    await expectArchivedOnce(suite(), calls);
  });

  it('is replaced for a caller whose retry it died of, too, after the fallback (I2, I8)', async () => {
    const turns = watchTurns();
    const killing = (async () => {
      await turns.answered(3);
      // A worker that answers before it is killed has the caller go on to another turn.
      for (let killed: number | undefined; ; ) {
        await turns.nextSent();
        if (turns.fellBack()) return;
        killed = await killWorker(killed);
      }
    })();
    const call = await telephone(suite(), {
      voiceUrl: `${suite().baseUrl}/incoming-call${RETRIES}`,
      caller: talker('Indira', (said) => said >= 7 && turns.fellBack()),
      onEvent: turns.onEvent,
    });
    await killing;
    expect(call.endedBy).toBe('caller');
    expect(call.exchanges.map(({ purpose }) => purpose)).toContain('fallback');
    await expectArchivedOnce(suite(), [call]);
  });
});

/** Counts turns, to be waited for. */
function watchTurns() {
  const events = new EventEmitter();
  let answers = 0;
  let fellBack = false;
  return {
    onEvent(event: TelephoneEvent): void {
      if (event.type === 'request-sent') {
        if (event.purpose === 'fallback') fellBack = true;
        if (event.purpose === 'gather' || event.purpose === 'fallback') events.emit('sent');
      }
      if (event.type !== 'request-answered' || event.exchange.purpose !== 'gather') return;
      answers += 1;
      events.emit('answered');
    },
    async answered(count: number): Promise<void> {
      while (answers < count) await once(events, 'answered');
    },
    /** Whether Twilio has asked the static fallback. */
    fellBack: () => fellBack,
    /** Resolves when a turn is on its way, or the fallback instead of it. */
    nextSent: () => once(events, 'sent'),
  };
}
