import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import { type Link, readLink } from '../webhooks/link.ts';

/**
 * Test requests that ask a deployment what Twilio will ask it, and that change nothing there: a call
 * that goes on, a call whose beginning keeps no state, a message that nobody signed, and the two
 * static documents.
 */
export interface TestRequestOptions {
  publicBaseUrl: string;
  accountSid: string;
  authToken: string;
  /** Milliseconds for each; an instance may have to be started for it. */
  deadline?: number;
}

export interface TestRequests {
  /** What is wrong with the deployment, a sentence each; empty when nothing is. */
  faults(): Promise<string[]>;
  /** The company that a call to the number belongs to. @throws where the answer is not as it should be */
  companyOf(number: string): Promise<string>;
}

/** Twilio itself waits no longer for any answer. */
const DEADLINE = 15_000;

/** No call of Twilio's has it. */
const NO_CALL = `CA${'0'.repeat(32)}`;
const NO_MESSAGE = `SM${'0'.repeat(32)}`;

const Refusal = z.object({ error: z.object({ code: z.string() }) });

interface Answer {
  status: number;
  text: string;
}

export function createTestRequests(options: TestRequestOptions): TestRequests {
  const { publicBaseUrl, accountSid, authToken, deadline = DEADLINE } = options;

  async function ask(path: string, init: RequestInit): Promise<Answer | string> {
    try {
      const response = await fetch(`${publicBaseUrl}${path}`, {
        ...init,
        redirect: 'manual',
        signal: AbortSignal.timeout(deadline),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return `${path} gives no answer: is Aurora deployed there?`;
    }
  }

  function post(path: string, form: Record<string, string>, signature?: string) {
    const signed =
      signature ?? webhooks.getExpectedTwilioSignature(authToken, publicBaseUrl + path, form);
    return ask(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': signed,
      },
      body: new URLSearchParams(form).toString(),
    });
  }

  /** A state of a call that is no end of it. */
  async function signed(): Promise<string | undefined> {
    const form = { AccountSid: accountSid, CallSid: NO_CALL, CallStatus: 'in-progress' };
    const answer = await post('/call-status', form);
    if (typeof answer === 'string') return answer;
    return answer.status === 204 ? undefined : `/call-status ${refusal(answer)}`;
  }

  async function unsigned(): Promise<string | undefined> {
    const form = { AccountSid: accountSid, MessageSid: NO_MESSAGE };
    const answer = await post('/incoming-message', form, 'a signature of nobody');
    if (typeof answer === 'string') return answer;
    if (answer.status === 403) return undefined;
    return `/incoming-message answers ${answer.status} to a request that nobody signed, and not 403: what answers there is not this Aurora.`;
  }

  async function document(path: string): Promise<string | undefined> {
    const answer = await ask(path, { method: 'GET' });
    if (typeof answer === 'string') return answer;
    if (answer.status === 200 && /<Response>.*<\/Response>/s.test(answer.text)) return undefined;
    return `${path} answers ${answer.status} and no TwiML document: deploy Hosting.`;
  }

  return {
    async faults() {
      const all = await Promise.all([
        signed(),
        unsigned(),
        document('/twilio-fallback.xml'),
        document('/twilio-text-fallback.xml'),
      ]);
      return [...new Set(all.filter((fault) => fault !== undefined))];
    },
    async companyOf(number) {
      const answer = await post('/incoming-call', {
        AccountSid: accountSid,
        CallSid: NO_CALL,
        CallStatus: 'ringing',
        Direction: 'inbound',
        From: 'anonymous',
        To: number,
      });
      if (typeof answer === 'string') throw new Error(answer);
      if (answer.status !== 200) throw new Error(`/incoming-call ${refusal(answer)}`);
      const link = linkIn(answer.text, publicBaseUrl);
      if (link) return link.company;
      throw new Error(
        `/incoming-call does not lead on to ${publicBaseUrl}/start-call: is PUBLIC_BASE_URL of the deployment another address?`,
      );
    },
  };
}

function refusal({ status, text }: Answer): string {
  const code = Refusal.safeParse(json(text)).data?.error.code;
  if (code === 'bad_signature') {
    return 'refuses the signed test request (403): the auth token or PUBLIC_BASE_URL of the deployment is another one than here.';
  }
  if (code === 'other_account') {
    return 'refuses the signed test request (403): TWILIO_ACCOUNT_SID of the deployment is another account than here.';
  }
  if (status === 404) return 'is not there (404): deploy Aurora and Hosting first.';
  return `answers ${status} to the signed test request: see the log of the deployment.`;
}

/** What the call's way on carries. */
function linkIn(twiml: string, publicBaseUrl: string): Link | undefined {
  const address = /<Redirect[^>]*>([^<]+)</.exec(twiml)?.[1]?.replaceAll('&amp;', '&');
  if (!address?.startsWith(`${publicBaseUrl}/start-call?`)) return undefined;
  return readLink(new URL(address).searchParams);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
