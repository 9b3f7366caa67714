import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { closeClients, type RunningSuite } from '../journeys/support.ts';
import { type LedCall, placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser } from './page.ts';

/** The telephones of a file of tests, which closes them, its browser and its clients in the end. */
export function useTelephones(suite: RunningSuite) {
  let line: ControlClient;

  beforeAll(async () => {
    line = await telephoneLine(suite);
  });

  afterAll(async () => {
    line.close();
    await Promise.all([closeBrowser(), closeClients()]);
  });

  /** A call that goes on until its test is over. */
  function callThatSays(words: string): LedCall {
    const call = placeLedCall(suite, line);
    call.say(words);
    onTestFinished(async () => {
      call.hangUp();
      await call.over;
    });
    return call;
  }

  return { line: () => line, callThatSays };
}
