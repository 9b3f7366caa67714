import { afterAll, beforeAll, describe } from 'vitest';
import { type Suite, startSuite } from '../suite.ts';
import { closeClients } from './support.ts';
import { voiceJourneys } from './voice.ts';

/**
 * Every request on a process of its own, which dies right after its answer and shares nothing: every
 * webhook that comes twice at once reaches two instances. The direct write is off, so that the tasks
 * alone bring the words home.
 */
describe('a voice call whose every turn lands on another worker process', {
  timeout: 300_000,
}, () => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await startSuite({ mode: 'isolated', env: { DIRECT_WRITE: 'off' } });
  });
  afterAll(async () => {
    await closeClients();
    await suite?.stop();
  });
  voiceJourneys(() => suite, { words: 2, probability: 1 });
});
