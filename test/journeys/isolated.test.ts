import { afterAll, beforeAll, describe } from 'vitest';
import { type Suite, startSuite } from '../suite.ts';
import { ADMIN, setPolicy } from './people.ts';
import { closeClients } from './support.ts';
import { voiceJourneys } from './voice.ts';

/**
 * Every request on a process of its own, which dies right after its answer and shares nothing: every
 * webhook that comes twice at once reaches two instances. The direct write is off, so that the tasks
 * alone bring the words home.
 */
describe('a voice call whose every turn lands on another worker process', {
  timeout: 600_000,
}, () => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await startSuite({ mode: 'isolated', env: { DIRECT_WRITE: 'off' } });
    // Each step of fetching people is a process as well: one is fetched, once, for what is urgent.
    const steps = [{ who: [ADMIN.id], wait_seconds: 3_600 }];
    await setPolicy(suite, { steps, repeats: 0, call_back: false, unanswered: 'urgent' });
  });
  afterAll(async () => {
    await closeClients();
    await suite?.stop();
  });
  const words = ['the conveyor belt squeaks', 'since this morning'];
  voiceJourneys(() => suite, { words, probability: 1, patience: 10 });
});
