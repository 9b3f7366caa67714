import { setTimeout as wait } from 'node:timers/promises';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from '../twilio/local-account.ts';
import { newSid, voiceParameters } from '../twilio/parameters.ts';
import { signedRequest } from '../twilio/signed-request.ts';
import { loadedFunctions } from './firebase-tools.ts';
import { HOST, type Ports } from './ports.ts';

interface Warmth {
  project: string;
  ports: Ports;
  /** What Twilio's signatures are made for. */
  publicBaseUrl: string;
  authToken: string;
}

/**
 * Sends the first request to the functions that people wait for, so that "ready" means ready.
 * `/incoming-call` keeps no state, so a signed one harms nothing and proves that signatures,
 * Hosting's rewrites and the public address fit together.
 * @returns a sentence for each function that did not answer as it should
 */
export async function warmUp({
  project,
  ports,
  publicBaseUrl,
  authToken,
}: Warmth): Promise<string[]> {
  const baseUrl = `http://${HOST}:${ports.hosting}`;
  const incoming = signedRequest({
    url: `${publicBaseUrl}/incoming-call`,
    authToken,
    parameters: voiceParameters({
      accountSid: LOCAL_ACCOUNT_SID,
      callSid: newSid('CA'),
      from: LOCAL_CALLER_NUMBER,
      to: LOCAL_DEMO_NUMBER,
      callStatus: 'ringing',
    }),
  });
  const { method, headers, body } = incoming;
  const problems = await Promise.all([
    expectOk('api', `${baseUrl}/api/health`),
    expectOk('twilio', `${baseUrl}/incoming-call`, { method, headers, body }),
    ...startWorkers(project, ports),
  ]);
  return problems.filter((problem) => problem !== undefined);
}

/** Tries before it is told that a function does not answer, and milliseconds between them. */
const TRIES = 8;
const PAUSE = 1_500;

/** On a machine that has much to do at this moment, a function that only starts may ask for patience. */
async function expectOk(name: string, url: string, init?: RequestInit) {
  for (let attempt = 1; ; attempt++) {
    const problem = await problemOf(name, url, init);
    if (!problem?.mayPass || attempt === TRIES) return problem?.sentence;
    await wait(PAUSE);
  }
}

async function problemOf(name: string, url: string, init?: RequestInit) {
  try {
    const response = await fetch(url, init);
    const text = (await response.text()).trim().slice(0, 200);
    if (response.ok) return undefined;
    const sentence = `${name} answered ${response.status} at ${url}: ${text}`;
    return { sentence, mayPass: response.status === 503 && !text.includes('not_set_up') };
  } catch (error) {
    const sentence = `${name} did not answer at ${url}: ${(error as Error).message}`;
    return { sentence, mayPass: false };
  }
}

/**
 * Those of the tasks and of the streams. The emulator's runtime answers this path itself: the worker
 * starts, the function is not run.
 */
function startWorkers(project: string, ports: Ports): Promise<undefined>[] {
  return loadedFunctions()
    .filter(({ definition: { taskQueueTrigger, name } }) => taskQueueTrigger || name === 'streams')
    .map(async ({ definition: { region, name } }) => {
      const origin = `http://${HOST}:${ports.functions}`;
      const response = await fetch(`${origin}/${project}/${region}/${name}/robots.txt`);
      await response.arrayBuffer();
      return undefined;
    });
}
