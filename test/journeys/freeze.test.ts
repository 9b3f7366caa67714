import { afterAll, beforeAll, describe } from 'vitest';
import { type Suite, startSuite } from '../suite.ts';
import { closeClients } from './support.ts';
import { moreVoiceJourneys, voiceJourneys } from './voice.ts';

/** Workers get no CPU between requests, as on the deployed platform. */
describe('a voice call on workers that are frozen between requests', () => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await startSuite({ mode: 'freeze' });
  });
  afterAll(async () => {
    await closeClients();
    await suite?.stop();
  });
  voiceJourneys(() => suite);
  moreVoiceJourneys(() => suite);
});
