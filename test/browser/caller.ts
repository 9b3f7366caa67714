import { type ControlClient, connectToRestServer } from '../../emulators/twilio/control-client.ts';
import { type CallResult, createHandset, type Handset } from '../../emulators/twilio/telephone.ts';
import { anyNumber, type RunningSuite, telephone } from '../journeys/support.ts';

/** A caller who is told what to do while supervisors watch. */
export interface LedCall extends Handset {
  from: string;
  /** All that the caller has heard so far. */
  heard(): string;
  hangUp(): void;
  over: Promise<CallResult>;
}

/** Calls that Twilio's REST endpoint can reach: to take them over. */
export async function telephoneLine({ ports }: RunningSuite): Promise<ControlClient> {
  return connectToRestServer({ restUrl: `http://127.0.0.1:${ports.twilio}` });
}

export function placeLedCall(
  suite: RunningSuite,
  line: ControlClient,
  from = anyNumber(),
): LedCall {
  const handset = createHandset();
  const said: string[] = [];
  const hungUp = new AbortController();
  const over = telephone(suite, {
    from,
    caller: handset.caller,
    switchboard: line,
    signal: hungUp.signal,
    onEvent: (event) => {
      if (event.type === 'said') said.push(event.text);
    },
  });
  return { ...handset, from, over, heard: () => said.join(' '), hangUp: () => hungUp.abort() };
}
