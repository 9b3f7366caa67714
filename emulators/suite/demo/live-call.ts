import { connectToRestServer } from '../../twilio/control-client.ts';
import { createHandset, placeCall } from '../../twilio/telephone.ts';

/** A worker who is on the line when somebody opens the page for the first time, and stays there. */
const SAYS = [
  'there is hydraulic oil all over the floor by press four',
  'one of us slipped and his wrist is swollen',
];

/** Resolves when the words are said; the returned function hangs up. */
export async function placeDemoCall(of: {
  baseUrl: string;
  restUrl: string;
  authToken: string;
  from: string;
}): Promise<() => Promise<void>> {
  const line = await connectToRestServer({ restUrl: of.restUrl, authToken: of.authToken });
  const handset = createHandset();
  for (const words of SAYS) handset.say(words);
  const hungUp = new AbortController();
  const over = placeCall({
    baseUrl: of.baseUrl,
    authToken: of.authToken,
    from: of.from,
    caller: handset.caller,
    switchboard: line,
    signal: hungUp.signal,
  }).catch(() => undefined);
  return async () => {
    hungUp.abort();
    await over;
    line.close();
  };
}
