import {
  LOCAL_ACCOUNT_SID,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from '../../emulators/twilio/local-account.ts';
import { newSid, speechParameters, voiceParameters } from '../../emulators/twilio/parameters.ts';
import { type SignedRequest, signedRequest } from '../../emulators/twilio/signed-request.ts';
import { parseTwiml, type TwimlElement } from '../../emulators/twilio/twiml-document.ts';
import type { Answer } from './hosted.ts';

/** One caller from the first ring on, as Twilio would speak for them. */
export interface Conversation {
  /** The request that starts the call. */
  ring(): SignedRequest;
  /** The next thing the caller says, sent to where the last answer asks for it. */
  say(words: string, last: Answer): SignedRequest;
}

export function createConversation(publicBaseUrl: string): Conversation {
  const leg = {
    accountSid: LOCAL_ACCOUNT_SID,
    callSid: newSid('CA'),
    from: LOCAL_CALLER_NUMBER,
    to: LOCAL_DEMO_NUMBER,
  };
  return {
    ring: () =>
      signedRequest({
        url: `${publicBaseUrl}/start-call`,
        parameters: voiceParameters({ ...leg, callStatus: 'ringing' }),
      }),
    say: (words, last) =>
      signedRequest({
        url: gatherAction(last),
        parameters: {
          ...voiceParameters({ ...leg, callStatus: 'in-progress' }),
          ...speechParameters(words, 0.92, 'en-IN'),
        },
      }),
  };
}

/** Where the Gather of a TwiML answer sends the next words. Throws where the answer has none. */
export function gatherAction(answer: Answer): string {
  const document = parseTwiml(answer.body, 'the answer');
  const gather = 'root' in document ? find(document.root, 'Gather') : undefined;
  const action = gather?.attributes.action;
  if (answer.status !== 200 || !answer.contentType.startsWith('text/xml') || !action) {
    throw new Error(`No Gather in an answer with status ${answer.status}: ${answer.body}`);
  }
  return action;
}

function find(element: TwimlElement, name: string): TwimlElement | undefined {
  if (element.name === name) return element;
  for (const child of element.children) {
    const found = find(child, name);
    if (found) return found;
  }
  return undefined;
}
