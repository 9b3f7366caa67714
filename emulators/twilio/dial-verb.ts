/**
 * `<Dial>`: numbers, or a conference.
 *
 * Differs from Twilio: of several numbers the first with a telephone rings, not all at once; a number
 * without one is answered as `dialOutcome` says.
 */
import {
  bridgeRequest,
  type ConferenceExit,
  readConference,
  stayInConference,
} from './conference-verb.ts';
import { resolveUrl, unresolvable } from './gather.ts';
import { type OutgoingOrder, PROGRESS_EVENTS } from './outgoing-order.ts';
import { conferenceDialParameters, dialParameters, newSid } from './parameters.ts';
import type { Parameters } from './signed-request.ts';
import type { TwimlElement } from './twiml-document.ts';
import type { Verb } from './twiml-rules.ts';
import { untilAborted } from './until-aborted.ts';
import type { Decision, VerbContext } from './verbs.ts';

export async function dial(verb: Verb, context: VerbContext): Promise<Decision | undefined> {
  const { action } = verb.attributes;
  const url = resolveUrl(action, context.documentUrl);
  if (action !== undefined && url === undefined) {
    return { fault: unresolvable('Dial action', action, context.documentUrl) };
  }
  const conference = verb.nouns.find(({ name }) => name === 'Conference');
  const outcome =
    conference === undefined
      ? await dialNumbers(verb, context)
      : await dialConference(conference, verb, context);
  if (outcome === 'hung-up') return { kind: 'end', by: 'caller' };
  if (action === undefined || url === undefined) return undefined;
  const method = verb.attributes.method === 'GET' ? 'GET' : 'POST';
  return { kind: 'fetch', purpose: 'dial', url, method, parameters: outcome };
}

async function dialNumbers(verb: Verb, context: VerbContext): Promise<Parameters | 'hung-up'> {
  const { attributes, nouns } = verb;
  const numbers = nouns.length > 0 ? nouns.map(({ text }) => text.trim()) : [verb.text];
  for (const [index, number] of numbers.entries()) {
    const talk = await dialNumber(number, verb, nouns[index]?.attributes ?? {}, context);
    if (talk !== undefined) return talk;
  }
  const dialling = Promise.resolve(context.dialOutcome({ numbers, attributes }));
  const outcome = await untilAborted(dialling, context.signal, { status: 'canceled' });
  if (outcome.status === 'no-answer') await context.wait(Number(attributes.timeout ?? 30));
  context.emit({ type: 'dialled', numbers, status: outcome.status });
  return dialParameters(newSid('CA'), outcome);
}

/** Undefined where no telephone is plugged in at the number. */
async function dialNumber(
  number: string,
  { attributes }: Verb,
  noun: Readonly<Record<string, string>>,
  context: VerbContext,
): Promise<Parameters | 'hung-up' | undefined> {
  const { call, documentUrl } = context;
  const { accountSid, callSid: parentCallSid } = call;
  if (context.dial === undefined || context.conferences === undefined) return undefined;
  const events = noun.statusCallbackEvent?.split(' ') ?? ['completed'];
  const room = newSid('CF');
  const callSid = newSid('CA');
  const order: OutgoingOrder = {
    callSid,
    accountSid,
    from: attributes.callerId ?? call.from,
    to: number,
    direction: 'outbound-dial',
    parentCallSid,
    instructions: {
      kind: 'bridge',
      room,
      url: absolute(noun.url),
      method: noun.method === 'GET' ? 'GET' : 'POST',
    },
    fallbackUrl: '',
    fallbackMethod: 'POST',
    statusCallback: absolute(noun.statusCallback),
    statusCallbackMethod: noun.statusCallbackMethod === 'GET' ? 'GET' : 'POST',
    statusCallbackEvents: PROGRESS_EVENTS.filter((event) => events.includes(event)),
    timeoutInSeconds: Number(attributes.timeout ?? 30),
    timeLimitInSeconds: attributes.timeLimit === undefined ? null : Number(attributes.timeLimit),
    machineDetection:
      noun.machineDetection === 'Enable' || noun.machineDetection === 'DetectMessageEnd'
        ? noun.machineDetection
        : null,
  };
  const over = new AbortController();
  const dialling = context.dial(order, AbortSignal.any([context.signal, over.signal]));
  const talking = stayInConference({
    request: bridgeRequest(parentCallSid, room),
    context,
    signal: over.signal,
    hangupOnStar: attributes.hangupOnStar === 'true',
  });
  void dialling.then(() => over.abort());
  const exit = await talking;
  over.abort();
  const result = await dialling;
  if (result === undefined) return undefined;
  if (exit === 'hung-up') return exit;
  context.emit({ type: 'dialled', numbers: [number], status: result.status });
  return dialParameters(callSid, result);

  function absolute(url: string | undefined): string {
    return url === undefined ? '' : (resolveUrl(url, documentUrl) ?? '');
  }
}

const STATUS_OF_EXIT: Readonly<Record<ConferenceExit, 'answered' | 'failed'>> = {
  'hung-up': 'answered',
  star: 'answered',
  redirected: 'answered',
  kicked: 'answered',
  ended: 'answered',
  refused: 'failed',
  'no-conferences': 'failed',
};

async function dialConference(
  noun: TwimlElement,
  verb: Verb,
  context: VerbContext,
): Promise<Parameters | 'hung-up'> {
  const { waitUrl, waitMethod } = noun.attributes;
  const exit = await stayInConference({
    request: readConference(noun, context),
    context,
    hangupOnStar: verb.attributes.hangupOnStar === 'true',
    wait: {
      url: waitUrl?.trim() ? (resolveUrl(waitUrl, context.documentUrl) ?? '') : '',
      method: waitMethod === 'GET' ? 'GET' : 'POST',
    },
  });
  if (exit === 'hung-up') return exit;
  const status = STATUS_OF_EXIT[exit];
  context.emit({ type: 'dialled', numbers: [noun.text.trim()], status });
  return conferenceDialParameters(status);
}
