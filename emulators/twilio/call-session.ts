/**
 * The life of one call: *queued (outgoing ones) -> ringing -> in-progress -> over*. The call goes step by step: a step fetches
 * a document and executes it until something decides the next step. A hang-up or a REST update
 * interrupts the step that is under way; what that step still does is not heard.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCallState } from './call-state.ts';
import { silentCaller } from './caller.ts';
import { createChaos, PLAIN_DELIVERY } from './chaos.ts';
import { bridgeRequest, stayInConference } from './conference-verb.ts';
import type { Exchange, TelephoneEvent } from './events.ts';
import { type Fault, fault } from './faults.ts';
import { LOCAL_DEMO_NUMBER } from './local-account.ts';
import { ringUp } from './outgoing-leg.ts';
import { voiceParameters } from './parameters.ts';
import { type OutgoingOptions, readSettings } from './session-settings.ts';
import { createStatusCallbacks } from './status-callbacks.ts';
import { type Ending, fetchStep, HUNG_UP, orderedBy } from './steps.ts';
import type { CallRecord, CallUpdate } from './switchboard.ts';
import type { CallOptions, CallResult } from './telephone.ts';
import { createTranscriptions } from './transcription.ts';
import { executeVerb, type Step, type VerbContext } from './verbs.ts';
import { readAnswer, readDocument, type VoiceDocument } from './voice-document.ts';
import { createDelivery } from './webhook-delivery.ts';

/** Documents in a row without a Gather, a Pause or a conference; a real call would spin just as endlessly. */
const MOST_DOCUMENTS_WITHOUT_REST = 25;
const APPLICATION_ERROR = 'We are sorry, an application error has occurred. Goodbye.';

export async function runCall(options: CallOptions | OutgoingOptions): Promise<CallResult> {
  const number =
    'order' in options
      ? undefined
      : await options.switchboard?.settingsOf?.(options.to ?? LOCAL_DEMO_NUMBER);
  const settings = readSettings(options, number);
  const { callSid, from, to } = settings.identity;
  const { authToken, fallback, timeScale, patience, dialOutcome } = settings;
  let { caller } = settings;

  const said: string[] = [];
  const exchanges: Exchange[] = [];
  const faults: Fault[] = [];
  const planDelivery = options.chaos === undefined ? undefined : createChaos(options.chaos);
  const delivery = createDelivery({ authToken, product: 'voice', patience, emit });
  /** Steps that were interrupted may still wait for an answer. */
  const underWay = new Set<Promise<unknown>>();
  let documentsWithoutRest = 0;
  let interruption: AbortController | undefined;
  /** How the call goes on after an interruption that is not a hang-up. */
  let ordered: Step | undefined;
  const over = new AbortController();
  /** What a dialled call does after what is said to whoever answers it. */
  let afterDocument: Step | undefined;

  const transcriptions = createTranscriptions({
    ...settings.identity,
    mode: options.transcription ?? 'on',
    speaks: options.sttLanguage,
    send: (webhook) => track(delivery.deliver(webhook, planDelivery?.())),
  });

  let report: (record: CallRecord) => void = () => {};
  const state = createCallState(settings.identity, (record) => report(record));
  const progress = createStatusCallbacks({
    ...settings.statusCallback,
    state,
    delivery,
    plan: planDelivery,
    emit,
  });
  report = options.switchboard?.connect(state.record, { update }) ?? report;
  const hangUp = () => interruption?.abort();
  options.signal?.addEventListener('abort', hangUp);

  try {
    emit({ type: 'call-started', callSid, from, to });
    const { by, status } = await runSteps();
    transcriptions.stop();
    await progress.report('completed');
    await Promise.allSettled(underWay);
    const durationSeconds = state.record.durationInSeconds ?? 0;
    return { callSid, said, exchanges, faults, endedBy: by, status, durationSeconds };
  } finally {
    over.abort();
    options.signal?.removeEventListener('abort', hangUp);
    if (state.record.endedAt === null) state.end('failed');
  }

  async function runSteps(): Promise<Required<Ending>> {
    let step = settings.first;
    if (options.signal?.aborted) step = HUNG_UP;
    while (step.kind !== 'end') {
      const controller = new AbortController();
      interruption = controller;
      const interrupted = new Promise<Step>((resolve) => {
        controller.signal.addEventListener('abort', () => resolve(HUNG_UP), { once: true });
      });
      const working = perform(step, controller.signal);
      track(working);
      const decided = await Promise.race([working, interrupted]);
      controller.abort();
      step = options.signal?.aborted ? HUNG_UP : (ordered ?? decided);
      ordered = undefined;
    }
    interruption = undefined;
    // A document that ends without Reject was executed on an answered line.
    const incoming = settings.outgoing === undefined;
    if (incoming && step.by === 'aurora' && step.status === undefined) state.answer();
    const answered = state.record.startedAt !== null;
    const status = step.status ?? (answered ? 'completed' : 'no-answer');
    state.end(status);
    emit({ type: 'hung-up', by: step.by, status });
    return { ...step, status };
  }

  function track(working: Promise<unknown>): void {
    underWay.add(working);
    const done = () => underWay.delete(working);
    working.then(done, done);
  }

  async function perform(step: Exclude<Step, Ending>, signal: AbortSignal): Promise<Step> {
    if (step.kind === 'ring') return beRung(signal);
    if (step.kind === 'bridge') return talkTo(step.room, signal);
    if (step.kind === 'document') {
      return execute(readDocument(step.text, undefined), step, signal);
    }
    const plan = planDelivery?.() ?? {
      ...PLAIN_DELIVERY,
      emptySpeechResult: options.emptyResult === 'empty',
    };
    const empty =
      step.emptyResult !== undefined && plan.emptySpeechResult ? { [step.emptyResult]: '' } : {};
    const standard = voiceParameters(state.leg);
    const webhook = {
      ...step,
      parameters: { ...standard, ...step.parameters, ...empty },
      parametersAfterRedirect: standard,
    };
    const answer = await delivery.deliver(webhook, plan);
    return execute(answer.fault === undefined ? readAnswer(answer) : answer, step, signal);
  }

  async function beRung(signal: AbortSignal): Promise<Step> {
    if (settings.outgoing === undefined) return HUNG_UP;
    const rung = await ringUp(
      {
        outgoing: settings.outgoing,
        state,
        timeScale,
        over: over.signal,
        report: (event) => track(progress.report(event)),
        emit,
        wait: pass,
        end: () => goOn({ kind: 'end', by: 'aurora' }),
      },
      signal,
    );
    caller = rung.caller;
    afterDocument = rung.afterwards;
    return rung.step;
  }

  async function talkTo(room: string, signal: AbortSignal): Promise<Step> {
    const context = createContext(undefined, signal);
    const exit = await stayInConference({ request: bridgeRequest(callSid, room), context });
    return exit === 'hung-up' ? HUNG_UP : { kind: 'end', by: 'aurora' };
  }

  /** In place of what is under way. */
  function goOn(step: Step): void {
    ordered = step;
    afterDocument = undefined;
    interruption?.abort();
  }

  async function pass(seconds: number, signal: AbortSignal): Promise<void> {
    if (timeScale === 0 || seconds <= 0) return;
    await sleep(seconds * 1000 * timeScale, undefined, { signal }).catch(() => undefined);
  }

  async function execute(
    document: VoiceDocument | { fault: Fault },
    step: Step,
    signal: AbortSignal,
  ): Promise<Step> {
    if (signal.aborted) return HUNG_UP;
    if ('fault' in document) return afterFault(document.fault, step);
    for (const warning of document.warnings) emit({ type: 'fault', fault: warning });
    documentsWithoutRest += 1;
    if (documentsWithoutRest > MOST_DOCUMENTS_WITHOUT_REST) {
      const message = `${documentsWithoutRest} documents without a Gather, a Pause or a conference`;
      emit({ type: 'fault', fault: fault('redirect-loop', message, document.url ?? '') });
      return applicationError();
    }
    const context = createContext(document.url, signal);
    for (const verb of document.verbs) {
      if (verb.name === 'Gather' || verb.name === 'Pause') documentsWithoutRest = 0;
      const next = await executeVerb(verb, context);
      if (signal.aborted) return HUNG_UP;
      if (next !== undefined) return 'fault' in next ? afterFault(next.fault, step) : next;
    }
    const next = afterDocument ?? { kind: 'end', by: 'aurora' };
    afterDocument = undefined;
    return next;
  }

  function createContext(documentUrl: string | undefined, signal: AbortSignal): VerbContext {
    return {
      call: settings.identity,
      documentUrl,
      transcriptions,
      conferences: options.switchboard?.conferences,
      caller: caller ?? silentCaller(),
      speaks: options.sttLanguage,
      dialOutcome,
      dial: settings.dial,
      signal,
      timeScale,
      isAnswered: () => state.record.startedAt !== null,
      answer: state.answer,
      emit(event) {
        if (!signal.aborted) emit(event);
      },
      isHangingUp: () => options.signal?.aborted === true || ordered?.kind === 'end',
      async fetchDocument(purpose, url, method) {
        const parameters = voiceParameters(state.leg);
        const answer = await delivery.deliver({ purpose, url, method, parameters });
        return answer.fault === undefined ? readAnswer(answer) : answer;
      },
      wait: (seconds) => pass(seconds, signal),
    };
  }

  /** To the fallback URL; where that is what failed, or there is none, the call is over. */
  function afterFault(found: Fault, failed: Step): Step {
    emit({ type: 'fault', fault: found });
    const inFallback = failed.kind === 'fetch' && failed.purpose === 'fallback';
    if (fallback.url === '' || inFallback) return applicationError();
    const parameters = { ErrorCode: String(found.code), ErrorUrl: found.url };
    return fetchStep('fallback', fallback.url, fallback.method, parameters);
  }

  function applicationError(): Step {
    state.answer();
    emit({ type: 'said', text: APPLICATION_ERROR, speaker: 'twilio' });
    return { kind: 'end', by: 'fault' };
  }

  async function update(change: CallUpdate): Promise<boolean> {
    const { status } = state.record;
    if (interruption === undefined || options.signal?.aborted) return false;
    if (change.kind !== 'status' && status !== 'in-progress') return false;
    const notAnswered = status === 'ringing' || status === 'queued';
    if (change.kind === 'status' && change.status === 'canceled' && !notAnswered) return false;
    emit({ type: 'updated-by-rest', change: change.kind });
    goOn(orderedBy(change, notAnswered ? 'canceled' : 'completed'));
    return true;
  }

  function emit(event: TelephoneEvent): void {
    if (event.type === 'said') said.push(event.text);
    if (event.type === 'said' || event.type === 'heard') transcriptions.heard(event.text);
    if (event.type === 'spoke') transcriptions.said(event.text, event.language);
    if (event.type === 'speech') transcriptions.said(event.spoken ?? event.text);
    if (event.type === 'conference-joined') documentsWithoutRest = 0;
    if (event.type === 'fault') faults.push(event.fault);
    if (event.type === 'request-answered') exchanges.push(event.exchange);
    options.onEvent?.(event);
  }
}
