/**
 * A leg in a conference: from `<Dial><Conference>` until it hangs up, is put out or redirected, or the
 * conference ends.
 *
 * Differs from Twilio: Dial's timeLimit is not heeded here; what Twilio plays where there is no
 * waitUrl is not heard; a waiting document without a Pause is not asked for again, because words take
 * no time here; the action is not requested when the leg itself hangs up.
 */
import type { CallerAction } from './caller.ts';
import {
  CONFERENCE_EVENTS,
  type ConferenceNotice,
  type JoinRequest,
  type Membership,
} from './conference-protocol.ts';
import { playWhileWaiting } from './conference-wait.ts';
import { fault } from './faults.ts';
import { resolveUrl } from './gather.ts';
import type { HttpMethod } from './signed-request.ts';
import type { TwimlElement } from './twiml-document.ts';
import { MOST_PARTICIPANTS } from './twiml-nouns.ts';
import { untilAborted } from './until-aborted.ts';
import type { VerbContext } from './verbs.ts';

/** Why a leg is out of a conference. */
export type ConferenceExit =
  | 'hung-up'
  | 'star'
  | 'redirected'
  | 'kicked'
  | 'ended'
  | 'refused'
  | 'no-conferences';

/** What `<Conference>` asks for. */
export function readConference(
  noun: TwimlElement,
  { call, documentUrl }: VerbContext,
): JoinRequest {
  const { attributes } = noun;
  const events = (attributes.statusCallbackEvent ?? '').split(' ');
  return {
    callSid: call.callSid,
    name: noun.text.trim(),
    bridge: false,
    muted: attributes.muted === 'true',
    startOnEnter: attributes.startConferenceOnEnter !== 'false',
    endOnExit: attributes.endConferenceOnExit === 'true',
    coaches: attributes.coach ?? null,
    label: attributes.participantLabel ?? null,
    maxParticipants: Number(attributes.maxParticipants ?? MOST_PARTICIPANTS),
    statusCallback:
      attributes.statusCallback === undefined
        ? ''
        : (resolveUrl(attributes.statusCallback, documentUrl) ?? ''),
    statusCallbackMethod: attributes.statusCallbackMethod === 'GET' ? 'GET' : 'POST',
    statusCallbackEvents: CONFERENCE_EVENTS.filter((event) => events.includes(event)),
  };
}

/** What joins the two legs of a Dial. */
export function bridgeRequest(callSid: string, room: string): JoinRequest {
  return {
    callSid,
    name: room,
    bridge: true,
    muted: false,
    startOnEnter: true,
    endOnExit: true,
    coaches: null,
    label: null,
    maxParticipants: 2,
    statusCallback: '',
    statusCallbackMethod: 'POST',
    statusCallbackEvents: [],
  };
}

export interface ConferenceStay {
  readonly request: JoinRequest;
  readonly context: VerbContext;
  /** Ends the stay beside what the context's signal ends. */
  readonly signal?: AbortSignal;
  readonly hangupOnStar?: boolean;
  /** What is played until the conference starts; empty for silence. */
  readonly wait?: { readonly url: string; readonly method: HttpMethod };
}

export async function stayInConference(stay: ConferenceStay): Promise<ConferenceExit> {
  const { request, context } = stay;
  const { caller, emit } = context;
  if (context.conferences === undefined) return 'no-conferences';
  const out = Promise.withResolvers<ConferenceExit>();
  const started = Promise.withResolvers<void>();
  const gone = new AbortController();
  const from = stay.signal === undefined ? [context.signal] : [context.signal, stay.signal];
  const signal = AbortSignal.any([...from, gone.signal]);
  /** Heard since this leg last said something, and who waits for it. */
  let heard = 0;
  let wake = () => {};

  const membership = context.conferences.join(request, onNotice);
  const onAbort = () => {
    membership.leave(context.isHangingUp() ? 'hung-up' : 'redirected');
    out.resolve('redirected');
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  converse(membership).then((exit) => exit !== undefined && out.resolve(exit), out.reject);
  const waiting = new AbortController();
  void started.promise.then(() => waiting.abort());
  if (stay.wait !== undefined && stay.wait.url !== '') {
    void playWhileWaiting(stay.wait, context, AbortSignal.any([signal, waiting.signal]));
  }

  try {
    const exit = await out.promise;
    if (exit === 'hung-up') membership.leave('hung-up');
    if (exit === 'star') membership.leave('redirected');
    if (!request.bridge) emit({ type: 'conference-left', reason: exit });
    return exit;
  } finally {
    signal.removeEventListener('abort', onAbort);
    gone.abort();
  }

  function onNotice(notice: ConferenceNotice): void {
    if (gone.signal.aborted) return;
    switch (notice.type) {
      case 'joined':
        if (!request.bridge) {
          emit({ type: 'conference-joined', sid: notice.conferenceSid, name: request.name });
        }
        break;
      case 'started':
        if (!request.bridge) emit({ type: 'conference-started' });
        started.resolve();
        break;
      case 'heard':
        emit(notice);
        hear();
        break;
      case 'said':
        emit({ ...notice, speaker: 'aurora' });
        hear();
        break;
      case 'played':
        emit(notice);
        hear();
        break;
      case 'changed':
        emit({ ...notice, type: 'conference-changed' });
        break;
      case 'removed':
        out.resolve(notice.reason);
        break;
      case 'refused':
        refuse(notice.reason);
        break;
    }
  }

  function refuse(reason: 'full' | 'coached-is-not-there'): void {
    const message =
      reason === 'full'
        ? 'the conference is full'
        : 'the call to be coached is not in the conference';
    const found = fault('conference-refused', message, context.documentUrl ?? '');
    emit({ type: 'fault', fault: found });
    out.resolve('refused');
  }

  function hear(): void {
    heard += 1;
    wake();
  }

  /** Undefined where somebody else ended it. */
  async function converse({ say }: Membership): Promise<'hung-up' | 'star' | undefined> {
    if (caller.converse === undefined) return undefined;
    await untilAborted(started.promise, signal, undefined);
    while (!signal.aborted) {
      const silence: CallerAction = { silent: true };
      const action = await untilAborted(Promise.resolve(caller.converse(signal)), signal, silence);
      if (signal.aborted) return undefined;
      if ('hangUp' in action) return 'hung-up';
      if ('say' in action) {
        heard = 0;
        emit({
          type: 'spoke',
          text: action.say,
          ...(action.language && { language: action.language }),
        });
        say(action.say);
      } else if ('keys' in action) {
        emit({ type: 'keys', keys: action.keys });
        if (stay.hangupOnStar === true && action.keys.includes('*')) return 'star';
      } else {
        await untilHeard();
      }
    }
    return undefined;
  }

  async function untilHeard(): Promise<void> {
    if (heard === 0) {
      const something = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await untilAborted(something, signal, undefined);
    }
    heard = 0;
  }
}
